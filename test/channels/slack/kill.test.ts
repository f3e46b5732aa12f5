import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { BOT_SCOPES } from '../../../src/channels/slack/app.ts'
import { newId } from '../../../src/core/ids.ts'
import { insertRows } from '../../../src/demo/rows.ts'
import type { Database } from '../../../src/infra/database/index.ts'
import { APP_TOKEN, BOT_TOKEN, openSlack, type SlackDouble } from '../../doubles/slack/index.ts'
import { personOf } from '../../doubles/slack/person.ts'
import { bankOn } from '../../support/bank.ts'
import { openTestDatabase } from '../../support/open.ts'

const MANAGERS = 60
const KILLS = 10

let slack: SlackDouble
let database: Database
let folder: string
let running: ChildProcess | null = null
let seed = 7

/** The same moments at every run. */
const chance = (below: number): number => {
  seed = (seed * 48271) % 2147483647
  return seed % below
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chenhui-kill-'))
  slack = await openSlack()
  slack.scopes = [...BOT_SCOPES]
  database = await openTestDatabase('postgres')
  await bankOn(database, [])
  const unit = await database.prisma.unit.findFirstOrThrow({ where: { code: 'T1' } })
  const numbers = Array.from({ length: MANAGERS }, (_, index) => String(index).padStart(3, '0'))
  const staff = numbers.map((number) => ({ id: newId(), code: `Q${number}`, user: `UQ${number}` }))
  const clients = staff.map(({ id }) => ({ id: newId(), owner: id }))
  await database.transaction(async (tx) => {
    const base = {
      role: 'manager',
      unit_id: unit.id,
      language: 'zh',
      active: true,
      joined_on: '2020-01-01',
    }
    await insertRows(
      tx,
      'staff',
      staff.map(({ id, code }) => ({ ...base, id, code, name: code })),
    )
    const seen = { channel: 'slack', last_seen_at: '2026-11-23T00:00:00Z' }
    await insertRows(
      tx,
      'account',
      staff.map(({ id, user }) => ({
        ...seen,
        external_id: user,
        staff_id: id,
        conversation: user,
      })),
    )
    const entered = {
      kind: 'prospect',
      source: 'list',
      negative_list: false,
      entered_at: '2026-11-01T00:00:00Z',
    }
    await insertRows(
      tx,
      'client',
      clients.map(({ id, owner }, index) => {
        const name = `客户${index}`
        return { ...entered, id, owner_id: owner, name, pinyin: 'kehu', initials: 'kh' }
      }),
    )
    const due = {
      kind: 'call',
      due_on: '2026-11-23',
      status: 'open',
      priority: 45,
      reason: 'entry',
      attempt: 0,
      created_at: '2026-11-20T00:00:00Z',
    }
    await insertRows(
      tx,
      'task',
      clients.map(({ id, owner }) => ({ ...due, id: newId(), client_id: id, manager_id: owner })),
    )
  })
  for (const { user } of staff) personOf(slack, user)
})
afterAll(async () => {
  running?.kill('SIGKILL')
  await database.close()
  await slack.close()
  await rm(folder, { recursive: true, force: true })
})

const settings = () => ({
  PATH: process.env['PATH'] ?? '',
  DATABASE_URL: database.url ?? '',
  SLACK_BOT_TOKEN: BOT_TOKEN,
  SLACK_APP_TOKEN: APP_TOKEN,
  SLACK_API_URL: slack.apiUrl,
  MORNING_SPREAD_SECONDS: '0',
  MORNING_AT: '00:01',
  LOG_LEVEL: 'silent',
  PORT: '0',
})
const main = path.resolve('src/main.ts')
const run = (...words: string[]) =>
  spawn(process.execPath, [main, ...words], { cwd: folder, env: settings(), stdio: 'ignore' })

test('over kill -9 at random moments of a push, each manager gets exactly one list, and no outcome is lost', async () => {
  await once(run('push', '--now', '2026-11-23T08:07:00+08:00'), 'exit')
  const lists = () => slack.messages.filter(({ text }) => text.includes('11月23日'))
  const logged: string[] = []
  for (let kill = 0; kill < KILLS; kill++) {
    running = run('start')
    await slack.connected()
    // Somebody logs an outcome; what Slack was told arrived must be stored once.
    const user = `UQ${String(kill).padStart(3, '0')}`
    const [task] = await database.prisma.task.findMany({
      where: { manager: { code: user.slice(1) }, status: 'open' },
    })
    const person = personOf(slack, user)
    const value = JSON.stringify({ c: 'log-outcome', i: { taskId: task?.id, outcome: 'declined' } })
    const button = {
      type: 'button',
      action_id: 'say:0',
      text: { type: 'plain_text', text: 'x' },
      value,
    }
    const message = {
      channel: `D${user.slice(1)}`,
      ts: '1',
      text: '',
      blocks: [{ type: 'actions', elements: [button] }],
      metadata: null,
      onlyFor: null,
      edits: 0,
    }
    const acknowledged = person.press(message, 'x').then(() => logged.push(user.slice(1)))
    await Promise.race([acknowledged, pause(200 + chance(1500))])
    await pause(chance(400))
    running.kill('SIGKILL')
    await once(running, 'exit')
    slack.dropConnections('cut')
    await pause(50)
  }
  expect(lists().length).toBeLessThan(MANAGERS)
  running = run('start')
  await vi.waitFor(() => expect(lists().length).toBe(MANAGERS), { timeout: 80_000, interval: 200 })
  const left = { state: { in: ['queued', 'sending', 'unknown'] } }
  await vi.waitFor(
    async () => expect(await database.prisma.message.count({ where: left })).toBe(0),
    { timeout: 80_000, interval: 200 },
  )
  expect(new Set(lists().map(({ channel }) => channel)).size).toBe(MANAGERS)
  expect(lists()).toHaveLength(MANAGERS)
  expect(logged.length).toBeGreaterThan(0)
  const outcomes = await database.prisma.$queryRaw<{ code: string }[]>`
    select staff.code from outcome join staff on staff.id = staff_id order by staff.code`
  const codes = outcomes.map(({ code }) => code)
  expect(new Set(codes).size).toBe(codes.length)
  expect(codes).toEqual(expect.arrayContaining(logged))
}, 240_000)
