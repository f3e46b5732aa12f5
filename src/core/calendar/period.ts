import type { Language } from '../text.ts'
import { addDays, addMonths, type Day, monthEnd, sayDay, weekday } from './time.ts'

/** Days that are called by a name, which means others from day to day. `gone-by`: all before today. */
export const NAMED_PERIODS = [
  ...(['gone-by', 'yesterday', 'today', 'tomorrow'] as const),
  ...(['last-week', 'this-week', 'next-week'] as const),
  ...(['last-month', 'this-month', 'next-month'] as const),
  ...(['last-quarter', 'this-quarter', 'next-quarter', 'last-year', 'this-year'] as const),
] as const
export type NamedPeriod = (typeof NAMED_PERIODS)[number]

/**
 * Days as people say them. `ahead` and `back`: so many days from today on, and before it; today is the first
 * of them, or the last.
 */
export type Period =
  | NamedPeriod
  | { readonly ahead: number }
  | { readonly back: number }
  | { readonly from: Day; readonly until: Day }

/** From the first day to the last; null: without end on that side. */
export interface Days {
  readonly from: Day | null
  readonly until: Day | null
}

/** Which days a period means today; weeks begin on Monday. */
export function daysOf(period: Period, today: Day): Days {
  if (typeof period === 'object') {
    if ('ahead' in period) return { from: today, until: addDays(today, period.ahead) }
    return 'back' in period ? { from: addDays(today, 1 - period.back), until: today } : period
  }
  const monday = addDays(today, 1 - weekday(today))
  const first = firstOf(today)
  const quarter = addMonths(first, -((Number(today.slice(5, 7)) - 1) % 3))
  const year = `${today.slice(0, 4)}-01-01` as Day
  const week = (from: Day) => ({ from, until: addDays(from, 6) })
  const months = (from: Day, count: number) => ({
    from,
    until: monthEnd(addMonths(from, count - 1)),
  })
  switch (period) {
    case 'gone-by':
      return { from: null, until: addDays(today, -1) }
    case 'yesterday':
      return { from: addDays(today, -1), until: addDays(today, -1) }
    case 'today':
      return { from: today, until: today }
    case 'tomorrow':
      return { from: addDays(today, 1), until: addDays(today, 1) }
    case 'last-week':
      return week(addDays(monday, -7))
    case 'this-week':
      return week(monday)
    case 'next-week':
      return week(addDays(monday, 7))
    case 'last-month':
      return months(addMonths(first, -1), 1)
    case 'this-month':
      return months(first, 1)
    case 'next-month':
      return months(addMonths(first, 1), 1)
    case 'last-quarter':
      return months(addMonths(quarter, -3), 3)
    case 'this-quarter':
      return months(quarter, 3)
    case 'next-quarter':
      return months(addMonths(quarter, 3), 3)
    case 'last-year':
      return months(addMonths(year, -12), 12)
    case 'this-year':
      return months(year, 12)
  }
}

const firstOf = (date: Day): Day => `${date.slice(0, 8)}01` as Day

export const isWithin = (date: Day, { from, until }: Days): boolean =>
  (from === null || date >= from) && (until === null || date <= until)

const NAMES: Readonly<Record<NamedPeriod, readonly [string, string]>> = {
  'gone-by': ['今天以前', 'before today'],
  yesterday: ['昨天', 'yesterday'],
  today: ['今天', 'today'],
  tomorrow: ['明天', 'tomorrow'],
  'last-week': ['上周', 'last week'],
  'this-week': ['本周', 'this week'],
  'next-week': ['下周', 'next week'],
  'last-month': ['上月', 'last month'],
  'this-month': ['本月', 'this month'],
  'next-month': ['下月', 'next month'],
  'last-quarter': ['上季度', 'last quarter'],
  'this-quarter': ['本季度', 'this quarter'],
  'next-quarter': ['下季度', 'next quarter'],
  'last-year': ['去年', 'last year'],
  'this-year': ['今年', 'this year'],
}

/** A period as people say it: 本周, 30 天内, 最近 7 天, 12月1日–12月5日. */
export function sayPeriod(period: Period, today: Day, language: Language): string {
  const zh = language === 'zh'
  if (typeof period === 'string') return NAMES[period][zh ? 0 : 1]
  if ('ahead' in period) return zh ? `${period.ahead} 天内` : `within ${period.ahead} days`
  if ('back' in period) return zh ? `最近 ${period.back} 天` : `in the last ${period.back} days`
  const [from, until] = [period.from, period.until].map((each) => sayDay(each, today, language))
  return from === until ? `${from}` : zh ? `${from}到${until}` : `${from} to ${until}`
}
