import { addDays, type Day, daysBetween } from '../../../core/calendar/time.ts'
import type { Workdays } from '../../../core/calendar/workdays.ts'

/** More than this is no absence: the book is handed over instead. */
export const MOST_DAYS = 180

/** Days away, the last one included. */
export interface Span {
  readonly from: Day
  readonly until: Day
}

export const overlap = (one: Span, other: Span): boolean =>
  one.from <= other.until && other.from <= one.until

/** The workdays of a span, make-up days included. */
export function workdaysOf({ from, until }: Span, workdays: Workdays): number {
  let count = 0
  for (let day = from; day <= until; day = addDays(day, 1)) if (workdays.isWorkday(day)) count++
  return count
}

/** Why a span is none; null when it is one. */
export function spanFault(
  { from, until }: Span,
  today: Day,
): 'past' | 'backwards' | 'too-long' | null {
  if (from < today) return 'past'
  if (until < from) return 'backwards'
  return daysBetween(from, until) >= MOST_DAYS ? 'too-long' : null
}
