import type { Event, Inbox } from '../../core/chat.ts'
import { describe } from '../../infra/database/fault.ts'
import type { Database } from '../../infra/database/index.ts'
import type { Log } from '../../infra/log.ts'
import type { Spool } from '../../infra/spool.ts'
import { type AnswererParts, createAnswerer } from '../conversation/interpret.ts'
import type { Listener } from '../listener/index.ts'
import type { Moment } from '../moment.ts'
import type { Meter } from '../operations/meter.ts'
import type { SecondReader } from '../second-reader/index.ts'
import { Answering } from './answer-events.ts'
import { EventQueue } from './event-queue.ts'
import { MAX_ATTEMPTS, setAsideExhausted, uncountAttempts } from './retry/attempts.ts'
import { enqueueUnanswered } from './retry/unanswered.ts'
import { Scheduler } from './scheduler.ts'
import { createEventStore } from './store-event.ts'

// The way of an event: `receive` has it stored (store-event.ts), after which the channel may tell its
// service that it arrived; it is queued (event-queue.ts); the scheduler takes it in a batch with
// others (scheduler.ts); the batch is answered in one transaction (answer-batch.ts), which puts the
// answer into the outbox. What cannot be answered yet, or meets a fault, goes back to its place in the
// queue (answer-events.ts, retry/faults.ts), and what a process leaves unanswered is found by the next one, or
// by another instance (retry/unanswered.ts).

export interface Runner {
  /** Stores an event, drops it when it is a repeat, and answers it through the outbox. */
  receive: Inbox
  /**
   * Answers what is stored and not answered: by the last process, or for a fault. What came less than
   * so long ago (ms) another instance may still have in its queue, and is left to it.
   */
  resume(settledFor?: number): Promise<void>
  /** Begins no more, ends what is under way, and leaves the rest to the next process. */
  stop(): Promise<void>
}

export interface RunnerParts extends Omit<AnswererParts, 'asksReader'> {
  readonly database: Database
  readonly listener: Listener
  /** Null: what the grammar does not understand is not understood. */
  readonly secondReader: SecondReader | null
  /** Where events are written down while the database does not answer; null: nowhere. */
  readonly spool: Spool | null
  readonly moment: () => Moment
  /** Has `moment` give the catalogue and the calendar that are committed now. */
  readonly refreshMoment: () => Promise<void>
  readonly log: Log
  /** Called when there is something to do beside answers. */
  readonly wakeWork: () => void
  /** Called when there is something new in the outbox. */
  readonly wake: () => void
  readonly meter: Meter
}

export function createRunner(parts: RunnerParts): Runner {
  const { database, moment, log } = parts
  const store = createEventStore(database, parts.spool, log)
  const queue = new EventQueue()
  const scheduler = new Scheduler(queue, (batch, mode) => answering.answer(batch, mode))
  const asksReader = parts.secondReader !== null
  const answerer = createAnswerer({ ...parts, asksReader })
  const answering = new Answering({ ...parts, queue, scheduler, answerer })

  function add(id: string, event: Event): Promise<void> {
    const { answered } = queue.add(id, event, 'batched')
    scheduler.schedule()
    return answered
  }

  async function addSpooled(now: Date): Promise<void> {
    const spooled = await store.spooled()
    await Promise.allSettled(
      spooled.map(async (each) => {
        if (await store.storeSpooled(each, now)) void add(each.id, each.event)
      }),
    )
  }

  return {
    async receive(event) {
      const { id, safe, stored } = store.store(event, moment().now)
      const answered = stored
        .then((fresh) => {
          if (fresh) return add(id, event)
          log.debug({ channel: event.channel }, 'repeat dropped')
        })
        .catch((error) => log.error({ received: id, error: describe(error) }, 'not answered yet'))
      await safe
      return { answered }
    },
    async resume(settledFor = 0) {
      const { now } = moment()
      await setAside(parts, queue.ids(), now)
      await addSpooled(now)
      const before = new Date(now.getTime() - settledFor)
      const filter = settledFor > 0 ? { receivedAt: { lt: before } } : {}
      const resumed = await enqueueUnanswered({ ...parts, queue, scheduler }, filter, () => true)
      await Promise.all(resumed.map(({ answered }) => answered))
    },
    async stop() {
      await scheduler.stop()
      const counted = queue.waiting().filter(({ attemptCounted }) => attemptCounted)
      await uncountAttempts(
        database,
        counted.map(({ id }) => id),
      )
    },
  }
}

/** Apologises for what ended the process too often; what this process holds is left to it. */
async function setAside(
  { database, log, wake }: RunnerParts,
  held: readonly string[],
  now: Date,
): Promise<void> {
  const exhausted = await setAsideExhausted(database, held, now).catch((error) => {
    log.error({ error: describe(error) }, 'not set aside yet')
    return []
  })
  for (const { id } of exhausted) {
    log.error({ received: id, attempts: MAX_ATTEMPTS }, 'set aside: it ended the process')
  }
  if (exhausted.length > 0) wake()
}
