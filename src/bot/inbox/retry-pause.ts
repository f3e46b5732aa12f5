import type { Passing } from '../../infra/database/fault.ts'

/** What kept an event from being answered so far, by the clock of the process (ms). */
export interface Patience {
  /** Times in a row, whatever the fault of the moment was. */
  readonly failures: number
  /** Times that this event was held up though the database was there. */
  readonly heldUp: number
  /** The first of those. */
  readonly since: number | null
}

export const PATIENT: Patience = { failures: 0, heldUp: 0, since: null }

/** Pauses before the next attempts; the last stands for all that follow. */
const PAUSES_MS = [1000, 5000, 30_000] as const
/** So often and for so long is one held up, while others pass, before it is given up. */
const MOST_HELD_UP = 6
const LONGEST_HELD_UP_MS = 5 * 60_000

export const failed = (before: Patience, passing: Passing, now: number): Patience => ({
  failures: before.failures + 1,
  heldUp: before.heldUp + (passing === 'held-up' ? 1 : 0),
  since: before.since ?? (passing === 'held-up' ? now : null),
})

export const pauseOf = ({ failures }: Patience): number =>
  PAUSES_MS[Math.min(failures, PAUSES_MS.length) - 1] ?? PAUSES_MS[0]

/**
 * Whether an apology is due: never while the database is away or everybody is held up, as all are
 * answered once that is over. `othersPassed`: when the last other event was answered; null: none was.
 */
export const isSpent = (
  { heldUp, since }: Patience,
  now: number,
  othersPassed: number | null,
): boolean =>
  since !== null &&
  heldUp >= MOST_HELD_UP &&
  now - since >= LONGEST_HELD_UP_MS &&
  othersPassed !== null &&
  othersPassed > since
