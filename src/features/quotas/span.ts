import { daysOf } from '../../core/calendar/period.ts'
import { addDays, addMonths, type Day, monthEnd } from '../../core/calendar/time.ts'
import type { Workdays } from '../../core/calendar/workdays.ts'
import type { Language } from '../../core/text.ts'

/** What a quota is set for: a month `2026-12`, a quarter `2026-Q4` or a year `2026`. */
export type Span = string

export const SPAN = /^20\d\d(?:-(?:0[1-9]|1[0-2])|-Q[1-4])?$/

/** From the first day to the last. */
export function daysIn(span: Span): { readonly from: Day; readonly until: Day } {
  const [year = '', part = ''] = span.split('-')
  const months = part === '' ? 12 : part.startsWith('Q') ? 3 : 1
  const first =
    part === '' ? 1 : part.startsWith('Q') ? Number(part.slice(1)) * 3 - 2 : Number(part)
  const from = `${year}-${String(first).padStart(2, '0')}-01` as Day
  return { from, until: monthEnd(addMonths(from, months - 1)) }
}

export const monthOf = (day: Day): Span => day.slice(0, 7)
export const quarterOf = (day: Day): Span =>
  `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`
export const yearOf = (day: Day): Span => day.slice(0, 4)

/** The month, the quarter and the year that a day is in. */
export const spansOf = (day: Day): readonly Span[] => [monthOf(day), quarterOf(day), yearOf(day)]

export const hasGoneBy = (span: Span, today: Day): boolean => daysIn(span).until < today

/** How many workdays it has, and how many of them are over before today; null: it is not under way. */
export interface Pace {
  readonly over: number
  readonly all: number
}

export function paceOf(span: Span, today: Day, workdays: Workdays): Pace | null {
  const { from, until } = daysIn(span)
  if (today < from || until < today) return null
  const pace = { over: 0, all: 0 }
  for (let day = from; day <= until; day = addDays(day, 1)) {
    if (!workdays.isWorkday(day)) continue
    pace.all++
    if (day < today) pace.over++
  }
  return pace.all > 0 ? pace : null
}

/** In English, in order. */
export const MONTH_NAMES: readonly string[] =
  'January February March April May June July August September October November December'.split(' ')

/** "2026年10月", "2026年四季度", "2026年"; "October 2026", "Q4 2026", "2026". */
export function spanLabel(span: Span, language: Language): string {
  const [year = '', part = ''] = span.split('-')
  const quarter = part.startsWith('Q') ? Number(part.slice(1)) : 0
  if (language === 'en') {
    return [quarter ? part : MONTH_NAMES[Number(part) - 1], year].filter(Boolean).join(' ')
  }
  if (quarter) return `${year}年${'一二三四'[quarter - 1]}季度`
  return part ? `${year}年${Number(part)}月` : `${year}年`
}

/** What a span is called while it is under way: 本月, 本季度, 今年; others by their own name. */
export function spanName(span: Span, today: Day, language: Language): string {
  const place = spansOf(today).indexOf(span)
  const zh = ['本月', '本季度', '今年'][place]
  const en = ['this month', 'this quarter', 'this year'][place]
  return (language === 'zh' ? zh : en) ?? spanLabel(span, language)
}

/** The month, quarter or year of such a named period as 上季度. */
export const namedSpan = (
  which: 'last' | 'this' | 'next',
  of: 'month' | 'quarter' | 'year',
  today: Day,
): Span => {
  if (of === 'year')
    return String(Number(today.slice(0, 4)) + { last: -1, this: 0, next: 1 }[which])
  const from = daysOf(`${which}-${of}`, today).from ?? today
  return of === 'month' ? monthOf(from) : quarterOf(from)
}
