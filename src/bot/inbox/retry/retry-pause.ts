import type { Passing } from '../../../infra/database/fault.ts'

/** What kept an event from being answered so far. Times are those of `performance.now()`, ms. */
export interface Retries {
  /** Faults in a row, of whatever kind. */
  readonly failures: number
  /** How many of them held up this event though the database was there (`Passing`). */
  readonly heldUp: number
  /** When the first of those was; null: there was none. */
  readonly since: number | null
  /** How many times another's row was there first (`outrun`). */
  readonly outrun: number
}

export const NO_RETRIES: Retries = { failures: 0, heldUp: 0, since: null, outrun: 0 }

/** Pauses before the second, third and fourth attempt; the last one goes for all later attempts too. */
const PAUSES_MS = [1000, 5000, 30_000] as const
/** An event is given up when it was held up so often and for so long while others passed. */
const MAX_HELD_UP = 6
const MAX_HELD_UP_MS = 5 * 60_000
/** Whose row was there first is there for good; met so often, it is no other that was quicker. */
const MAX_OUTRUN = 3

export const afterFault = (before: Retries, passing: Passing | 'outrun', now: number): Retries => ({
  failures: before.failures + 1,
  heldUp: before.heldUp + (passing === 'held-up' ? 1 : 0),
  since: before.since ?? (passing === 'held-up' ? now : null),
  outrun: before.outrun + (passing === 'outrun' ? 1 : 0),
})

export const pauseOf = ({ failures }: Retries): number =>
  PAUSES_MS[Math.min(failures, PAUSES_MS.length) - 1] ?? PAUSES_MS[0]

/**
 * Whether an apology is due: when another's row keeps being there first; never while the database is away or everybody is held up, as all are
 * answered once that is over. `othersPassed`: when the last other event was answered; null: none was.
 */
export const isExhausted = (
  { heldUp, since, outrun }: Retries,
  now: number,
  othersPassed: number | null,
): boolean =>
  outrun >= MAX_OUTRUN ||
  (since !== null &&
    heldUp >= MAX_HELD_UP &&
    now - since >= MAX_HELD_UP_MS &&
    othersPassed !== null &&
    othersPassed > since)
