import { addMonths, type Day, day } from '../../../core/calendar/time.ts'
import type { Grouping } from './rules.ts'

/** A month as `2026-11`, or all of them. */
export type Period = string

const GROUPING_WORDS: readonly (readonly [RegExp, Grouping])[] = [
  [/按?(机构|支行|分行|团队)|by (unit|branch|team)/i, 'unit'],
  [/按?(活动|产品)|by (campaign|product)/i, 'campaign'],
  [/按月|各月|每月|by month/i, 'month'],
  [/按?(人|员工)|排行榜?|排名|by person|ranking/i, 'person'],
]

/** The month that words name, as seen on a day; null when they name none. */
export function readPeriod(text: string, today: Day): Period | null {
  if (/全部|所有|累计|总共|至今|so far|all/i.test(text)) return 'all'
  if (/上个?月|last month/i.test(text)) return addMonths(today, -1).slice(0, 7)
  if (/这个?月|本月|当月|this month/i.test(text)) return today.slice(0, 7)
  const [, year, month] = text.match(/(?:(\d{4})\s*[年/-]\s*)?(\d{1,2})\s*月?(?=\s|$|份)/) ?? []
  const number = Number(month)
  if (!month || number < 1 || number > 12) return null
  const padded = String(number).padStart(2, '0')
  if (year) return `${year}-${padded}`
  const thisYear = `${today.slice(0, 4)}-${padded}`
  return thisYear <= today ? thisYear : `${Number(today.slice(0, 4)) - 1}-${padded}`
}

/** What figures are asked for: by what, and of which month. */
export function readFigures(rest: string, today: Day): { grouping?: Grouping; period?: Period } {
  const grouping = GROUPING_WORDS.find(([words]) => words.test(rest))
  const period = readPeriod(grouping ? rest.replace(grouping[0], ' ') : rest, today)
  return { ...(grouping && { grouping: grouping[1] }), ...(period && { period }) }
}

/** The days of a period: from the first to before the second; null where it has no bound. */
export function daysOf(period: Period): { readonly from: Day | null; readonly until: Day | null } {
  if (period === 'all') return { from: null, until: null }
  const from = day(`${period}-01`)
  return { from, until: addMonths(from, 1) }
}
