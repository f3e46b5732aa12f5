import { addDays, type Day, dayIn, instantOf } from '../core/calendar/time.ts'
import type { Workdays } from '../core/calendar/workdays.ts'
import type { Catalogue } from '../core/catalogue.ts'
import type { OutcomeKinds } from '../core/outcome.ts'

/** When something happens, in the bank's time zone, on its calendar and with what it offers then. */
export interface Moment {
  readonly now: Date
  readonly today: Day
  readonly timezone: string
  readonly workdays: Workdays
  readonly catalogue: Catalogue
  /** The kinds of outcome in force. */
  readonly kinds: OutcomeKinds
}

/** The same moment on the calendar of a unit. */
export const momentIn = (at: Moment, unitPath: string): Moment => ({
  ...at,
  workdays: at.workdays.of(unitPath),
})

/** Whether anybody in the bank works on this day. */
export const isWorkedAnywhere = ({ today, workdays }: Moment): boolean =>
  ['/', ...workdays.units].some((path) => workdays.of(path).isWorkday(today))

/** The end of the day: what is about that day is worth sending until then. */
export const dayEnd = ({ today, timezone }: Pick<Moment, 'today' | 'timezone'>): Date =>
  instantOf(addDays(today, 1), '00:00', timezone)

export const momentAt = (
  now: Date,
  timezone: string,
  workdays: Workdays,
  catalogue: Catalogue,
  kinds: OutcomeKinds,
): Moment => ({
  now,
  today: dayIn(now, timezone),
  timezone,
  workdays,
  catalogue,
  kinds,
})
