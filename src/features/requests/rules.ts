import type { Asked } from '../../bot/request-kind.ts'
import { addDays, type Day } from '../../core/calendar/time.ts'

/** Days that a request waits to be confirmed. */
export const REQUEST_DAYS = 14

/** A request that waits. */
export interface Request extends Asked {
  readonly kind: string
  /** Null: somebody on the server. */
  readonly askedByName: string | null
  readonly askedOn: Day
  readonly expiresAt: Date
  /** Whoever asked for it was asked something and has not answered: it is not decided meanwhile. */
  readonly enquired: boolean
}

/** The last day on which a request of this day can be confirmed. */
export const lastDayOf = (askedOn: Day): Day => addDays(askedOn, REQUEST_DAYS)
