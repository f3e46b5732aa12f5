import chineseDays from 'chinese-days'
import { addDays, type Day, day, weekday } from './time.ts'

/** The years whose lunar days the library knows. */
const LUNAR_YEARS = { first: 1901, last: 2100 } as const

/**
 * The days off of a year by the State Council's order on public holidays (全国年节及纪念日放假办法,
 * as of 2025): its 13 holidays, and for each that falls on a Saturday or Sunday the next workday.
 * Two holidays on one day (Mid-Autumn in 2028 and 2031) count as two, as in the schedule of 2020.
 */
export function statutoryDaysOff(year: number): ReadonlySet<Day> {
  const holidays = statutoryHolidays(year)
  const off = new Set<Day>()
  const taken = new Set(holidays)
  for (const holiday of holidays) {
    if (weekday(holiday) <= 5 && !off.has(holiday)) {
      off.add(holiday)
      continue
    }
    let instead = addDays(holiday, 1)
    while (weekday(instead) > 5 || taken.has(instead)) instead = addDays(instead, 1)
    taken.add(instead)
    off.add(instead)
  }
  return off
}

/** The 13 public holidays of a year, in order. */
export function statutoryHolidays(year: number): readonly Day[] {
  const on = (monthDay: string) => day(`${year}-${monthDay}`)
  const fixed = ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'].map(on)
  if (year < LUNAR_YEARS.first || year > LUNAR_YEARS.last) return fixed
  const newYear = lunar(year, 1, 1)
  const springFestival = [-1, 0, 1, 2].map((days) => addDays(newYear, days))
  return [...fixed, ...springFestival, qingming(year), lunar(year, 5, 5), lunar(year, 8, 15)].sort()
}

/** The library reads a date in the zone of the process: noon there is that day everywhere. */
const lunar = (year: number, month: number, date: number): Day =>
  day(chineseDays.getSolarDateFromLunar(new Date(year, month - 1, date, 12)).date)

/** The library makes the day in UTC and says it in the zone of the process: west of Greenwich a day early. */
function qingming(year: number): Day {
  const said = day(chineseDays.getSolarTermDate(year, 4, 'pure_brightness'))
  return new Date(said).getTimezoneOffset() > 0 ? addDays(said, 1) : said
}
