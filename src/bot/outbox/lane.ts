import type { SendFailure } from '../../core/chat.ts'

/**
 * Whether a service answers. While it does not, its lane is stopped, and one message of each kind at a
 * time is sent to see whether it is back, with growing pauses. What one message alone meets is told
 * from that: only faults of several sends in a row, with no answer between them, stop the lane.
 */
export interface LaneState {
  /** Since when it is stopped; null: it is not. */
  readonly stoppedSince: Date | null
  /** Whether something may be sent now: all, one to see whether the service is back, or nothing. */
  open(now: Date): 'all' | 'one' | 'none'
  /** The service answered, whatever it said; true when the lane was stopped. */
  answered(): boolean
  /** It did not; true when that stops the lane. */
  failed(failure: SendFailure, now: Date): boolean
}

/** Sends in a row of which nobody knows the end, before the service counts as away. */
const MOST_FAULTS = 3
const FIRST_PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 60_000

export function createLane(): LaneState {
  let since: Date | null = null
  let faults = 0
  let tries = 0
  let next = 0

  return {
    get stoppedSince() {
      return since
    },
    open: (now) => (since === null ? 'all' : now.getTime() >= next ? 'one' : 'none'),
    answered() {
      const was = since !== null
      since = null
      faults = 0
      tries = 0
      return was
    },
    failed({ kind, retryAfterMs }, now) {
      faults++
      if (since === null && kind !== 'away' && faults < MOST_FAULTS) return false
      const stops = since === null
      since ??= now
      const pause = Math.max(retryAfterMs, FIRST_PAUSE_MS * 2 ** tries)
      tries = Math.min(tries + 1, 10)
      next = now.getTime() + Math.min(LONGEST_PAUSE_MS, pause)
      return stops
    },
  }
}

/** Whether a failure says something of the service, and not of this message. */
export const isFault = ({ kind }: SendFailure): boolean => kind === 'away' || kind === 'unknown'
