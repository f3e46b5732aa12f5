import type { Event } from '../../core/chat.ts'
import { newId } from '../../core/ids.ts'
import { batch } from '../../infra/batch.ts'
import type { Database } from '../../infra/database/index.ts'
import type { Log } from '../../infra/log.ts'
import type { Spool } from '../../infra/spool.ts'

/** How long a service may wait to hear that its event arrived: half of what Slack allows. */
const PATIENCE_MS = 1500

/** Events that one statement stores. */
const MOST_AT_ONCE = 200

interface Stored {
  readonly id: string
  readonly event: Event
}

/** An event on its way into the database. */
export interface Keeping {
  readonly id: string
  /** Resolves once it is written down somewhere that outlives the process. */
  readonly safe: Promise<void>
  /** Resolves once it is in the database: true when it is new, false when it is a repeat. */
  readonly stored: Promise<boolean>
}

export interface Keeper {
  keep(event: Event, now: Date): Keeping
  /** What was written down and did not reach the database, with the id it was given. */
  left(): Promise<Stored[]>
  /** Stores one of those: true when it is new. */
  keepLeft(left: Stored, now: Date): Promise<boolean>
}

/**
 * Beside each event, whether it is new: the first of its id in its channel. Its first attempt is counted
 * at once, so that none costs a transaction more.
 */
async function storeAll(
  { prisma }: Database,
  events: readonly (Stored & { readonly now: Date })[],
): Promise<boolean[]> {
  const rows = events.map(({ id, event: { id: externalId, ...event }, now }) => {
    return { ...event, id, externalId, now }
  })
  const fresh = await prisma.$queryRaw<{ id: string }[]>`
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
export function createKeeper(database: Database, spool: Spool | null, log: Log): Keeper {
  const store = batch((events: readonly (Stored & { now: Date })[]) => storeAll(database, events), {
    size: MOST_AT_ONCE,
    concurrency: 1,
    retryEach: true,
  })

  return {
    keep(event, now) {
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
        }, PATIENCE_MS)
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
    async left() {
      const files = (await spool?.left()) ?? []
      return files.map(({ id, value }) => ({ id, event: value as Event }))
    },
    async keepLeft({ id, event }, now) {
      const fresh = await store({ id, event, now })
      await spool?.remove(id)
      return fresh
    },
  }
}
