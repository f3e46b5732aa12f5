import { addDays, type Day } from '../../../core/calendar/time.ts'
import type { Workdays } from '../../../core/calendar/workdays.ts'

/**
 * The latest day before which a task must have been due to be so many workdays overdue: those from
 * the day after its due day up to today count.
 */
export function overdueBefore(count: number, today: Day, workdays: Workdays): Day {
  let date = today
  for (let found = 0; ; date = addDays(date, -1)) {
    if (workdays.isWorkday(date)) found++
    if (found === count) return date
  }
}

/** How many workdays a task is overdue. */
export function workdaysOverdue(dueOn: Day, today: Day, workdays: Workdays): number {
  let count = 0
  for (let date = addDays(dueOn, 1); date <= today; date = addDays(date, 1)) {
    if (workdays.isWorkday(date)) count++
  }
  return count
}
