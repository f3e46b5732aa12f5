import { addDays, type Day, weekday } from '../../core/calendar/time.ts'
import type { Workdays } from '../../core/calendar/workdays.ts'

/** What one manager, or one team, did in some days, and what is left. */
export interface Line {
  readonly name: string
  /** The staff code of somebody who left with tasks that still wait; null for all others. */
  readonly leaver: string | null
  readonly done: number
  /** Due and not closed. */
  readonly open: number
  readonly overdue: number
  readonly interested: number
  readonly applied: number
  readonly granted: number
  readonly visits: number
}

export type Figure = Exclude<keyof Line, 'name' | 'leaver'>

export const total = (lines: readonly Line[], of: Figure): number =>
  lines.reduce((sum, line) => sum + line[of], 0)

/** Nothing was done and nothing is left: nobody needs to read that. */
export const isEmpty = (lines: readonly Line[]): boolean =>
  total(lines, 'done') + total(lines, 'open') + total(lines, 'visits') === 0

/** The last workday of a week from Monday to Sunday: Friday, or a make-up day, or one before a holiday. */
export const isLastOfWeek = (today: Day, workdays: Workdays): boolean =>
  workdays.isWorkday(today) && workdays.next(today) > addDays(today, 7 - weekday(today))

export const mondayOf = (today: Day): Day => addDays(today, 1 - weekday(today))
