import chineseDays from 'chinese-days'
import { type Text, text } from '../text.ts'
import { addDays, type Day, day, weekday } from './time.ts'

/** A public holiday with its days. */
export interface Festival {
  readonly name: Text
  readonly days: readonly Day[]
}

/** The years whose lunar days the library knows. */
const LUNAR_YEARS = { first: 1901, last: 2100 } as const

/**
 * The days off of a year by the State Council's order on public holidays (全国年节及纪念日放假办法,
 * as of 2025), each with the holiday that it is for: its 13 holidays, and for each that falls on a
 * Saturday or Sunday the next workday. Two holidays on one day (Mid-Autumn in 2028 and 2031) count as
 * two, as in the schedule of 2020.
 */
export function statutoryDaysOff(year: number): readonly { holiday: Day; off: Day }[] {
  const holidays = statutoryHolidays(year)
  const off = new Set<Day>()
  const taken = new Set(holidays)
  return holidays.map((holiday) => {
    let instead = holiday
    if (weekday(holiday) > 5 || off.has(holiday)) {
      do instead = addDays(instead, 1)
      while (weekday(instead) > 5 || taken.has(instead))
    }
    taken.add(instead)
    off.add(instead)
    return { holiday, off: instead }
  })
}

/** The 13 public holidays of a year, in order. */
export const statutoryHolidays = (year: number): readonly Day[] =>
  festivalsOf(year)
    .flatMap(({ days }) => days)
    .sort()

/** The public holidays of a year with their names; of years beyond the library's without the lunar ones. */
export function festivalsOf(year: number): readonly Festival[] {
  const on = (...monthDays: readonly string[]) => monthDays.map((each) => day(`${year}-${each}`))
  const fixed = [
    { name: text('元旦', "New Year's Day"), days: on('01-01') },
    { name: text('劳动节', 'Labour Day'), days: on('05-01', '05-02') },
    { name: text('国庆节', 'National Day'), days: on('10-01', '10-02', '10-03') },
  ]
  if (year < LUNAR_YEARS.first || year > LUNAR_YEARS.last) return fixed
  const newYear = lunar(year, 1, 1)
  return [
    ...fixed,
    {
      name: text('春节', 'Spring Festival'),
      days: [-1, 0, 1, 2].map((days) => addDays(newYear, days)),
    },
    { name: text('清明节', 'Qingming Festival'), days: [qingming(year)] },
    { name: text('端午节', 'Dragon Boat Festival'), days: [lunar(year, 5, 5)] },
    { name: text('中秋节', 'Mid-Autumn Festival'), days: [lunar(year, 8, 15)] },
  ]
}

/** The library reads a date in the zone of the process: noon there is that day everywhere. */
const lunar = (year: number, month: number, date: number): Day =>
  day(chineseDays.getSolarDateFromLunar(new Date(year, month - 1, date, 12)).date)

/** The library makes the day in UTC and says it in the zone of the process: west of Greenwich a day early. */
function qingming(year: number): Day {
  const said = day(chineseDays.getSolarTermDate(year, 4, 'pure_brightness'))
  return new Date(said).getTimezoneOffset() > 0 ? addDays(said, 1) : said
}
