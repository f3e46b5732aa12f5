import { setTimeout as pause } from 'node:timers/promises'
import type { Channel } from '../../core/chat.ts'
import { describe } from '../../infra/database/fault.ts'
import type { Database } from '../../infra/database/index.ts'
import type { Log } from '../../infra/log.ts'
import type { Meter } from '../operations/meter.ts'
import { Availability } from './availability.ts'
import {
  type ClaimedMessage,
  type ClaimLimit,
  claimDue,
  failStale,
  MESSAGE_KINDS,
  type MessageKind,
  recordResults,
  type SendResult,
} from './claim.ts'
import { REFRESH_DELAY_MS } from './enqueue.ts'
import { type ComposeCards, REFRESH_BATCH_SIZE } from './live-cards.ts'
import { waitsOf } from './rate-window.ts'
import { Sender } from './send-message.ts'

/** Sends of one kind under way at a time in a channel; fewer where that would only make answers wait. */
const MAX_SENDING = 64
/** How long a message is ours to send. */
const LEASE_MS = 30_000
/** How often it is looked for what has waited for too long. */
const STALE_LOOK_MS = 60_000
/** How long a stop waits for what is being sent; what has no end by then is looked up at the next start. */
const MAX_STOP_MS = 5000
/** How often it is looked for all that is due, which another process may have queued. */
const LOOK_MS = 400
/**
 * What fell due so lately is looked for whenever there is room, and all that is due every `LOOK_MS`: what
 * was sent and not vacuumed yet lies in the index before what waits, and there may be much of it.
 */
const LATELY_MS = 5000
/** How often some of the cards to be refreshed are composed at most. */
const REFRESH_MS = 200

export interface DeliveryParts {
  readonly database: Database
  readonly channels: readonly Channel[]
  readonly composeCards: ComposeCards
  readonly clock: () => Date
  readonly log: Log
  readonly meter?: Meter
}

/**
 * Sends what the outbox holds: each conversation in order, conversations side by side (claim.ts). It runs while
 * something is due or being sent, and is woken by whoever queues and by a timer.
 */
export class Delivery {
  readonly #parts: DeliveryParts
  readonly #channels: ReadonlyMap<string, Channel>
  readonly #availability: Availability
  readonly #sender: Sender
  /** How many are being sent, by channel and kind. */
  readonly #sending = new Map<string, number>()
  /** What came of sends and is not recorded yet. */
  readonly #results: SendResult[] = []
  /** The run under way; null: there is none. */
  #run: Promise<void> | null = null
  /** Somebody woke it, or a send ended, since it last looked. */
  #woken = false
  /** Ends the wait of the run for that. */
  #rouse = () => {}
  #timer: NodeJS.Timeout | null = null
  #stopped = false
  /** Those who wait until nothing is due; for them no card waits to be refreshed. */
  #settling = 0
  /** The next look is for all that is due, and not only for what fell due lately. */
  #lookForAll = true
  /** By `performance.now()`. */
  #refreshedAt = Number.NEGATIVE_INFINITY
  /** By the clock, ms. */
  #staleLookedAt = Number.NEGATIVE_INFINITY

  constructor(parts: DeliveryParts) {
    this.#parts = parts
    this.#channels = new Map(parts.channels.map((channel) => [channel.name, channel]))
    const onReturn = () => {
      // What fell due meanwhile is not of lately.
      this.#lookForAll = true
    }
    this.#availability = new Availability({ ...parts, onReturn })
    this.#sender = new Sender({ ...parts, availability: this.#availability })
  }

