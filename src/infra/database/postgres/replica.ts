import { setTimeout as pause } from 'node:timers/promises'
import { passing } from '../fault.ts'
import type { Database, Queries, Replica } from '../index.ts'
import type { TransactionPool } from '../transactions.ts'

/** A healthy one is behind by milliseconds; who asks would rather have the database's answer than wait longer. */
const CATCH_UP_MS = 300
const LOOK_AGAIN_MS = 20
/** Nobody waits for a server that was away a moment ago. */
const AWAY_MS = 30_000
const COMMITTED = 'select pg_current_wal_flush_lsn()::text as place'
/** Null on a server that follows nobody. */
const HEARD = 'select pg_last_wal_replay_lsn() >= $1::text::pg_lsn as there'

/** The server that follows. */
export interface Following {
  readonly pool: TransactionPool
  readonly queries: Queries
  close(): Promise<void>
}

/** The database of this pool is followed. `catchUpMs`: how long one that is behind is waited for. */
export function followedBy(
  database: TransactionPool,
  { pool, queries, close }: Following,
  catchUpMs = CATCH_UP_MS,
): Replica {
  async function caughtUp(): Promise<boolean> {
    const now = await database.query<{ place: string }>(COMMITTED)
    const place = now.rows[0]?.place
    for (const began = performance.now(); performance.now() - began < catchUpMs; ) {
      const heard = await pool.query<{ there: boolean | null }>(HEARD, [place])
      if (heard.rows[0]?.there) return true
      await pause(LOOK_AGAIN_MS)
    }
    return false
  }

  const counts = { read: 0, behind: 0, 'held-up': 0, away: 0 }
  let awayUntil = 0
  return {
    counts,
    async read(work) {
      if (performance.now() < awayUntil) return null
      try {
        if (!(await caughtUp())) {
          counts.behind++
          return null
        }
        const found = await work(queries)
        counts.read++
        return { found }
      } catch (error) {
        // `held-up`: it cancelled what kept it from following.
        const kind = passing(error)
        if (!kind) throw error
        if (kind === 'away') awayUntil = performance.now() + AWAY_MS
        counts[kind]++
        return null
      }
    },
    close,
  }
}

/** What `work` finds in the replica, where there is one that knows as much, else by `otherwise`. */
export async function looked<T>(
  { replica }: Pick<Database, 'replica'>,
  otherwise: Queries,
  work: (queries: Queries) => Promise<T>,
): Promise<T> {
  const there = await replica?.read(work)
  return there ? there.found : work(otherwise)
}
