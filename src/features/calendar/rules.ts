import { type EnteredDay, yearOf } from '../../core/calendar/schedule.ts'
import { addDays, type Day, day, daysBetween } from '../../core/calendar/time.ts'
import { bankWorkdays, type Workdays } from '../../core/calendar/workdays.ts'
import type { Text } from '../../core/text.ts'
import type { DayOff } from '../tasks/move/day-off-store.ts'

/** Where a schedule holds: a unit with those below it, or the whole bank. */
export interface Place {
  /** Null: the whole bank. */
  readonly unitId: string | null
  readonly path: string
  /** Null: the whole bank. */
  readonly name: string | null
}

export const WHOLE_BANK = '/'

/** A day off or worked, yet to be entered. */
export type NewDay = Omit<EnteredDay, 'below'>

/** What becomes of a schedule: days are entered, or what was entered of them holds no more. */
export type Change =
  | { readonly kind: 'enter'; readonly days: readonly NewDay[] }
  | { readonly kind: 'cancel'; readonly days: readonly Day[] }

/** A change of the calendar with all that follows from it. */
export interface Planned {
  readonly place: Place
  readonly change: Change
  /** Workdays that become days off, whose tasks move. */
  readonly daysOff: readonly DayOff[]
  readonly tasks: number
  readonly people: number
  /** How the place works after it. */
  readonly after: Workdays
  /** What of a file is not in the change. */
  readonly left: readonly Text[]
}

export const daysOf = (change: Change): readonly Day[] =>
  change.kind === 'enter' ? change.days.map((each) => each.day) : change.days

/** Days of a span that is typed: the longest holiday with a week before and after it. */
export const MOST_TYPED = 31
/** Days of a file: two years of holidays, and then some. */
export const MOST_IN_FILE = 400
/** Years after this one. */
const YEARS_AHEAD = 2

/** The years that may be entered: this one and the two to come. */
export const lastYear = (today: Day): number => yearOf(today) + YEARS_AHEAD

export function spanOf(from: Day, until: Day): Day[] {
  return Array.from({ length: Math.max(0, daysBetween(from, until) + 1) }, (_, index) =>
    addDays(from, index),
  )
}

/** Days that say something new: what a notice or the bank says already is left out. */
export const newsIn = (days: readonly NewDay[], workdays: Workdays): NewDay[] =>
  days.filter((each) => {
    const known = workdays.schedule(yearOf(each.day)).get(each.day)
    return !known || known.by === 'order' || known.works !== each.works
  })

/** What was entered, with a change at a place; the newest last. */
export function changed(
  entered: readonly EnteredDay[],
  change: Change,
  below: string,
): EnteredDay[] {
  const touched = new Set(daysOf(change))
  const rest = entered.filter((each) => each.below !== below || !touched.has(each.day))
  return change.kind === 'enter'
    ? [...rest, ...change.days.map((each) => ({ ...each, below }))]
    : rest
}

/** The workdays from today on that are none any more after a change, place by place. */
export function newlyOff(
  entered: readonly EnteredDay[],
  change: Change,
  below: string,
  today: Day,
): DayOff[] {
  const [before, after] = [bankWorkdays(entered), bankWorkdays(changed(entered, change, below))]
  const years = new Set(daysOf(change).map(yearOf))
  const paths = [...new Set([WHOLE_BANK, ...before.units, ...after.units])]
  return paths.flatMap((path) => {
    const [worked, works] = [before.of(path), after.of(path)]
    const except = paths.filter((other) => other !== path && other.startsWith(path))
    return [...years].flatMap((year) =>
      spanOf(day(`${year}-01-01`), day(`${year}-12-31`))
        .filter((date) => date >= today && worked.isWorkday(date) && !works.isWorkday(date))
        .map((date) => ({
          ...{ below: path, except, day: date, nextWorkday: works.next(date) },
          workdayBefore: lastWorkdayBefore(date, works, today),
        })),
    )
  })
}

function lastWorkdayBefore(date: Day, workdays: Workdays, today: Day): Day | null {
  let found = addDays(date, -1)
  while (found >= today && !workdays.isWorkday(found)) found = addDays(found, -1)
  return found >= today ? found : null
}

/** Days in a row with one name that are all off, or all worked. */
export interface Stretch {
  readonly from: Day
  readonly until: Day
  readonly works: boolean
  readonly name: string | null
}

/** Days as stretches, in order; a named day and the ones behind it without a name are one. */
export function stretchesOf(days: readonly NewDay[]): Stretch[] {
  const stretches: Stretch[] = []
  for (const each of days.toSorted((one, other) => (one.day < other.day ? -1 : 1))) {
    const last = stretches.at(-1)
    const goesOn =
      last &&
      last.works === each.works &&
      last.name === each.name &&
      addDays(last.until, 1) === each.day
    if (goesOn) stretches[stretches.length - 1] = { ...last, until: each.day }
    else stretches.push({ from: each.day, until: each.day, works: each.works, name: each.name })
  }
  return stretches
}
