import calendar from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import { addDays, type Day, weekday } from './time.ts'

/** The bank's working days. */
export interface Workdays {
  isWorkday(date: Day): boolean
  /** The first workday after a day. */
  next(date: Day): Day
  /** The day itself when it is a workday, else the next. */
  onOrAfter(date: Day): Day
  /** The n-th workday after a day; with 0 the day itself, or the next workday. */
  add(date: Day, count: number): Day
  /** Whether the official schedule of that year is known; else Monday to Friday are workdays. */
  covers(year: number): boolean
  readonly years: readonly number[]
}

/**
 * The official Chinese holidays with their make-up working days (调休), as the State Council
 * announces them each autumn for the year to come.
 */
export function chineseWorkdays(): Workdays {
  const off = new Set(Object.keys(calendar.holidays))
  const makeUp = new Set(Object.keys(calendar.workdays))
  const years = [...new Set([...off].map((date) => Number(date.slice(0, 4))))].sort()
  const isWorkday = (date: Day) => makeUp.has(date) || (weekday(date) < 6 && !off.has(date))
  const onOrAfter = (date: Day): Day => (isWorkday(date) ? date : onOrAfter(addDays(date, 1)))
  const next = (date: Day): Day => onOrAfter(addDays(date, 1))
  return {
    isWorkday,
    next,
    onOrAfter,
    add(date, count) {
      let result = count > 0 ? date : onOrAfter(date)
      for (let step = 0; step < count; step++) result = next(result)
      return result
    },
    covers: (year) => years.includes(year),
    years,
  }
}
