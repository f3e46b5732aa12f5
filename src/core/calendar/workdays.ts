import calendar from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import type { Language } from '../text.ts'
import { statutoryDaysOff } from './statutory-holidays.ts'
import { addDays, type Day, sayDay, weekday } from './time.ts'

/** The bank's working days. */
export interface Workdays {
  isWorkday(date: Day): boolean
  /** The first workday after a day. */
  next(date: Day): Day
  /** The day itself when it is a workday, else the next. */
  onOrAfter(date: Day): Day
  /** The n-th workday after a day; with 0 the day itself, or the next workday. */
  add(date: Day, count: number): Day
  /** Whether the official schedule of that year is known; else its public holidays are by rule. */
  covers(year: number): boolean
  readonly years: readonly number[]
}

/**
 * The official Chinese holidays with their make-up working days (调休), as the State Council
 * announces them each autumn for the year to come; for a year without that, its public holidays by
 * the order itself, which knows no make-up working days.
 */
export function chineseWorkdays(): Workdays {
  const off = new Set(Object.keys(calendar.holidays))
  const makeUp = new Set(Object.keys(calendar.workdays))
  const years = [...new Set([...off].map(yearOf))].sort()
  const byRule = new Map<number, ReadonlySet<Day>>()
  const covered = new Set(years)
  const isOff = (date: Day): boolean => {
    const year = yearOf(date)
    if (covered.has(year)) return off.has(date)
    const known = byRule.get(year) ?? statutoryDaysOff(year)
    byRule.set(year, known)
    return known.has(date)
  }
  const isWorkday = (date: Day) => makeUp.has(date) || (weekday(date) < 6 && !isOff(date))
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
    covers: (year) => covered.has(year),
    years,
  }
}

const yearOf = (date: string): number => Number(date.slice(0, 4))

/**
 * A day that was set, as `sayDay` says it: marked provisional where its year's schedule is not known,
 * as it may turn out to be a day off.
 */
export function saySetDay(
  date: Day,
  at: { readonly today: Day; readonly workdays: Workdays },
  language: Language,
): string {
  const said = sayDay(date, at.today, language)
  if (at.workdays.covers(yearOf(date))) return said
  return language === 'zh'
    ? `${said}（放假安排未公布，暂定）`
    : `${said} (provisional: holidays not announced yet)`
}
