/** @module-tag long */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { newId } from '../../src/core/ids.ts'
import { openPostgres } from '../../src/infra/database/postgres.ts'
import { bankOn } from '../support/bank.ts'
import { freePort } from '../support/free-port.ts'
import { hold } from '../support/hold.ts'
import { KEY, KEYED } from '../support/keyed.ts'
import { openTestDatabase } from '../support/open.ts'
import { openProxy } from '../support/proxy.ts'
import { startService } from '../support/service.ts'

const heard = (code: string, text: string, attempts: number) => ({
  ...{ id: newId(), channel: 'web', externalId: newId(), conversation: `web:${code}` },
  ...{
    sender: code,
    shared: false,
    says: { kind: 'text', text },
    receivedAt: new Date(0),
    attempts,
  },
})

test('a service starts beside a dead one whose session still holds a conversation', async () => {
  const database = await openTestDatabase('postgres')
  const bank = await bankOn(database, [])
  const own = await openPostgres(`${database.url}`, KEYED)
  await own.prisma.received.create({ data: heard('M1', '帮助', 1) })
  const dies = await hold(
    own,
    (tx) => tx.$queryRaw`
      select pg_advisory_xact_lock(hashtextextended('web' || E'\n' || 'web:M1', 0))::text`,
  )
  const { app, url } = await startService(await openPostgres(`${database.url}`, KEYED))
  // It serves others, and answers that one when the server has ended the session.
  expect(await (await fetch(`${url}/healthz`)).text()).toBe('ok')
  expect(await own.prisma.received.count({ where: { answeredAt: null } })).toBe(1)
  await dies()
  await expect.poll(() => own.prisma.received.count({ where: { answeredAt: null } })).toBe(0)
  await app.stop()
  await own.close()
  await bank.close()
})

test.each([
  ['in the midst of its start', 0],
  // The database is closed while the start still asks something of it.
  ['a moment before it has started', 400],
  // As when it answers something: every connection is waited on.
  ['once it has started', 1000],
])(
  'SIGTERM ends it within a quarter of a minute though its connections hang, %s',
  async (_when, later) => {
    const database = await openTestDatabase('postgres')
    const bank = await bankOn(database, [])
    const folder = await mkdtemp(path.join(tmpdir(), 'chenhui-term-'))
    const proxy = await openProxy(`${database.url}`)
    const port = await freePort()
    const { PATH = '' } = process.env
    const env = {
      ...{
        PATH,
        ...KEY,
        DATABASE_URL: proxy.url,
        PORT: String(port),
        SPOOL_DIR: path.join(folder, 'spool'),
      },
      ...{ WEB_CHAT_SECRET: 'long enough secret', WEB_CHAT_TESTS: 'yes', LOG_LEVEL: 'silent' },
    }
    const main = path.resolve('src/main.ts')
    const child = spawn(process.execPath, [main, 'start'], { cwd: folder, env, stdio: 'ignore' })
    const healthy = () =>
      fetch(`http://127.0.0.1:${port}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      )
    await expect.poll(healthy).toBe(true)
    await pause(later)
    proxy.swallow()
    await pause(2000)
    const began = performance.now()
    child.kill('SIGTERM')
    const [code] = await once(child, 'exit')
    expect(code).toBe(0)
    expect(performance.now() - began).toBeLessThan(15_000)
    await proxy.close()
    await bank.close()
    await rm(folder, { recursive: true, force: true })
  },
)
