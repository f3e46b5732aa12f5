import type { Moment } from '../../../bot/moment.ts'
import { addDays, type Day, day } from '../../../core/calendar/time.ts'
import type { Workdays } from '../../../core/calendar/workdays.ts'
import { quoted } from '../../../infra/database/quoted.ts'

export const dateOf = (value: Day): string => `date ${quoted(day(value))}`

/** `case` over the tier of a client. */
export function byTier(values: Readonly<Record<string, number | null>>, otherwise: number | null) {
  const whens = Object.entries(values).map(([tier, value]) => `when ${quoted(tier)} then ${value}`)
  return whens.length > 0
    ? `(case tier ${whens.join(' ')} else ${otherwise} end)`
    : `(${otherwise}::int)`
}

/** What hangs on the calendar: of a unit with days of its own by these, of all others by the bank's. */
export function byCalendar(
  { workdays }: Pick<Moment, 'workdays'>,
  unitPath: string,
  valueBy: (workdays: Workdays) => string,
): string {
  const whens = workdays.units.map(
    (path) => `when starts_with(${unitPath}, ${quoted(path)}) then ${valueBy(workdays.of(path))}`,
  )
  const otherwise = valueBy(workdays.of('/'))
  return whens.length > 0 ? `(case ${whens.join(' ')} else ${otherwise} end)` : otherwise
}

/** The path of the unit of a task's manager. */
export const TASK_UNIT = `(select unit.path from staff join unit on unit.id = staff.unit_id
  where staff.id = task.manager_id)`

/**
 * The workday on or after each of the next days, as an array whose first element is of today:
 * what SQL needs of the calendar of a unit.
 */
export const workdaysAhead = (at: Moment, days: number, unitPath: string): string =>
  byCalendar(at, unitPath, (workdays) => {
    const each = Array.from({ length: days + 1 }, (_, index) =>
      workdays.onOrAfter(addDays(at.today, index)),
    )
    return `${quoted(`{${each.join(',')}}`)}::date[]`
  })
