import type { Days } from '../../../../core/calendar/period.ts'
import { addDays, type Day, day } from '../../../../core/calendar/time.ts'
import { type Text, text } from '../../../../core/text.ts'
import { daysOf } from '../../figures/phrases.ts'

/** What a payment is for: a month, or all until a day. */
export interface PaidFor {
  /** A month as `2026-11`, or `all`. */
  readonly period: string
  /** The last day that it goes to. */
  readonly until: string
}

/** A month goes to its end, or to today while it is under way; `all` to today. */
export function lastDayOf(period: string, today: Day): Day {
  const { until } = daysOf(period)
  const last = until && addDays(until, -1)
  return last && last < today ? last : today
}

export const daysIn = ({ period, until }: PaidFor): Days => ({
  from: daysOf(period).from,
  until: day(until),
})

export const sayDays = ({ period, until }: PaidFor): Text =>
  period === 'all'
    ? text(`截至 ${until}`, `until ${until}`)
    : text(`${period}，截至 ${until}`, `${period}, until ${until}`)
