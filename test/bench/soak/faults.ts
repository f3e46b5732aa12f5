import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from '../../../src/infra/database/index.ts'
import type { Way } from '../faults/proxy.ts'

/** When something was broken on purpose, by the clock of this machine (ms). */
export interface Inflicted {
  readonly from: number
  readonly to: number
}

/** Between two faults. */
const PAUSE_MS = 45_000
const AWAY_MS = 20_000
/** What was under way when it was over may still end in one. */
const AFTER_MS = 90_000

/**
 * Breaks in turn, until `ended`: the chat service is away; every session with the database is ended; a table is locked.
 * Without a server of the database, the first alone. Resolves to when.
 */
export async function faultsOver(
  database: Database | null,
  chat: Way,
  ended: AbortSignal,
): Promise<readonly Inflicted[]> {
  const away = async () => {
    await chat.cut()
    await pause(AWAY_MS)
    await chat.mend()
  }
  const faults = database
    ? [away, () => endSessions(database), () => lockTable(database, AWAY_MS)]
    : [away]
  const inflicted: Inflicted[] = []
  for (let turn = 0; ; turn++) {
    await pause(PAUSE_MS, null, { signal: ended }).catch(() => {})
    if (ended.aborted) return inflicted
    const from = Date.now()
    await faults[turn % faults.length]?.()
    inflicted.push({ from, to: Date.now() + AFTER_MS })
  }
}

const endSessions = (database: Database) =>
  database.prisma.$queryRaw`
    select pg_terminate_backend(pid)::text from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`

const lockTable = (database: Database, ms: number) =>
  database.wholeBook.$executeRawUnsafe(`
    do $$ begin
      lock table message in access exclusive mode;
      perform pg_sleep(${ms / 1000});
    end $$`)
