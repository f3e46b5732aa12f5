import type { Card } from '../../core/card.ts'
import { type Channel, type Outgoing, SendFailure } from '../../core/chat.ts'
import type { Log } from '../../infra/log.ts'
import type { Availability } from './availability.ts'
import { type ClaimedMessage, type SendResult, STALE } from './claim.ts'
import { createPacer } from './pace.ts'

/** The longest that any channel waits for the answer to one call. */
const CALL_MS = 10_000
const FIRST_PAUSE_MS = 500
/** A message that did not go is tried again after so long at most. */
const LONGEST_PAUSE_MS = 60_000

/** A message and what is needed to send it. */
export interface Sending {
  readonly message: ClaimedMessage
  readonly channel: Channel
  /** How long (ms) it must wait under its channel's windows; 0: not at all. */
  readonly waitMs: number
  /** The cards, by message, of those that were queued without one; null: not to be changed any more. */
  readonly composed: Promise<ReadonlyMap<string, Card | null>>
}

interface SenderParts {
  readonly availability: Availability
  readonly clock: () => Date
  readonly log: Log
}

/**
 * Sends one message. A message in doubt (`unknown`: it may have gone) is looked up at the service before it is
 * sent again, and stays in doubt while it cannot be looked up.
 */
export class Sender {
  readonly #parts: SenderParts
  readonly #pacer = createPacer()

  constructor(parts: SenderParts) {
    this.#parts = parts
  }

  async send(sending: Sending): Promise<SendResult> {
    const { message, channel, composed } = sending
    const { availability } = this.#parts
    const isTrial = !availability.isClosed(channel.name)
    let lookingUp = message.state === 'unknown'
    try {
      const card = message.card ?? (await composed).get(message.id)
      if (!card) return this.#end(message, 'dropped')
      const outgoing: Outgoing = {
        ...{ key: message.id, conversation: message.conversation, card },
        ...{ replaces: message.replaces, claimed: () => this.#isClaimed(message) },
      }
      const found = lookingUp ? await channel.find(outgoing) : null
      lookingUp = false
      const withheld = found ? null : await this.#withhold(sending, isTrial)
      if (withheld) return withheld
      const ref = found ?? (await channel.send(outgoing))
      availability.answered(channel.name)
      return this.#end(message, 'sent', { ref })
    } catch (error) {
      const failure = error instanceof SendFailure ? error : new SendFailure('unknown', `${error}`)
      availability.failed(channel.name, failure)
      return this.#failed(message, failure, lookingUp)
    }
  }

  /** Waits for the channel's pace. Resolves to what comes of a message that is not sent now; null: it is. */
  async #withhold(sending: Sending, isTrial: boolean): Promise<SendResult | null> {
    const { message, channel, waitMs } = sending
    const { availability, clock } = this.#parts
    if (this.#isStale(message)) return this.#end(message, staleEnd(message), { error: STALE })
    if (waitMs > 0) {
      const at = new Date(clock().getTime() + waitMs)
      return this.#end(message, message.state, { error: 'as many as are allowed', at })
    }
    await this.#pacer.wait(channel, message.conversation)
    // Somebody else may have it by now, or the service went away while this one waited.
    const wentAway = !availability.isClosed(channel.name) && !isTrial
    if (this.#isClaimed(message) && !wentAway) return null
    return this.#end(message, message.state, { tried: false })
  }

  #failed(message: ClaimedMessage, failure: SendFailure, lookingUp: boolean): SendResult {
    const { clock, log } = this.#parts
    const refused = failure.kind === 'refused' && !lookingUp
    const inDoubt = lookingUp || failure.kind === 'unknown'
    const state = refused ? 'failed' : inDoubt ? 'unknown' : 'queued'
    if (this.#isStale(message) && !refused) {
      return this.#end(message, staleEnd(message), { error: `${STALE}: ${failure.message}` })
    }
    const { id, channel, receivedId: received } = message
    const about = { message: id, ...(received && { received }), channel, kind: failure.kind, state }
    log[refused ? 'warn' : 'debug'](about, 'not sent')
    // A service that says when to come again is taken at its word.
    const doubled = FIRST_PAUSE_MS * 2 ** Math.min(message.attempts + 1, 10)
    const pauseMs = failure.retryAfterMs || Math.min(LONGEST_PAUSE_MS, doubled)
    const at = new Date(clock().getTime() + pauseMs)
    return this.#end(message, state, { error: failure.message, at })
  }

  #end(
    { id, until }: ClaimedMessage,
    state: SendResult['state'],
    more: Partial<SendResult> = {},
  ): SendResult {
    const at = this.#parts.clock()
    return { id, until, tried: true, state, ref: null, error: null, at, ...more }
  }

  /** Ours for as long as a call may take. */
  #isClaimed({ until }: ClaimedMessage): boolean {
    return until.getTime() - this.#parts.clock().getTime() >= CALL_MS
  }

  #isStale({ staleAt }: ClaimedMessage): boolean {
    return staleAt !== null && this.#parts.clock() >= staleAt
  }
}

/** What becomes of a message that is not worth sending any more: a refreshed card goes in silence. */
const staleEnd = ({ kind }: ClaimedMessage): SendResult['state'] =>
  kind === 'refresh' ? 'dropped' : 'failed'
