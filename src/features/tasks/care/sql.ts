import type { Moment } from '../../../bot/moment.ts'
import { addDays, type Day, day } from '../../../core/calendar/time.ts'
import { quoted } from '../../../infra/database/quoted.ts'

export const dateOf = (value: Day): string => `date ${quoted(day(value))}`

/** `case` over the tier of a client. */
export function byTier(values: Readonly<Record<string, number | null>>, otherwise: number | null) {
  const whens = Object.entries(values).map(([tier, value]) => `when ${quoted(tier)} then ${value}`)
  return whens.length > 0
    ? `(case tier ${whens.join(' ')} else ${otherwise} end)`
    : `(${otherwise}::int)`
}

/**
 * The workday on or after each of the next days, as an array whose first element is of today:
 * what SQL needs of the calendar.
 */
export function workdaysAhead(at: Moment, days: number): string {
  const each = Array.from({ length: days + 1 }, (_, index) =>
    at.workdays.onOrAfter(addDays(at.today, index)),
  )
  return `${quoted(`{${each.join(',')}}`)}::date[]`
}
