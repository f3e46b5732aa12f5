import { type Day, dayIn } from '../core/time.ts'
import type { Workdays } from '../core/workdays.ts'

/** When something happens, in the bank's time zone and on its calendar. */
export interface Moment {
  readonly now: Date
  readonly today: Day
  readonly timezone: string
  readonly workdays: Workdays
}

export const momentAt = (now: Date, timezone: string, workdays: Workdays): Moment => ({
  now,
  today: dayIn(now, timezone),
  timezone,
  workdays,
})
