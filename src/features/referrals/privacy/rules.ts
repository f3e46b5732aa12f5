import { addDays, type Day } from '../../../core/calendar/time.ts'

/** Days that a request to delete a file waits to be confirmed. */
export const ERASURE_DAYS = 14

/**
 * Years that a complaint is kept, nameless, after the file of whoever complained is deleted: longer
 * than the three within which a claim may be brought (民法典, article 188).
 */
export const COMPLAINT_YEARS = 5

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
