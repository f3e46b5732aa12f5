import { addDays, type Day } from '../../../core/calendar/time.ts'

/** Days that a request to delete a file waits to be confirmed. */
export const ERASURE_DAYS = 14

/**
 * Years that a complaint is kept, nameless, after the file of whoever complained is deleted: longer
 * than the three within which a claim may be brought (民法典, article 188).
 */
export const COMPLAINT_YEARS = 5

/** Years after its last day that a rule of points is kept with what was earned by it, for whoever audits what was paid. */
export const POINTS_YEARS = 5

/**
 * Years that the file of somebody who did business with the bank is kept after the end of it: 反洗钱法 (2024),
 * article 34. Until then it is blocked (PIPL, article 47): kept, and used for nothing but what the law asks.
 */
export const BLOCKED_YEARS = 10

/** A request to delete a file that waits to be confirmed. */
export interface Erasure {
  readonly id: string
  readonly clientId: string
  readonly clientName: string
  /** E.164; null where none is on file. */
  readonly phone: string | null
  readonly askedBy: string
  readonly askedByName: string
  readonly askedOn: Day
  readonly ground: string
  readonly expiresAt: Date
  /** Whose client it is now. */
  readonly ownerId: string
}

/** The last day on which a request of this day can be confirmed. */
export const lastDayOf = (askedOn: Day): Day => addDays(askedOn, ERASURE_DAYS)
