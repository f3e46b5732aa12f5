import { addDays, type Day } from '../../../core/time.ts'
import type { Workdays } from '../../../core/workdays.ts'
import type { Playbook } from '../playbook.ts'

/** How far a task that nobody works on is carried: the person again, their lead, somebody else. */
export type Step = 0 | 1 | 2 | 3

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

/** The step that a task is at by the playbook's numbers. */
export function stepOf({ escalation }: Playbook, overdue: number): Step {
  const { again, lead, reassign } = escalation
  return overdue >= reassign ? 3 : overdue >= lead ? 2 : overdue >= again ? 1 : 0
}
