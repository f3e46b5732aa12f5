import type { Day } from '../../../core/calendar/time.ts'

export const yearOf = (today: Day): number => Number(today.slice(0, 4))

/** Workdays after which a request that nobody answered is repeated, again and again. */
export const REMIND_AFTER_WORKDAYS = 5

/** Whether `MM-DD` is a day that every year has. */
export function isMonthDay(written: string): boolean {
  const [month = 0, date = 0] = written.split('-').map(Number)
  const length = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
  return date >= 1 && date <= length
}
