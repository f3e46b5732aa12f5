import type { Event } from '../core/chat.ts'
import { newId } from '../core/ids.ts'
import type { Database } from '../infra/database/index.ts'
import type { Log } from '../infra/log.ts'
import type { Spool } from '../infra/spool.ts'

/** How long a service may wait to hear that its event arrived: half of what Slack allows. */
const PATIENCE_MS = 1500

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
  left(): Promise<{ readonly id: string; readonly event: Event }[]>
}

/**
 * Writes events down before anybody is told that they arrived: in the database, and where that does
 * not answer in time, in a spool file until it does.
 */
export function createKeeper(database: Database, spool: Spool | null, log: Log): Keeper {
  async function store(id: string, event: Event, now: Date): Promise<boolean> {
    const { channel, conversation, sender, shared, replyTo = null } = event
    const fresh = await database.prisma.$executeRaw`
      insert into received (id, channel, external_id, conversation, sender, shared, reply_to, says,
        received_at)
      values (${id}::uuid, ${channel}, ${event.id}, ${conversation}, ${sender}, ${shared},
        ${replyTo}, ${JSON.stringify(event.says)}::jsonb, ${now}::timestamptz)
      on conflict (channel, external_id) do nothing`
    return fresh > 0
  }

  return {
    keep(event, now) {
      const id = newId()
      const stored = store(id, event, now)
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
  }
}
