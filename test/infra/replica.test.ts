/** @module-tag long */

import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { replicaFindings } from '../../src/cli/doctor/replica-finding.ts'
import { serverFindings } from '../../src/cli/doctor/server-findings.ts'
import type { ReplicaRead } from '../../src/infra/database/index.ts'
import { openPostgres } from '../../src/infra/database/postgres.ts'
import { type Bank, bankOn, CLIENTS } from '../support/bank.ts'
import { KEYED } from '../support/keyed.ts'
import { startPostgres } from '../support/postgres.ts'
import { startStandby } from '../support/standby.ts'
import { until } from '../support/until.ts'

let folder: string
let primary: Awaited<ReturnType<typeof startPostgres>>
let standby: Awaited<ReturnType<typeof startPostgres>>
let bank: Bank

const place = async (name: string) => {
  const below = path.join(folder, name)
  await mkdir(below)
  return below
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chenhui-replica-'))
  primary = await startPostgres(await place('primary'))
  standby = await startStandby(await place('standby'), primary.url)
  // However slow the machine is: one that only lags a little is no longer behind.
  const patient = { replicaUrl: standby.url, replicaCatchUpMs: 60_000 }
  const database = await openPostgres(primary.url, { ...KEYED, ...patient })
  bank = await bankOn(database, CLIENTS)
})

afterAll(async () => {
  await bank.close()
  await standby.stop()
  await primary.stop()
  await rm(folder, { recursive: true, force: true })
})

/** What the pipeline says to a lead, and where it was read. */
async function pipeline(of = bank) {
  const { replica } = of.database
  const before = { ...replica?.counts }
  const [card] = await of.say('L1', '进度')
  const became = Object.entries(replica?.counts ?? {}) as [ReplicaRead, number][]
  const read = became.flatMap(([result, count]) => (count > (before[result] ?? 0) ? [result] : []))
  return { shown: JSON.stringify(card), read }
}

test('what only looks and takes long is read there, and knows what was said a moment before', async () => {
  expect((await replicaFindings(bank.database)).map(({ state }) => state)).toEqual(['ok'])
  expect(await pipeline()).toMatchObject({ read: ['read'] })
  await bank.say('M1', '张三 有意向 31万')
  const { shown, read } = await pipeline()
  expect(shown).toContain('31万')
  expect(read).toEqual(['read'])
})

test('one that is behind is not believed', async () => {
  const following = new pg.Client({ connectionString: standby.url })
  await following.connect()
  await following.query('select pg_wal_replay_pause()')
  await bank.say('M1', '赵强 有意向 32万')
  const hurried = await openPostgres(primary.url, { ...KEYED, replicaUrl: standby.url })
  const serving = await bankOn(hurried, null)
  const { shown, read } = await pipeline(serving)
  await serving.close()
  expect(shown).toContain('32万')
  expect(read).toEqual(['behind'])
  await following.query('select pg_wal_replay_resume()')
  await following.end()
})

test('the address of a database that follows nobody is of no use, and does no harm', async () => {
  const database = await openPostgres(primary.url, { ...KEYED, replicaUrl: primary.url })
  expect(await database.replica?.read((queries) => queries.client.count())).toBeNull()
  expect(database.replica?.counts).toEqual({ read: 0, behind: 1, 'held-up': 0, away: 0 })
  expect((await replicaFindings(database)).map(({ state }) => state)).toEqual(['note'])
  await database.close()
})

test('while it is away the database answers, and nobody waits for it', async () => {
  await standby.stop()
  const { shown, read } = await pipeline()
  expect(shown).toContain('31万')
  expect(read).toEqual(['away'])
  expect(await pipeline()).toMatchObject({ shown, read: [] })
})

test('the doctor says so where nobody is answered, as no standby confirms', async () => {
  const server = new pg.Client({ connectionString: primary.url })
  const committing = new pg.Client({ connectionString: primary.url })
  await Promise.all([server.connect(), committing.connect()])
  const confirmedBy = async (name: string) => {
    await server.query(`alter system set synchronous_standby_names = '${name}'`)
    await server.query('select pg_reload_conf()')
  }
  await confirmedBy('gone')
  // The server is told of it a while later: until a commit waits.
  const waiting = async (): Promise<void> => {
    const commit = committing.query(`select pg_logical_emit_message(true, 'test', '')`)
    const waits = await Promise.race([commit.then(() => false), pause(1000, true)])
    if (!waits) await waiting()
  }
  await waiting()
  const saying = bank.say('M1', '王芳 没接')
  await until(async () => {
    const texts = (await serverFindings(bank.database)).map(({ text }) => text)
    expect(texts.join('\n')).toContain('wait for a synchronous standby')
  })
  await confirmedBy('')
  expect(JSON.stringify(await saying)).toContain('王芳')
  await Promise.all([server.end(), committing.end()])
})
