import type { SendFailure } from '../../core/chat.ts'

/**
 * Whether messages may be sent to a service, as its last sends ended (the pattern of that name).
 * - `closed`: it answers, and all may be sent.
 * - `open`: it does not, and nothing is sent until the pause is over. The pauses grow.
 * - `half-open`: the pause is over, and one message of each kind is sent to see whether it is back.
 */
export type BreakerState = 'closed' | 'half-open' | 'open'

/**
 * Sends in a row whose end nobody knows, before the service counts as away: one message may meet that
 * alone.
 */
const MAX_FAULTS = 3
const FIRST_PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 60_000

export class CircuitBreaker {
  /** Since when it is not closed; null: it is. */
  #openSince: Date | null = null
  #faults = 0
  #tries = 0
  #pausedUntil = 0

  get isClosed(): boolean {
    return this.#openSince === null
  }

  state(now: Date): BreakerState {
    if (this.#openSince === null) return 'closed'
    return now.getTime() >= this.#pausedUntil ? 'half-open' : 'open'
  }

  /** The service answered, whatever it said; true when that closes the breaker. */
  answered(): boolean {
    const closes = this.#openSince !== null
    this.#openSince = null
    this.#faults = 0
    this.#tries = 0
    return closes
  }

  /** It did not answer; true when that opens the breaker. */
  failed({ kind, retryAfterMs }: SendFailure, now: Date): boolean {
    this.#faults++
    const opens = this.#openSince === null
    if (opens && kind !== 'away' && this.#faults < MAX_FAULTS) return false
    this.#openSince ??= now
    const pauseMs = Math.max(retryAfterMs, FIRST_PAUSE_MS * 2 ** this.#tries)
    this.#tries = Math.min(this.#tries + 1, 10)
    this.#pausedUntil = now.getTime() + Math.min(LONGEST_PAUSE_MS, pauseMs)
    return opens
  }
}

/** Whether a failure says something of the service, and not of this message. */
export const isServiceFault = ({ kind }: SendFailure): boolean =>
  kind === 'away' || kind === 'unknown'
