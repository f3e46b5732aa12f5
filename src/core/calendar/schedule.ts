import calendar from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import { type Text, text } from '../text.ts'
import { festivalsOf, statutoryDaysOff, statutoryHolidays } from './statutory-holidays.ts'
import { type Day, day } from './time.ts'

/** A day that is worked or not whatever its weekday says. */
export interface SpecialDay {
  readonly works: boolean
  /** What it is off or worked for; null: nobody said. */
  readonly name: Text | null
  /** Who says so: the State Council's yearly notice, the bank, or (without a notice) its order. */
  readonly by: 'notice' | 'bank' | 'order'
}

/** A day that the bank entered. */
export interface EnteredDay {
  readonly day: Day
  readonly works: boolean
  readonly name: string | null
  /** The path at and below which it holds; `/`: in the whole bank. */
  readonly below: string
}

export type Schedule = ReadonlyMap<Day, SpecialDay>

export const yearOf = (date: string): number => Number(date.slice(0, 4))

/** The notices that the library has, by year. */
const NOTICES: ReadonlyMap<number, Schedule> = new Map(
  [
    ...Map.groupBy(
      [...noticed(calendar.holidays, false), ...noticed(calendar.workdays, true)],
      ([date]) => yearOf(date),
    ),
  ].map(([year, days]) => [year, new Map(days)]),
)

/** The library names a day as "Spring Festival,春节,4". */
function noticed(days: Readonly<Record<string, string>>, works: boolean): [Day, SpecialDay][] {
  return Object.entries(days).map(([date, named]) => {
    const [en = '', zh = ''] = named.split(',')
    return [day(date), { works, name: text(zh, en), by: 'notice' }]
  })
}

/** The years of which the library has the notice. */
export const noticedYears = (): readonly number[] => [...NOTICES.keys()]

/** Public holidays of a year that the whole bank has not entered as days off. */
export const unannouncedIn = (
  year: number,
  national: ReadonlyMap<Day, EnteredDay>,
): readonly Day[] =>
  NOTICES.has(year)
    ? []
    : statutoryHolidays(year).filter((holiday) => national.get(holiday)?.works !== false)

/**
 * The special days of a year: by the notice where the library has it, else by the order; what was
 * entered goes before both. A holiday that was entered for the whole bank has its schedule, so that
 * nothing is made up for it by the order any more.
 */
export function scheduleOf(
  year: number,
  entered: ReadonlyMap<Day, EnteredDay>,
  national: ReadonlyMap<Day, EnteredDay>,
): Schedule {
  const own = [...entered.values()].filter((each) => yearOf(each.day) === year)
  const days = new Map(NOTICES.get(year) ?? byOrder(year, new Set(unannouncedIn(year, national))))
  for (const { day: date, works, name } of own) {
    const known = days.get(date)?.name ?? null
    days.set(date, { works, name: name ? text(name, name) : works ? null : known, by: 'bank' })
  }
  return new Map([...days].sort(([one], [other]) => (one < other ? -1 : 1)))
}

/** The days off for those holidays of a year, by the order. */
function byOrder(year: number, holidays: ReadonlySet<Day>): [Day, SpecialDay][] {
  const named = new Map(festivalsOf(year).flatMap(({ name, days }) => days.map((on) => [on, name])))
  return statutoryDaysOff(year)
    .filter(({ holiday }) => holidays.has(holiday))
    .flatMap(({ holiday, off }) =>
      [...new Set([holiday, off])].map((on): [Day, SpecialDay] => {
        const name = named.get(on) ?? named.get(holiday) ?? null
        return [on, { works: false, name, by: 'order' }]
      }),
    )
}
