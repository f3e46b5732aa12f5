import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { createEventStore } from '../../../src/bot/inbox/store-event.ts'
import type { Event } from '../../../src/core/chat.ts'
import type { Database } from '../../../src/infra/database/index.ts'
import { openPostgres } from '../../../src/infra/database/postgres.ts'
import { createLog } from '../../../src/infra/log.ts'
import { createSpool } from '../../../src/infra/spool.ts'
import { bankOn } from '../../support/bank.ts'
import { baseBackup, ownedAlike } from '../../support/base-backup.ts'
import { freePort } from '../../support/free-port.ts'
import { KEY, KEYED } from '../../support/keyed.ts'
import { startPostgres } from '../../support/postgres.ts'
import { none, type Row } from '../row.ts'
import { waitFor } from './bank.ts'

// The recipe of docs/operating.md ("Keeping it, and getting it back"), as an operator follows it: a base backup while
// the service serves, WAL archived, the server lost, recovery to a moment, then the keys and the spool put back.

/** Clients that are taken before the base backup, between it and the moment, after the moment, and in the spool. */
const BEFORE = ['沈一', '沈二']
const UNTIL = ['沈三', '沈四', '沈五']
const AFTER = ['沈六', '沈七']
const SPOOLED = ['沈八', '沈九']
const PATIENCE_MS = 60_000

const lineOf = (name: string): string =>
  `新客户 ${name} 1349001${String(1000 + [...BEFORE, ...UNTIL, ...AFTER, ...SPOOLED].indexOf(name))}`

const spooled = (name: string): Event => ({
  ...{ id: `spooled ${name}`, channel: 'web', conversation: 'web:M1', sender: 'M1', shared: false },
  says: { kind: 'text', text: lineOf(name) },
})

/** What a recovery to a moment loses of what came before it, or brings back of what came after. */
export async function recoveryRows(): Promise<Row[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chenhui-recovery-'))
  const [wal, base, spool] = ['wal', 'base', 'spool'].map((name) => path.join(folder, name))
  if (!wal || !base || !spool) throw new Error('no folders')
  await mkdir(wal)
  await chmod(folder, 0o755)
  // The server runs as another user.
  await chmod(wal, 0o777)
  const until = await serveAndLose(folder, { wal, base, spool })
  const recovered = await startPostgres(
    await below(folder, 'after'),
    settingsOf(wal, until),
    async (at) => {
      execFileSync('cp', ['-a', base, at])
      await writeFile(path.join(at, 'recovery.signal'), '')
      ownedAlike(at)
    },
  )
  try {
    const database = await promoted(recovered.url)
    await serveAgain(database, recovered.url, folder, spool)
    const rows = await rowsOf(database)
    await database.close()
    return rows
  } finally {
    await recovered.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function below(folder: string, name: string): Promise<string> {
  await mkdir(path.join(folder, name))
  return path.join(folder, name)
}

const settingsOf = (wal: string, until: string) => ({
  restore_command: `cp ${wal}/%f %p`,
  recovery_target_time: until,
  recovery_target_action: 'promote',
})

/** Serves, is backed up, serves on, and is lost; resolves to the moment that is to be got back to. */
async function serveAndLose(
  folder: string,
  { wal, base, spool }: { wal: string; base: string; spool: string },
): Promise<string> {
  const archiving = {
    ...{ wal_level: 'replica', archive_mode: 'on', fsync: 'on', full_page_writes: 'on' },
    archive_command: `test ! -f ${wal}/%f && cp %p ${wal}/%f`,
  }
  const server = await startPostgres(await below(folder, 'before'), archiving)
  const database = await openPostgres(server.url, KEYED)
  const bank = await bankOn(database, [])
  for (const name of BEFORE) await bank.say('M1', lineOf(name))
  await baseBackup(server.url, base)
  for (const name of UNTIL) await bank.say('M1', lineOf(name))
  await pause(1000)
  const [row] = await database.prisma.$queryRaw<{ now: string }[]>`select now()::text as now`
  await pause(1000)
  for (const name of AFTER) await bank.say('M1', lineOf(name))
  const [last] = await database.prisma.$queryRaw<{ file: string }[]>`
    select pg_walfile_name(pg_switch_wal()) as file`
  await waitFor(async () => (await readdir(wal)).includes(last?.file ?? ''), PATIENCE_MS, [])
  await server.stop()
  // What arrives while there is no server is acknowledged all the same.
  const store = createEventStore(database, createSpool(spool), createLog('silent'))
  for (const name of SPOOLED) {
    const { safe, stored } = store.store(spooled(name), new Date())
    stored.catch(() => {})
    await safe
  }
  await database.close().catch(() => {})
  return row?.now ?? ''
}

/** The server once it has what it is to have and takes writes. */
async function promoted(url: string): Promise<Database> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const isPromoted = async () =>
    !(await client.query('select pg_is_in_recovery() as recovers')).rows[0].recovers
  await waitFor(isPromoted, PATIENCE_MS, [])
  await client.end()
  // The key that is kept beside the backups: another would be refused here.
  return openPostgres(url, KEYED)
}

/** The service as it is started again: it answers what lies in the spool. */
async function serveAgain(
  { prisma }: Database,
  url: string,
  folder: string,
  spool: string,
): Promise<void> {
  const env = {
    ...{ PATH: process.env['PATH'] ?? '', ...KEY, DATABASE_URL: url, SPOOL_DIR: spool },
    ...{ WEB_CHAT_SECRET: 'a secret of the recovery', WEB_CHAT_TESTS: 'yes' },
    ...{ PORT: String(await freePort()), LOG_LEVEL: 'silent', MORNING_AT: '23:59' },
  }
  const main = path.resolve('src/main.ts')
  const service = spawn(process.execPath, [main, 'start'], { cwd: folder, env, stdio: 'ignore' })
  const answered = async () =>
    (await prisma.received.count({
      where: { externalId: { startsWith: 'spooled' }, answeredAt: { not: null } },
    })) === SPOOLED.length
  try {
    await waitFor(answered, PATIENCE_MS, [service])
  } finally {
    service.kill('SIGTERM')
    await once(service, 'exit')
  }
}

async function rowsOf({ prisma }: Database): Promise<Row[]> {
  const clients = await prisma.client.findMany({ select: { name: true, phone: true } })
  const wanted = [...BEFORE, ...UNTIL, ...SPOOLED]
  const times = (name: string) => clients.filter((each) => each.name === name).length
  // In clear, as only the key that was put back gives it.
  const readable = (name: string) =>
    clients.some(
      (each) => each.name === name && lineOf(name).endsWith(String(each.phone).slice(-11)),
    )
  const of = `Recovery to a moment, of ${wanted.length} clients of before it and in the spool`
  return [
    none(`${of}: lost`, wanted.filter((name) => times(name) === 0).length),
    none(`${of}: twice`, wanted.filter((name) => times(name) > 1).length),
    none(`${of}: unreadable`, wanted.filter((name) => !readable(name)).length),
    none(
      `Recovery to a moment: clients of after it that are there, of ${AFTER.length}`,
      AFTER.filter((name) => times(name) > 0).length,
    ),
  ]
}
