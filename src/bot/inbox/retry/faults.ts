import { describe, outrun, passing } from '../../../infra/database/fault.ts'
import type { Database } from '../../../infra/database/index.ts'
import type { Log } from '../../../infra/log.ts'
import { faultCard } from '../../conversation/replies.ts'
import type { Moment } from '../../moment.ts'
import { enqueue } from '../../outbox/enqueue.ts'
import type { EventQueue, QueuedEvent } from '../event-queue.ts'
import type { Scheduler } from '../scheduler.ts'
import { referenceOf, uncountAttempts } from './attempts.ts'
import { afterFault, isExhausted, pauseOf } from './retry-pause.ts'

export interface FaultParts {
  readonly database: Database
  readonly log: Log
  readonly moment: () => Moment
  readonly queue: EventQueue
  readonly scheduler: Scheduler
}

/** What becomes of events that a fault kept from being answered. */
export class Faults {
  readonly #parts: FaultParts
  /** When an event was last answered, by `performance.now()`; null: none was. */
  #lastAnswered: number | null = null

  constructor(parts: FaultParts) {
    this.#parts = parts
  }

  /** Others pass: what is held up is held up by something of its own. */
  noteAnswered(): void {
    this.#lastAnswered = performance.now()
  }

  /**
   * After a fault of the moment (`passing`, `outrun`): they keep their places, and are tried again after a pause; each by
   * itself where one of them may be what all were held up by.
   */
  async tryLater(batch: readonly QueuedEvent[], fault: unknown): Promise<void> {
    const { log, queue, scheduler } = this.#parts
    const kind = outrun(fault) ? 'outrun' : passing(fault)
    const now = performance.now()
    log.warn({ received: batch[0]?.id, events: batch.length, error: describe(fault) }, 'put off')
    for (const queued of batch) {
      queued.retries = afterFault(queued.retries, kind, now)
      if (batch.length === 1 && isExhausted(queued.retries, now, this.#lastAnswered)) {
        await this.apologise(queued, fault)
        continue
      }
      if (queued.mode === 'retry' && queued.attemptCounted) await this.#uncount(queued)
      if (kind !== 'away') queue.answerAlone(queued)
      scheduler.postpone(queued, pauseOf(queued.retries))
    }
  }

  /** A fault of ours: nothing of the event is kept but the answer that says so. */
  async apologise(queued: QueuedEvent, fault: unknown): Promise<void> {
    const { database, log, moment, queue, scheduler } = this.#parts
    const { id, event } = queued
    log.error({ received: id, error: describe(fault) }, 'fault')
    const { channel, conversation, replyTo } = event
    const card = faultCard(referenceOf(id))
    const { now } = moment()
    try {
      await database.transaction(async (tx) => {
        const marked = await tx.$executeRaw`
          update received set answered_at = ${now}::timestamptz
          where id = ${id}::uuid and answered_at is null`
        if (marked === 0) return
        const to = { channel, conversation: replyTo ?? conversation }
        const about = { onceKey: null, replaces: null, notBefore: now, receivedId: id }
        await enqueue(tx, [{ ...to, card, ...about }], now)
      })
      queue.remove(queued)
    } catch (error) {
      log.error({ received: id, error: describe(error) }, 'not answered yet')
      queued.retries = afterFault(queued.retries, null, performance.now())
      scheduler.postpone(queued, pauseOf(queued.retries))
    }
  }

  /** While the database is away the attempt stays counted, and is not counted once more. */
  async #uncount(queued: QueuedEvent): Promise<void> {
    queued.attemptCounted = await uncountAttempts(this.#parts.database, [queued.id]).then(
      () => false,
      () => true,
    )
  }
}
