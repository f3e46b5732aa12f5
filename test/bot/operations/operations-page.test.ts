import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { App } from '../../../src/app.ts'
import { FEATURES } from '../../../src/app-features.ts'
import { newId } from '../../../src/core/ids.ts'
import type { Database } from '../../../src/infra/database/index.ts'
import { bankOn } from '../../support/bank.ts'
import { freePort } from '../../support/free-port.ts'
import { DATABASES, openTestDatabase } from '../../support/open.ts'
import { startService } from '../../support/service.ts'

const MINUTES_MS = 60_000
const NOW = new Date()

describe.each(DATABASES)('what operators ask, on %s', (kind) => {
  let database: Database
  let app: App
  let [operations, pages] = ['', '']
  beforeAll(async () => {
    database = await openTestDatabase(kind)
    await (await bankOn(database, [])).close()
    const port = await freePort()
    const service = await startService(database, { OPERATIONS_PORT: `${port}` }, () => NOW)
    app = service.app
    pages = service.url
    operations = `http://127.0.0.1:${port}`
  })
  afterAll(() => app.stop())

  const ready = async () => {
    const answer = await fetch(`${operations}/readyz`)
    const { hindrances } = (await answer.json()) as { hindrances: { what: string; why: string }[] }
    return { status: answer.status, hindrances }
  }
  const due = (channel: string, state: string, minutes: number) => ({
    ...{ id: newId(), channel, conversation: 'nobody', card: { body: [] }, state, error: 'x' },
    ...{ notBefore: new Date(NOW.getTime() - minutes * MINUTES_MS), createdAt: NOW },
  })

  test('a service that works is ready; the public port says alive, and nothing else', async () => {
    await expect.poll(ready).toEqual({ status: 200, hindrances: [] })
    expect(await (await fetch(`${pages}/healthz`)).text()).toBe('ok')
    for (const path of ['/readyz', '/metrics']) {
      expect((await fetch(pages + path)).status).toBe(404)
    }
  })

  test('what is due for long takes it out, and says which and for how long', async () => {
    // A channel that this service has not: nothing of it is sent meanwhile.
    await database.prisma.message.createMany({
      data: [due('elsewhere', 'queued', 20), due('elsewhere', 'failed', 5000)],
    })
    await expect.poll(ready).toEqual({
      status: 503,
      hindrances: [{ what: 'outbox', why: 'elsewhere: 1 due, the oldest for 1200 s' }],
    })
  })

  test('the figures name what waits, what was done and each job, and nobody', async () => {
    await app
      .inbox({
        ...{ id: newId(), channel: 'web', conversation: 'web:M1', sender: 'M1', shared: false },
        says: { kind: 'text', text: '帮助' },
      })
      .then(({ answered }) => answered)
    const text = await (await fetch(`${operations}/metrics`)).text()
    expect(text).toContain('chenhui_database_up 1')
    expect(text).toContain('chenhui_messages_waiting{channel="elsewhere"} 1')
    expect(text).toContain('chenhui_messages_failed{channel="elsewhere"} 1')
    expect(text).toContain('chenhui_channel_up{channel="web"} 1')
    expect(text).toMatch(/chenhui_answer_seconds_count\{command="help",result="done"\} 1/)
    expect(text).toMatch(/chenhui_event_oldest_seconds 0/)
    expect(text).not.toContain('M1')
  })

  test('the dashboard, the alerts and their page name figures and jobs that there are', async () => {
    const text = await (await fetch(`${operations}/metrics`)).text()
    const jobs = FEATURES.flatMap((feature) => feature.jobs ?? []).map(({ name }) => name)
    const [dashboard, alerts, page] = await Promise.all(
      ['deploy/grafana-dashboard.json', 'deploy/prometheus-alerts.yaml', 'docs/operating.md'].map(
        (file) => readFile(file, 'utf8'),
      ),
    )
    const named = `${dashboard}${alerts}${page}`.matchAll(/chenhui_[a-z0-9_]+/g)
    const figures = new Set([...named].map(([name]) => name.replace(/_(bucket|count)$/, '')))
    expect(figures.size).toBeGreaterThan(10)
    const unknown = [...figures].filter((name) => !text.includes(`# TYPE ${name} `))
    expect(unknown).toEqual([])
    const watched = alerts?.match(/job=~"(.+?)"/)?.[1]?.split('|') ?? []
    expect(watched.length).toBeGreaterThan(0)
    expect(watched.filter((job) => !jobs.includes(job))).toEqual([])
    for (const [, alert = ''] of alerts?.matchAll(/alert: (\w+)/g) ?? []) {
      expect(page).toContain(alert)
    }
  })
})

test('a service whose database is away is not ready, and says so at once', async () => {
  const database = await openTestDatabase('postgres')
  await (await bankOn(database, [])).close()
  const port = await freePort()
  const { app } = await startService(database, { OPERATIONS_PORT: `${port}` })
  await database.prisma.$executeRaw`alter table message rename to message_gone`
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`)
  expect(answer.status).toBe(503)
  expect(await answer.json()).toMatchObject({ hindrances: [{ what: 'database' }] })
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  expect(text).toContain('chenhui_database_up 0')
  await database.prisma.$executeRaw`alter table message_gone rename to message`
  await app.stop()
})
