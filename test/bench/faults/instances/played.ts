import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { Database } from '../../../../src/infra/database/index.ts'
import { openPostgres } from '../../../../src/infra/database/postgres.ts'
import { settingsOf } from '../../../channels/crowd.ts'
import type { PlayedChat } from '../../../channels/kill/chats.ts'
import { bankOn } from '../../../support/bank.ts'
import { KEYED } from '../../../support/keyed.ts'
import { startPostgres } from '../../../support/postgres.ts'
import { openProxy, type Way } from '../../../support/proxy.ts'
import { startStandby } from '../../../support/standby.ts'
import { clockFrom } from '../clock-from.ts'

/** Several instances of a service on one database that a standby follows, each by a way of its own. */
export interface Played {
  readonly database: Database
  readonly instances: readonly { readonly process: ChildProcess; readonly way: Way }[]
  /** Starts the instances, by a clock that begins then. */
  start(begins: Date): Promise<void>
  /** Crashes the database, and has the standby take over under the same addresses. */
  failOver(): Promise<void>
  /** Keeps whoever writes a table waiting until `release`; resolves to which instance it is that waits. */
  hold(table: string): Promise<{ at: number; release(): Promise<void> }>
  stop(): Promise<void>
}

/** As the database knows them. */
const nameOf = (at: number): string => `instance-${at}`
const PATIENCE_MS = 60_000

export async function playInstances(chat: PlayedChat, count: number): Promise<Played> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chenhui-instances-'))
  const below = async (name: string) => {
    await mkdir(path.join(folder, name))
    return path.join(folder, name)
  }
  const primary = await startPostgres(await below('primary'), { wal_level: 'replica' })
  const standby = await startStandby(await below('standby'), primary.url)
  const own = await openProxy(primary.url)
  const database = await openPostgres(own.url, KEYED)
  await bankOn(database, [])
  await database.prisma.$executeRaw`delete from account`
  // What is committed is with the standby: nothing that was is lost with the first one.
  await onServer(primary.url, [
    `alter system set synchronous_standby_names = '*'`,
    'select pg_reload_conf()',
  ])
  const instances: { process: ChildProcess; way: Way }[] = []

  return {
    database,
    instances,
    async start(begins) {
      for (let at = 0; at < count; at++) {
        const way = await openProxy(primary.url)
        const url = `${way.url}?application_name=${nameOf(at)}`
        const env = {
          ...{ PATH: process.env['PATH'] ?? '', ...settingsOf(database), ...chat.settings },
          ...{ DATABASE_URL: url, SPOOL_DIR: path.join(folder, `spool-${at}`) },
        }
        const words = [clockFrom(begins), path.resolve('src/main.ts'), 'start']
        const started = spawn(process.execPath, words, { cwd: folder, env, stdio: 'ignore' })
        instances.push({ process: started, way })
      }
    },
    async failOver() {
      await primary.crash()
      await onServer(standby.url, ['select pg_promote()'])
      for (const way of [own, ...instances.map((each) => each.way)]) {
        way.turnTo(standby.url)
        way.cut()
      }
    },
    async hold(table) {
      const admin = new pg.Client({ connectionString: own.url })
      let ended = false
      admin
        .on('error', () => {})
        .on('end', () => {
          ended = true
        })
      await admin.connect()
      await admin.query('begin')
      await admin.query(`lock table ${table} in share mode`)
      const until = performance.now() + PATIENCE_MS
      while (performance.now() < until) {
        const { rows } = await admin.query(
          `select distinct application_name as name from pg_locks
          join pg_stat_activity using (pid)
          where not granted and relation = $1::regclass`,
          [table],
        )
        const at = instances.findIndex((_, each) => rows.some(({ name }) => name === nameOf(each)))
        const release = async () => {
          // It ends with the server.
          if (!ended) await admin.end()
        }
        if (at >= 0) return { at, release }
        await pause(20)
      }
      throw new Error(`nobody writes ${table}`)
    },
    async stop() {
      for (const { process } of instances) {
        const gone = process.exitCode === null && process.signalCode === null
        process.kill('SIGKILL')
        if (gone) await once(process, 'exit')
      }
      await database.close()
      for (const way of [own, ...instances.map((each) => each.way)]) await way.close()
      await chat.close()
      await standby.stop()
      await primary.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function onServer(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  for (const statement of statements) await client.query(statement)
  await client.end()
}
