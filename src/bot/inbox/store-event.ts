import type { Event } from '../../core/chat.ts'
import { newId } from '../../core/ids.ts'
import { batch } from '../../infra/batch.ts'
import type { Database, Queries } from '../../infra/database/index.ts'
import type { Log } from '../../infra/log.ts'
import type { Spool } from '../../infra/spool.ts'

/**
 * An event that is not in the database by then is spooled: half of the 3 s that Slack waits to hear
 * that it arrived.
 */
const SPOOL_AFTER_MS = 1500

/** Events of one statement at most. */
const BATCH_SIZE = 200

/** An event with the id that it is stored under. */
export interface StoredEvent {
  readonly id: string
  readonly event: Event
}

/** An event on its way into the database. */
export interface Storing {
  readonly id: string
  /** Resolves once it is written down somewhere that outlives the process. */
  readonly safe: Promise<void>
  /** Resolves once it is in the database: true when it is new, false when it is a repeat. */
  readonly stored: Promise<boolean>
}

export interface EventStore {
  store(event: Event, now: Date): Storing
  /** What was spooled and did not reach the database, with the id it was given. */
  spooled(): Promise<StoredEvent[]>
  /** Stores one of those: true when it is new. */
  storeSpooled(left: StoredEvent, now: Date): Promise<boolean>
}

/**
 * Beside each event, whether it is new: the first of its id in its channel. Its first attempt is counted
 * at once, so that none costs a transaction more.
 */
export async function storeAll(
  tx: Queries,
  events: readonly (StoredEvent & { readonly now: Date })[],
): Promise<boolean[]> {
  const rows = events.map(({ id, event: { id: externalId, ...event }, now }) => {
    return { ...event, id, externalId, now }
  })
  const fresh = await tx.$queryRaw<{ id: string }[]>`
    insert into received (id, channel, external_id, conversation, sender, shared, reply_to, says,
      received_at, attempts)
    select id, channel, "externalId", conversation, sender, shared, "replyTo", says, now, 1
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as event (
      id uuid, channel text, "externalId" text, conversation text, sender text, shared bool,
      "replyTo" text, says jsonb, now timestamptz)
    order by id
    on conflict do nothing
    returning id`
  const ids = new Set(fresh.map(({ id }) => id))
  return events.map(({ id }) => ids.has(id))
}

/**
 * Writes events down before anybody is told that they arrived: in the database, and where that does
 * not answer in time, in a spool file until it does.
 */
export function createEventStore(database: Database, spool: Spool | null, log: Log): EventStore {
  const store = batch(
    (events: readonly (StoredEvent & { now: Date })[]) => storeAll(database.prisma, events),
    {
      size: BATCH_SIZE,
      concurrency: 1,
      retryEach: true,
    },
  )

  return {
    store(event, now) {
      const id = newId()
      const stored = store({ id, event, now })
      if (!spool) return { id, stored, safe: stored.then(() => {}) }
      let spooled: Promise<void> | null = null
      const spoolIt = () => {
        spooled ??= spool.write(id, event)
        return spooled
      }
      const safe = new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => {
          log.warn({ received: id }, 'the database is slow; spooled')
          spoolIt().then(resolve, reject)
        }, SPOOL_AFTER_MS)
        stored
          .then(
            () => spooled?.then(() => spool.remove(id)),
            () => spoolIt(),
          )
          .then(() => resolve(), reject)
          .finally(() => clearTimeout(timer))
      })
      return { id, stored, safe }
    },
    async spooled() {
      const files = (await spool?.left()) ?? []
      return files.map(({ id, value }) => ({ id, event: value as Event }))
    },
    async storeSpooled({ id, event }, now) {
      const fresh = await store({ id, event, now })
      await spool?.remove(id)
      return fresh
    },
  }
}
