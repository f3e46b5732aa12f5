import {
  addDays,
  addMonths,
  type Day,
  daysBetween,
  isDay,
  weekday,
} from '../../../../core/calendar/time.ts'
import type { Workdays } from '../../../../core/calendar/workdays.ts'

/** The day that is meant, or why it is none. */
export type Meant = Day | 'past' | 'not-on-calendar' | 'unclear'

export const yearOf = (date: Day): number => Number(date.slice(0, 4))
export const monthOf = (date: Day): number => Number(date.slice(5, 7))
export const firstOf = (date: Day): Day => addDays(date, 1 - Number(date.slice(8)))

export function onDate(year: number, month: number, date: number, today: Day): Meant {
  const digits = (value: number) => String(value).padStart(2, '0')
  const text = `${year}-${digits(month)}-${digits(date)}`
  if (!isDay(text)) return 'not-on-calendar'
  return text < today ? 'past' : text
}

/** Half a year: a date without a year that is further off was meant of the year that has gone by. */
const FAR_DAYS = 183

/** A month and day of this year, or of the next when that is near. */
export function comingDate(month: number, date: number, today: Day): Meant {
  const thisYear = onDate(yearOf(today), month, date, today)
  if (isDay(thisYear)) return thisYear
  const nextYear = onDate(yearOf(today) + 1, month, date, today)
  return isDay(nextYear) && daysBetween(today, nextYear) <= FAR_DAYS ? nextYear : thisYear
}

/** The first of a month; of this one, though it has gone by. */
export const comingMonth = (month: number, today: Day): Meant =>
  month === monthOf(today) ? firstOf(today) : comingDate(month, 1, today)

/** A day of this month, or of the next when it has gone by. Said on its own day it is unclear, as weekdays are. */
export function comingNumber(date: number, today: Day): Meant {
  const inThisMonth = onDate(yearOf(today), monthOf(today), date, today)
  if (inThisMonth === today) return 'unclear'
  if (inThisMonth !== 'past') return inThisMonth
  const next = addMonths(firstOf(today), 1)
  return onDate(yearOf(next), monthOf(next), date, today)
}

/** Weeks ahead, counted from Monday; null: the coming one. Said on its own day it is unclear. */
export function onWeekday(wanted: number, weeks: number | null, today: Day): Meant {
  const inThisWeek = addDays(today, wanted - weekday(today))
  if (weeks !== null && weeks > 0) return addDays(inThisWeek, 7 * weeks)
  if (inThisWeek === today && weeks === null) return 'unclear'
  if (inThisWeek >= today) return inThisWeek
  return weeks === 0 ? 'past' : addDays(inThisWeek, 7)
}

/** So many units from today; a half counts of months and years only. */
export function afterSpan(count: number, unit: string, today: Day, workdays: Workdays): Meant {
  if (!(count > 0 && count <= 366)) return 'unclear'
  if (unit === '月' || unit === '年') {
    const months = unit === '年' ? count * 12 : count
    const whole = addMonths(today, Math.floor(months))
    if (Number.isInteger(months)) return whole
    return months % 1 === 0.5 ? addDays(whole, 15) : 'unclear'
  }
  if (!Number.isInteger(count)) return 'unclear'
  if (unit === '工作日') return workdays.add(today, count)
  return addDays(today, unit === '天' || unit === '日' ? count : 7 * count)
}
