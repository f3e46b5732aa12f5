import type { Language } from '../text.ts'
import {
  type EnteredDay,
  noticedYears,
  type Schedule,
  scheduleOf,
  unannouncedIn,
  yearOf,
} from './schedule.ts'
import { addDays, type Day, sayWhen, weekday } from './time.ts'

/** The working days of the bank, or of one of its units. */
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
  /** The public holidays of a year whose schedule is not known; none where that of the year is. */
  unannounced(year: number): readonly Day[]
  readonly years: readonly number[]
  /** The days of a year that are worked or not whatever their weekday says, in order. */
  schedule(year: number): Schedule
  /** The working days of a unit: those of the innermost unit at or above it that has days of its own. */
  of(unitPath: string): Workdays
  /** The paths of units with days of their own, those within others first. */
  readonly units: readonly string[]
}

/** The official Chinese calendar, of a bank that entered nothing. */
export const chineseWorkdays = (): Workdays => bankWorkdays([])

/**
 * The official Chinese holidays with their make-up working days (调休), as the State Council
 * announces them each autumn for the year to come; for a year without that, its public holidays by
 * the order itself, which knows no make-up working days. What the bank entered, here in the order of
 * entry, goes before both, and what was entered later before what was entered earlier.
 */
export function bankWorkdays(entered: readonly EnteredDay[]): Workdays {
  const dated = (below: string) =>
    new Map(entered.filter((each) => below.startsWith(each.below)).map((each) => [each.day, each]))
  const national = dated('/')
  const units = [...new Set(entered.map(({ below }) => below))]
    .filter((below) => below !== '/')
    .sort((one, other) => other.length - one.length)
  const missing = new Map<number, readonly Day[]>()
  const made = new Map<string, Workdays>()
  const announced = [...new Set([...national.keys()].map(yearOf))].filter(covers)
  const years = [...new Set([...noticedYears(), ...announced])].sort()

  function unannounced(year: number): readonly Day[] {
    const known = missing.get(year) ?? unannouncedIn(year, national)
    missing.set(year, known)
    return known
  }

  function covers(year: number): boolean {
    return unannounced(year).length === 0
  }

  function of(unitPath: string): Workdays {
    const below = units.find((each) => unitPath.startsWith(each)) ?? '/'
    const workdays = made.get(below) ?? workdaysBelow(below)
    made.set(below, workdays)
    return workdays
  }

  function workdaysBelow(below: string): Workdays {
    const own = dated(below)
    const schedules = new Map<number, Schedule>()
    const schedule = (year: number): Schedule => {
      const known = schedules.get(year) ?? scheduleOf(year, own, national)
      schedules.set(year, known)
      return known
    }
    const isWorkday = (date: Day) => schedule(yearOf(date)).get(date)?.works ?? weekday(date) < 6
    const onOrAfter = (date: Day): Day => {
      let found = date
      while (!isWorkday(found)) found = addDays(found, 1)
      return found
    }
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
      covers,
      unannounced,
      years,
      schedule,
      of,
      units,
    }
  }
  return of('/')
}

/**
 * A day that was set, as `sayDay` says it: marked provisional where its year's schedule is not known,
 * as it may turn out to be a day off.
 */
export function saySetDay(
  date: Day,
  at: { readonly today: Day; readonly workdays: Workdays },
  language: Language,
  time: string | null = null,
): string {
  const said = sayWhen({ dueOn: date, dueTime: time }, at.today, language)
  if (at.workdays.covers(yearOf(date))) return said
  return language === 'zh'
    ? `${said}（放假安排未公布，暂定）`
    : `${said} (provisional: holidays not announced yet)`
}

/** The workdays that are offered where a day is asked for: the next two, and one in about a week. */
const OFFERED = [1, 2, 5]

export const daysOffered = ({
  today,
  workdays,
}: {
  readonly today: Day
  readonly workdays: Workdays
}): Day[] => OFFERED.map((count) => workdays.add(today, count))
