import type { Queries } from '../../../infra/database/index.ts'
import type { QueuedEvent } from '../event-queue.ts'

/** So many events are answered of one sender within a minute: far more than anybody types or presses. */
export const MOST_A_MINUTE = 60
const WINDOW = '1 minute'

/** Of whom one instance saw fewer within a minute, the database is not asked how many all of them saw. */
const FEW = 15
const WINDOW_MS = 60_000

/** What this process saw of each sender lately, to ask of those alone who say much. */
export class RecentSenders {
  #counts = new Map<string, number>()
  #before = new Map<string, number>()
  #told = new Set<string>()
  #since = performance.now()

  /** Counts one more of this sender; whether they may be beyond the limit. */
  isMany({ event: { channel, sender } }: QueuedEvent): boolean {
    const now = performance.now()
    if (now - this.#since > WINDOW_MS) {
      this.#before = now - this.#since > 2 * WINDOW_MS ? new Map() : this.#counts
      this.#counts = new Map()
      this.#told.clear()
      this.#since = now
    }
    const key = `${channel} ${sender}`
    const count = (this.#counts.get(key) ?? 0) + 1
    this.#counts.set(key, count)
    return count + (this.#before.get(key) ?? 0) > FEW
  }

  /** Whether they are to be told that they are too fast: once within a minute. */
  isToBeTold({ event: { channel, sender } }: QueuedEvent): boolean {
    const key = `${channel} ${sender}`
    const first = !this.#told.has(key)
    this.#told.add(key)
    return first
  }
}

/**
 * The place of an event among those that its sender sent to its conversation within the minute that ends
 * with it: the same whichever instance asks, and whenever.
 */
export async function placeInMinute(tx: Queries, { id, event }: QueuedEvent): Promise<number> {
  const [row] = await tx.$queryRaw<{ place: number }[]>`
    select count(*)::int as place
    from received as this join received as other on other.channel = this.channel
      and other.conversation = this.conversation and other.sender = this.sender
      and other.received_at > this.received_at - ${WINDOW}::interval
      and other.received_at <= this.received_at and other.id <= this.id
    where this.id = ${id}::uuid and this.sender = ${event.sender}`
  return row?.place ?? 0
}
