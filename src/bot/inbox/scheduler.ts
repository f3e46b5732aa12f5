import type { EventQueue, Mode, QueuedEvent } from './event-queue.ts'

/** Batches answered at a time, by their mode; of the modes other than `batched` each is one event. */
const MAX_RUNNING: Readonly<Record<Mode, number>> = { retry: 1, batched: 2, alone: 3 }
/** In this order it is looked what can begin. */
const MODES = ['retry', 'batched', 'alone'] as const
/** Events of one batch at most. */
const BATCH_SIZE = 64
/**
 * So long after a batch began, a second one begins only when it is full: one full batch costs less than
 * two halves.
 */
const FILL_MS = 50

/**
 * Takes events out of the queue as there is room, and has them answered. A busy hour makes large batches,
 * a quiet one batches of one. What is retried runs while nothing else does: while one is ready, no more of the
 * others begin (batches still do beside what takes long, so that nobody waits for that).
 */
export class Scheduler {
  readonly #queue: EventQueue
  readonly #answer: (batch: readonly QueuedEvent[], mode: Mode) => Promise<void>
  readonly #running: Record<Mode, number> = { retry: 0, batched: 0, alone: 0 }
  /** The last batch began less than `FILL_MS` ago. */
  #filling = false
  #scheduled = false
  #stopped: PromiseWithResolvers<void> | null = null

  constructor(
    queue: EventQueue,
    answer: (batch: readonly QueuedEvent[], mode: Mode) => Promise<void>,
  ) {
    this.#queue = queue
    this.#answer = answer
  }

  /** Looks whether some can be taken, once all that comes in this turn of the event loop is queued. */
  schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    setImmediate(() => {
      this.#scheduled = false
      if (!this.#stopped) this.#beginAll()
      else if (this.#isIdle()) this.#stopped.resolve()
    })
  }

  /** Not before so long (ms), see `EventQueue.postpone`. */
  postpone(queued: QueuedEvent, pauseMs: number): void {
    this.#queue.postpone(queued, pauseMs)
    // A timer may ring a moment early.
    setTimeout(() => this.schedule(), pauseMs + 2)
  }

  /** Takes no more, and resolves once nothing is under way. */
  stop(): Promise<void> {
    this.#stopped ??= Promise.withResolvers<void>()
    this.schedule()
    return this.#stopped.promise
  }

  #beginAll(): void {
    for (const mode of MODES) {
      while (this.#running[mode] < MAX_RUNNING[mode]) {
        const batch = this.#take(mode)
        if (batch.length === 0) break
        this.#begin(mode, batch)
      }
    }
  }

  #take(mode: Mode): QueuedEvent[] {
    const queue = this.#queue
    if (mode === 'retry') return this.#isIdle() ? queue.take(mode, 1) : []
    if (this.#running.retry > 0) return []
    const retryIsNext = queue.hasReady('retry') && (mode === 'alone' || this.#running.alone === 0)
    if (retryIsNext) return []
    if (mode === 'alone') return queue.take(mode, 1)
    const least = this.#running.batched > 0 && this.#filling ? BATCH_SIZE : 1
    return queue.take(mode, BATCH_SIZE, least)
  }

  #begin(mode: Mode, batch: readonly QueuedEvent[]): void {
    this.#running[mode]++
    const filled = mode === 'batched' ? this.#fill() : undefined
    void this.#answer(batch, mode).finally(() => {
      clearTimeout(filled)
      this.#running[mode]--
      this.schedule()
    })
  }

  #fill(): NodeJS.Timeout {
    this.#filling = true
    return setTimeout(() => {
      this.#filling = false
      this.schedule()
    }, FILL_MS)
  }

  #isIdle(): boolean {
    return MODES.every((mode) => this.#running[mode] === 0)
  }
}
