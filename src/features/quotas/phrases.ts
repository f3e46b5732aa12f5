import type { Reading } from '../../bot/words/reading.ts'
import { addMonths, type Day, isDay } from '../../core/time.ts'
import { MEASURES, type Measure, monthOf } from './rules.ts'

export interface QuotaWords {
  month: Day
  of: string
  targets: { measure: Measure; target: number }[]
}

const WORDS: readonly (readonly [RegExp, Measure])[] = [
  [/^(?:走访|拜访|visits?)$/i, 'visits'],
  [/^(?:新客户?|新增客户|拓客|开发|new(?:-clients)?)$/i, 'new-clients'],
  [/^(?:联系|触达|维护|回访|touches)$/i, 'touches'],
  [/^(?:需求|needs?)$/i, 'needs'],
  [/^(?:申请|进件|applied)$/i, 'applied'],
  [/^(?:放款|granted)$/i, 'granted'],
]

/** The measure of a word; null for none. */
export const readMeasure = (word: string): Measure | null =>
  WORDS.find(([pattern]) => pattern.test(word))?.[1] ??
  MEASURES.find((each) => each === word) ??
  null

/** The first day of "12月", "本月", "下月", "2026-12"; null for no month. */
export function readMonth(said: string, today: Day): Day | null {
  if (/^(?:本月|这个?月|当月|this month)$/i.test(said)) return monthOf(today)
  if (/^(?:下个?月|next month)$/i.test(said)) return addMonths(monthOf(today), 1)
  const full = said.match(/^(20\d\d)\s*[-年./]\s*(\d{1,2})月?$/)
  const short = said.match(/^(\d{1,2})月份?$/)
  const number = Number(full?.[2] ?? short?.[1] ?? 0)
  if (number < 1 || number > 12) return null
  const year = Number(full?.[1] ?? today.slice(0, 4))
  const first = `${year}-${String(number).padStart(2, '0')}-01`
  if (!isDay(first)) return null
  // In December "1月" is the next one.
  return !full && addMonths(first, 6) <= monthOf(today) ? addMonths(first, 12) : first
}

/** Reads "12月 M001 走访 20 新客 8", "本月 一队 走访200"; without a month it is this one. */
export function readQuota(rest: string, today: Day): Reading<QuotaWords> {
  const words = rest
    .replace(/(\d)(?:次|户|个|笔)(?=\s|$|[,;])/g, '$1')
    .replace(/([\u4e00-\u9fff])(\d+)(?=\s|$|[,;])/g, '$1 $2')
    .split(/[\s,;]+/)
    .filter(Boolean)
  const month = readMonth(words[0] ?? '', today)
  if (month) words.shift()
  const of = words.shift()
  if (!of || words.length === 0 || words.length % 2 === 1) return { kind: 'no' }
  const targets: QuotaWords['targets'] = []
  for (let place = 0; place < words.length; place += 2) {
    const measure = readMeasure(words[place] ?? '')
    const target = words[place + 1] ?? ''
    if (!measure || !/^\d{1,6}$/.test(target)) return { kind: 'no' }
    targets.push({ measure, target: Number(target) })
  }
  return { kind: 'understood', input: { month: month ?? monthOf(today), of, targets } }
}