  async start(): Promise<void> {
    const { database, clock } = this.#parts
    // An embedded database has no other process that could be sending.
    if (database.kind === 'pglite') {
      await database.prisma.$executeRaw`
        update message set not_before = ${clock()} where state = 'sending'`
    }
    this.#timer = setInterval(() => {
      this.#lookForAll = true
      this.wake()
    }, LOOK_MS)
    this.wake()
  }

  /** Looks now instead of when the timer rings. */
  wake(): void {
    this.#woken = true
    this.#rouse()
    this.#run ??= this.#deliver()
      .catch((error) => this.#parts.log.error({ error: describe(error) }, 'delivery'))
      .finally(() => {
        this.#run = null
        // Woken after the last look.
        if (this.#woken && !this.#stopped) this.wake()
      })
  }

  /** Resolves when everything due has been tried. */
  async settled(): Promise<void> {
    this.#settling++
    this.wake()
    while (this.#run) await this.#run
    this.#settling--
  }

  async stop(): Promise<void> {
    this.#stopped = true
    if (this.#timer) clearInterval(this.#timer)
    const ended = new AbortController()
    const late = pause(MAX_STOP_MS, 'late', { signal: ended.signal, ref: false }).catch(
      () => 'late',
    )
    // The last run may be waiting for a service that does not answer.
    while (this.#run && (await Promise.race([this.#run, late])) !== 'late');
    ended.abort()
  }

  /**
   * Keeps so many sends going until nothing is due. What came of them is recorded, and what is due next
   * is claimed, for all at once: the faster the service, the more in one statement.
   */
  async #deliver(): Promise<void> {
    do {
      this.#woken = false
      const ended = this.#results.splice(0)
      const { database, clock } = this.#parts
      if (ended.length > 0) await recordResults(database.prisma, ended, clock())
      await this.#failStale()
      if (!this.#stopped) await this.#beginSends()
      if (this.#sending.size > 0 && !this.#woken) {
        await new Promise<void>((resolve) => {
          this.#rouse = resolve
        })
      }
    } while ((this.#woken && !this.#stopped) || this.#sending.size > 0 || this.#results.length > 0)
  }

  async #failStale(): Promise<void> {
    const { database, clock, log } = this.#parts
    const now = clock().getTime()
    if (now - this.#staleLookedAt < STALE_LOOK_MS && now >= this.#staleLookedAt) return
    this.#staleLookedAt = now
    const stale = await failStale(database.prisma, clock())
    if (stale > 0) log.error({ messages: stale }, 'waited for too long, and were given up')
  }

  /** Claims what there is room for, and begins to send it. */
  async #beginSends(): Promise<void> {
    const { database, clock } = this.#parts
    const limits = this.#limits()
    // What the timer asks for meanwhile is not forgotten.
    const looksForAll = this.#lookForAll
    this.#lookForAll = false
    const free = limits.filter(({ room }) => room > 0)
    const leasedUntil = new Date(clock().getTime() + LEASE_MS)
    const claimed = free.length > 0 ? await claimDue(database.prisma, free, leasedUntil) : []
    const waits = await waitsOf(
      database.prisma,
      claimed,
      (name) => this.#channels.get(name),
      clock(),
    )
    const composed = this.#compose(claimed)
    for (const message of claimed) {
      void this.#send(message, waits.get(message.id) ?? 0, composed)
    }
    // There may be more than there was room for.
    const more = free.some((limit) => isReached(limit, claimed))
    if (looksForAll && (more || free.length < limits.length)) this.#lookForAll = true
    if (more) this.#woken = true
  }

  /** What may be claimed of each channel, of each kind. */
  #limits(): ClaimLimit[] {
    const now = this.#parts.clock()
    const refreshes = this.#settling > 0 || performance.now() - this.#refreshedAt >= REFRESH_MS
    const kinds = MESSAGE_KINDS.filter((kind) => refreshes || kind !== 'refresh')
    return this.#parts.channels
      .filter((channel) => channel.ready?.() ?? true)
      .flatMap((channel) => kinds.flatMap((kind) => this.#limit(channel, kind, now) ?? []))
  }

  /** Null: nothing may be sent there now. */
  #limit({ name, can }: Channel, kind: MessageKind, now: Date): ClaimLimit | null {
    const state = this.#availability.state(name)
    if (state === 'open') return null
    const isTrial = state === 'half-open'
    const most = kind === 'refresh' ? REFRESH_BATCH_SIZE : MAX_SENDING
    const abreast = isTrial ? 1 : Math.min(most, Math.ceil(can.perSecond ?? most))
    const forAll = isTrial || this.#lookForAll || this.#settling > 0
    const early = kind === 'refresh' && this.#settling > 0 ? REFRESH_DELAY_MS : 0
    return {
      ...{ channel: name, kind },
      room: abreast - (this.#sending.get(`${name} ${kind}`) ?? 0),
      since: new Date(forAll ? 0 : now.getTime() - LATELY_MS),
      until: new Date(now.getTime() + early),
    }
  }

  /** The cards of those that have none yet. */
  #compose(claimed: readonly ClaimedMessage[]): ReturnType<ComposeCards> {
    const ids = claimed.filter(({ card }) => !card).map(({ id }) => id)
    if (ids.length === 0) return Promise.resolve(new Map())
    this.#refreshedAt = performance.now()
    return this.#parts.composeCards(ids)
  }

  async #send(
    message: ClaimedMessage,
    waitMs: number,
    composed: ReturnType<ComposeCards>,
  ): Promise<void> {
    const channel = this.#channels.get(message.channel)
    if (!channel) return
    const key = `${message.channel} ${message.kind}`
    this.#sending.set(key, (this.#sending.get(key) ?? 0) + 1)
    const began = performance.now()
    const result = await this.#sender.send({ message, channel, waitMs, composed })
    this.#results.push(result)
    if (result.tried) this.#note(message, result, began)
    const left = (this.#sending.get(key) ?? 1) - 1
    if (left > 0) this.#sending.set(key, left)
    else this.#sending.delete(key)
    this.#woken = true
    this.#rouse()
  }

  #note({ id, receivedId, channel }: ClaimedMessage, { state }: SendResult, began: number): void {
    const attempt = {
      ...{ message: id, received: receivedId, channel, result: state },
      seconds: (performance.now() - began) / 1000,
    }
    this.#parts.meter?.sent(attempt)
    this.#parts.log.debug(attempt, 'sending')
  }
}

const isReached = ({ channel, kind, room }: ClaimLimit, claimed: readonly ClaimedMessage[]) =>
  claimed.filter((each) => each.channel === channel && each.kind === kind).length === room
