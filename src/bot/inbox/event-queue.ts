import type { Event } from '../../core/chat.ts'
import type { Taken } from './attachments.ts'
import { NO_RETRIES, type Retries } from './retry/retry-pause.ts'
import type { StoredEvent } from './store-event.ts'

// The queue holds this process's stored events that are not answered, ordered by id, which is the order
// in which they came. Events of one conversation are answered in that order, one at a time, and so are
// those of one sender: an event is *ready* when no earlier one of its conversation or its sender is in
// the queue, being answered or not. Events of other people pass it.
//
// An entry is in one of three states:
// - waiting: it is taken once it is ready.
// - postponed: as waiting, but not before a certain time. It keeps its place, so what stands behind it in
//   its conversation waits as well. (A fault of the moment; another instance has an earlier event.)
// - busy: it was taken, to be answered or for what it needs before that (its file, its sender's name).
//   It ends by `remove`, when it is answered, or goes back to its place by `release`, `postpone` or
//   `answerAlone`.
//
// And it is answered in one of three modes, see `Mode`. An event is batched at first, becomes `alone` when
// it is understood to mean something that may take long, and stays so.

/**
 * - `batched`: with others, in one transaction.
 * - `alone`: in a transaction of its own, beside the batches, as it may take a second or more.
 * - `retry`: while nothing else is answered, as an attempt before did not end: it may have ended its process,
 *   and may end this one.
 */
export type Mode = 'batched' | 'alone' | 'retry'

/** A stored event that waits for its answer, and what was done for it so far. */
export interface QueuedEvent {
  readonly id: string
  readonly event: Event
  readonly mode: Mode
  /** The service was asked who the sender is, as nobody here knew. */
  senderLookedUp: boolean
  /** The file it brought, once it was fetched; null: it brought none, or not yet. */
  file: Taken | null
  /** The upload that was read for it as a table; null: none, or not yet. */
  readUpload: string | null
  /** What was heard in a voice message; null: nothing; undefined: nobody listened yet. */
  heard?: string | null
  /** What the second reader made of it, which nobody understood; undefined: it was not asked. */
  secondReading?: string | null
  /** The attempt under way is counted with the stored event. */
  attemptCounted: boolean
  retries: Retries
  /** Resolves once it is answered. */
  readonly answered: Promise<void>
}

interface Entry extends QueuedEvent {
  mode: Mode
  /** By `performance.now()`. */
  notBefore: number
  busy: boolean
  /** What is answered in order: the conversation and the sender, across channels. */
  readonly keys: readonly [conversation: string, sender: string]
  readonly done: () => void
}

export class EventQueue {
  #entries = new Map<string, Entry>()
  #lastId = ''
  /** So that nobody walks the whole queue for a mode that none of it is in. */
  readonly #counts: Record<Mode, number> = { batched: 0, alone: 0, retry: 0 }
  readonly #busyKeys = new Set<string>()

  /** Puts an event at its place; one that is in the queue already stays as it is. */
  add(id: string, event: Event, mode: Mode): QueuedEvent {
    const known = this.#entries.get(id)
    if (known) return known
    const { promise: answered, resolve: done } = Promise.withResolvers<void>()
    const { channel, conversation, sender } = event
    const entry: Entry = {
      ...{ id, event, mode, answered, done },
      keys: [`in ${channel} ${conversation}`, `by ${channel} ${sender}`],
      ...{ senderLookedUp: false, file: null, readUpload: null },
      // The first attempt is counted with the storing, and by whoever takes up what was stored.
      attemptCounted: mode !== 'retry',
      ...{ retries: NO_RETRIES, notBefore: 0, busy: false },
    }
    this.#counts[mode]++
    this.#entries.set(id, entry)
    // Ids grow with time: an earlier one that is taken up later goes to its place.
    if (id > this.#lastId) this.#lastId = id
    else this.#entries = new Map([...this.#entries].sort(([a], [b]) => (a < b ? -1 : 1)))
    return entry
  }

  /** Takes up to `most` that are ready; none at all when there are fewer than `least`. */
  take(mode: Mode, most: number, least = 1): QueuedEvent[] {
    const taken = this.#ready(mode, most)
    if (taken.length < least) return []
    for (const entry of taken) {
      entry.busy = true
      for (const key of entry.keys) this.#busyKeys.add(key)
    }
    return taken
  }

  hasReady(mode: Mode): boolean {
    return this.#ready(mode, 1).length > 0
  }

  /** It is answered; where it said several things, once all that follows from it is. */
  remove(queued: QueuedEvent, follows: readonly StoredEvent[] = []): void {
    const answered = follows.map(({ id, event }) => this.add(id, event, 'batched').answered)
    const entry = this.#free(queued)
    if (!entry) return
    this.#entries.delete(entry.id)
    this.#counts[entry.mode]--
    void Promise.all(answered).then(entry.done)
  }

  /** It is not answered yet, and keeps its place. */
  release(queued: QueuedEvent): void {
    this.#free(queued)
  }

  /** It keeps its place, and neither it nor what comes after it there is ready for so long (ms). */
  postpone(queued: QueuedEvent, pauseMs: number): void {
    const entry = this.#free(queued)
    if (entry) entry.notBefore = performance.now() + pauseMs
  }

  /** It keeps its place, and is no longer batched. */
  answerAlone(queued: QueuedEvent): void {
    const entry = this.#free(queued)
    if (entry?.mode !== 'batched') return
    this.#counts.batched--
    this.#counts.alone++
    entry.mode = 'alone'
  }

  ids(): string[] {
    return [...this.#entries.keys()]
  }

  /** Those that are not busy. */
  waiting(): QueuedEvent[] {
    return [...this.#entries.values()].filter(({ busy }) => !busy)
  }

  #ready(mode: Mode, most: number): Entry[] {
    const ready: Entry[] = []
    if (this.#counts[mode] === 0) return ready
    const earlier = new Set<string>()
    const now = performance.now()
    for (const entry of this.#entries.values()) {
      const waits = entry.keys.some((key) => this.#busyKeys.has(key) || earlier.has(key))
      if (!waits && entry.mode === mode && entry.notBefore <= now) ready.push(entry)
      if (ready.length === most) break
      for (const key of entry.keys) earlier.add(key)
    }
    return ready
  }

  #free({ id }: QueuedEvent): Entry | null {
    const entry = this.#entries.get(id)
    if (!entry) return null
    entry.busy = false
    for (const key of entry.keys) this.#busyKeys.delete(key)
    return entry
  }
}
