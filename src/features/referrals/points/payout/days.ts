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

/** "2026-10"; of a month that is under way, and of all, to which day. */
export const sayDays = ({ period, until }: PaidFor): Text => {
  const [zh, en] = [`截至 ${until}`, `until ${until}`]
  if (period === 'all') return text(`${zh} `, en)
  const { until: after } = daysOf(period)
  return after && addDays(after, -1) === until
    ? text(`${period} `, period)
    : text(`${period}（${zh}）`, `${period}, ${en}`)
}
