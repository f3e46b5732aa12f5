import type { SentFile } from '../../core/chat.ts'
import { describe, outrun, passing } from '../../infra/database/fault.ts'
import type { Listener } from '../listener/index.ts'
import type { SecondReader, Unread } from '../second-reader/index.ts'
import type { BankSetting } from '../services.ts'
import { answerBatch, type BatchParts, type EventResult } from './answer-batch.ts'
import { takeFile } from './attachments.ts'
import type { Mode, QueuedEvent } from './event-queue.ts'
import { countAttempt } from './retry/attempts.ts'
import { type FaultParts, Faults } from './retry/faults.ts'
import { enqueueUnanswered } from './retry/unanswered.ts'
import { introduce } from './sender/identify-sender.ts'
import { forgetAhead, readAhead } from './uploads.ts'

/** How long (ms) another instance, which has the earlier event of a conversation, is waited for. */
const BEHIND_MS = 100
/** What came so long ago (ms) no instance has in its queue but one that died. */
const ABANDONED_MS = 30_000

export interface AnsweringParts extends FaultParts, BatchParts {
  readonly listener: Listener
  readonly secondReader: SecondReader | null
  /** Called when there is something new in the outbox. */
  readonly bank: BankSetting
  readonly wake: () => void
}

/** Has batches answered, and does for their events what they need before that, or after a fault. */
export class Answering {
  readonly #parts: AnsweringParts
  readonly #faults: Faults

  constructor(parts: AnsweringParts) {
    this.#parts = parts
    this.#faults = new Faults(parts)
  }

  async answer(batch: readonly QueuedEvent[], mode: Mode): Promise<void> {
    if (mode !== 'retry' || (await this.#countAttempts(batch))) await this.#serve(batch)
  }

  /** Before the work, which may end the process. False when there is nothing to answer now. */
  async #countAttempts(batch: readonly QueuedEvent[]): Promise<boolean> {
    const { database, queue } = this.#parts
    for (const queued of batch) {
      if (queued.attemptCounted) continue
      try {
        const attempts = await countAttempt(database, queued.id)
        if (attempts === null) {
          queue.remove(queued)
          return false
        }
        queued.attemptCounted = true
      } catch (error) {
        await this.#faults.tryLater(batch, error)
        return false
      }
    }
    return true
  }

  /** When one of a batch faults, each is answered by itself, so that it takes no other with it. */
  async #serve(batch: readonly QueuedEvent[]): Promise<void> {
    const { moment, wake } = this.#parts
    try {
      const results = await answerBatch(this.#parts, batch, moment())
      for (const [queued, result] of results) this.#follow(queued, result)
    } catch (error) {
      const [only] = batch
      const again = passing(error) || (batch.length === 1 && outrun(error))
      if (again) await this.#faults.tryLater(batch, error)
      else if (only && batch.length === 1) await this.#faults.apologise(only, error)
      else for (const one of batch) await this.#serve([one])
    }
    wake()
  }

  #follow(queued: QueuedEvent, result: EventResult): void {
    const { queue, scheduler } = this.#parts
    if (result === 'answered') {
      this.#faults.noteAnswered()
      if (queued.readUpload) forgetAhead(queued.readUpload)
      queue.remove(queued)
    } else if (typeof result === 'object' && 'follows' in result) {
      this.#faults.noteAnswered()
      queue.remove(queued, result.follows)
      scheduler.schedule()
    } else if (result === 'later') queue.release(queued)
    else if (result === 'long') queue.answerAlone(queued)
    else if (result === 'unknown-sender') void this.#lookUpSender(queued)
    else if (result === 'behind') void this.#adoptEarlier(queued)
    else if ('fetchFileOf' in result) {
      void this.#prepare(queued, () => this.#fetchFile(queued, result.fetchFileOf))
    } else if ('hearFor' in result) {
      void this.#prepare(queued, () => this.#hear(queued, result.voice, result.hearFor))
    } else if ('unread' in result) {
      void this.#prepare(queued, () => this.#askSecondReader(queued, result.unread))
    } else void this.#prepare(queued, () => this.#readUpload(queued, result.readUpload, result.of))
  }

  /** A service may be slow to answer: nobody else waits for that. */
  async #lookUpSender(queued: QueuedEvent): Promise<void> {
    const { bank, database, channelOf, log, moment, queue, scheduler } = this.#parts
    const { event } = queued
    const channel = channelOf(event.channel)
    if (channel) {
      const by = { ways: bank.post, now: moment().now }
      await introduce(database, channel, event, by).catch((error) =>
        log.warn({ channel: channel.name, error: describe(error) }, 'nobody could say who this is'),
      )
    }
    queued.senderLookedUp = true
    queue.release(queued)
    scheduler.schedule()
  }

  /** What takes long and is done before any transaction, while others are answered. */
  async #prepare(queued: QueuedEvent, work: () => Promise<void>): Promise<void> {
    const { log, queue, scheduler } = this.#parts
    try {
      await work()
      queue.answerAlone(queued)
    } catch (error) {
      if (passing(error)) await this.#faults.tryLater([queued], error)
      else {
        log.error({ received: queued.id, error: describe(error) }, 'not answered yet')
        queue.remove(queued)
      }
    }
    scheduler.schedule()
  }

  /** Only once it is known who sent it: nothing of a stranger's is fetched. */
  async #fetchFile(queued: QueuedEvent, staffId: string): Promise<void> {
    const { database, channelOf, moment } = this.#parts
    const { id, event } = queued
    const channel = channelOf(event.channel)
    const sent = { id, event, staffId }
    const taken = channel && (await takeFile(database, channel, sent, moment().now))
    queued.file = taken ?? { problem: 'gone' }
  }

  async #hear(queued: QueuedEvent, sent: SentFile, staffId: string): Promise<void> {
    const { channelOf, listener } = this.#parts
    const channel = channelOf(queued.event.channel)
    queued.heard = channel ? await listener.hear({ sent, staffId, channel }) : null
  }

  async #readUpload(queued: QueuedEvent, uploadId: string, staffId: string): Promise<void> {
    await readAhead(this.#parts.database.prisma, uploadId, staffId)
    queued.readUpload = uploadId
  }

  async #askSecondReader(queued: QueuedEvent, unread: Unread): Promise<void> {
    queued.secondReading = (await this.#parts.secondReader?.propose(unread)) ?? null
  }

  /** Takes up what another instance left in the conversation, which comes first. */
  async #adoptEarlier(queued: QueuedEvent): Promise<void> {
    const { log, moment, queue, scheduler } = this.#parts
    const { channel, conversation } = queued.event
    const earlier = { channel, conversation, id: { lt: queued.id } }
    const abandoned = new Date(moment().now.getTime() - ABANDONED_MS)
    const adopted = await enqueueUnanswered(
      this.#parts,
      earlier,
      ({ receivedAt }) => receivedAt < abandoned,
    ).catch((error) => {
      log.error({ received: queued.id, error: describe(error) }, 'not adopted')
      return []
    })
    if (adopted.length === 0) return scheduler.postpone(queued, BEHIND_MS)
    queue.release(queued)
    scheduler.schedule()
  }
}
