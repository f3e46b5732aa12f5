import type { Day } from '../../core/time.ts'
import type { Workdays } from '../../core/workdays.ts'
import { takeDay } from './day.ts'

/** "12/1-12/5", "明天到周五", "12月1日"; null for what names no days. */
export function readSpan(
  said: string,
  today: Day,
  workdays: Workdays,
): { readonly from: Day; readonly until: Day } | null {
  const pair =
    said.match(/^(.+?)\s*(?:到|至|~|\bto\b|\buntil\b)\s*(.+)$/i) ??
    said.match(/^(\d{1,2}[/月.]\d{1,2}[日号]?)\s*-\s*(\S+)$/)
  const whole = (text: string, on: Day): Day | null => {
    const taken = takeDay(text.trim(), on, workdays)
    return taken && 'day' in taken && taken.rest === '' ? taken.day : null
  }
  if (!pair) {
    const day = whole(said, today)
    return day && { from: day, until: day }
  }
  const from = whole(pair[1] ?? '', today)
  if (!from) return null
  const near = whole(pair[2] ?? '', today)
  // 下周一到周三: the second is of the week of the first.
  const until = near && near >= from ? near : (whole(pair[2] ?? '', from) ?? near)
  return until && { from, until }
}
