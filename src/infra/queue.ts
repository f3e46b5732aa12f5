import { createHash } from 'node:crypto'
import { fromPrisma, PgBoss } from 'pg-boss'
import { describe } from './database/fault.ts'
import type { Database, Queries } from './database/index.ts'
import { connectionTo } from './database/postgres.ts'
import { Connection } from './database/transactions.ts'
import type { Log } from './log.ts'

/** Durable jobs in the same database: enqueued with a transaction, they exist exactly if it does. */
export interface Queue {
  /**
   * Runs `work` for each job called `name`, one at a time, again after a failure (with growing
   * pauses, five times), and where its process ended in the midst of it.
   */
  work(name: string, work: (input: unknown) => Promise<void>): Promise<void>
  /**
   * A job of one `name` and `key` is done once, however often it is asked for; one that failed for good
   * is taken up again by it. Resolves to how it stands.
   */
  once(name: string, key: string, input: object): Promise<'waiting' | 'done'>
  /** How the job of one `name` and `key` stands; null: it was not asked for. */
  stateOf(name: string, key: string): Promise<'waiting' | 'failed' | 'done' | null>
  /** Asks for a job within an open transaction. */
  enqueue(tx: Queries, name: string, input: object): Promise<void>
  stop(): Promise<void>
}

/**
 * In seconds: how soon a job is found that nobody was told of, one that failed is tried again for the first time,
 * and it is looked for jobs whose process is gone.
 */
const PACE = { poll: 2, retry: 2, look: 20 }
/** A process that has not said for so long (s) that it is at a job is gone; another one takes the job up. */
const HEARTBEAT = { heartbeatSeconds: 60 }
/** How often it says so: several times missed is not gone yet, as a statement of an embedded database may take long. */
const HEARTBEAT_REFRESH = { heartbeatRefreshSeconds: 10 }
/** Whoever is alive may take so long (s): a night of a large bank, run twice at a time, would be slower still. */
const MOST = { expireInSeconds: 12 * 60 * 60 }

export async function startQueue(database: Database, log: Log, pace = PACE): Promise<Queue> {
  const boss = new PgBoss({
    ...(database.boss
      ? { db: database.boss, backend: 'pglite' as const }
      : { ...connectionTo(database.url ?? ''), ...{ max: 4, Client: Connection } }),
    schedule: false,
    superviseIntervalSeconds: pace.look,
    monitorIntervalSeconds: pace.look,
  })
  boss.on('error', (error) => log.error({ error: describe(error) }, 'queue'))
  await boss.start()
  const stateOf: Queue['stateOf'] = async (name, key) => {
    const job = await boss.getJobById(name, idOf(name, key))
    if (!job) return null
    if (job.state === 'completed') return 'done'
    return job.state === 'failed' || job.state === 'cancelled' ? 'failed' : 'waiting'
  }
  return {
    async work(name, work) {
      const retries = { retryLimit: 5, retryDelay: pace.retry, retryBackoff: true }
      const options = { ...retries, ...HEARTBEAT, ...MOST }
      await boss.createQueue(name, options)
      // One that an earlier version made keeps its own options otherwise.
      await boss.updateQueue(name, options)
      const polling = { pollingIntervalSeconds: pace.poll, ...HEARTBEAT_REFRESH }
      await boss.work(name, polling, async (jobs) => {
        for (const job of jobs) await work(job.data)
      })
    },
    async once(name, key, input) {
      const id = idOf(name, key)
      if (await boss.send(name, input, { id })) return 'waiting'
      const state = await stateOf(name, key)
      if (state === 'failed') {
        log.warn({ name, key }, 'a job that failed is taken up again')
        await boss.retry(name, id)
      }
      return state === 'done' ? 'done' : 'waiting'
    },
    stateOf,
    async enqueue(tx, name, input) {
      await boss.send(name, input, { db: fromPrisma(tx) })
    },
    stop: () => boss.stop({ graceful: true, timeout: 10_000 }),
  }
}

/** The same id for the same words: a second job with it is dropped by the primary key. */
function idOf(name: string, key: string): string {
  const hex = createHash('sha256').update(`${name}\n${key}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
