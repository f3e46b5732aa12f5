import { NUMBER, readNumber } from '../../bot/grammar/number.ts'
import type { Reading } from '../../bot/grammar/reading.ts'
import { addMonths, type Day, isDay } from '../../core/calendar/time.ts'
import { MEASURES, type Measure, MONTH_NAMES, monthOf } from './rules.ts'

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

const NAME = MONTH_NAMES.map((name) => `${name}|${name.slice(0, 3)}`).join('|')

const MONTH = new RegExp(
  `^(?:${[
    '(?<last>上个?月份?|last month)',
    '(?<now>本月份?|这个?月|当月|this month)',
    '(?<next>下个?月份?|next month)',
    '(?<year>20\\d\\d)\\s*[-年./]\\s*(?<ofYear>\\d{1,2})(?!\\d)月?份?',
    `(?<number>${NUMBER})\\s?月份?`,
    `(?<name>${NAME}|sept)(?:\\s+(?<nameYear>20\\d\\d))?(?![a-z])`,
  ].join('|')})(?![\\d])`,
  'i',
)

/**
 * The month that a text begins with, as its first day, and the rest: 上月, 本月, 下月, 12月, 2026-12,
 * October; null for none. A month without its year is a near one, of which those to come are
 * preferred when a quota is set, those gone by when one looks.
 */
export function takeMonth(
  text: string,
  today: Day,
  why: 'set' | 'look',
): { readonly month: Day; readonly rest: string } | null {
  const found = text.match(MONTH)
  const month = found && monthMeant(found.groups ?? {}, today, why)
  return month && { month, rest: text.slice(found[0].length).trim() }
}

/** Of a month without its year, months ahead that are still nearer than those gone by. */
const AHEAD = { set: 6, look: 2 } as const

function monthMeant(
  said: Readonly<Record<string, string | undefined>>,
  today: Day,
  why: 'set' | 'look',
): Day | null {
  const current = monthOf(today)
  if (said['now']) return current
  if (said['last']) return addMonths(current, -1)
  if (said['next']) return addMonths(current, 1)
  const start = said['name']?.slice(0, 3).toLowerCase()
  const named = MONTH_NAMES.findIndex((name) => name.slice(0, 3).toLowerCase() === start) + 1
  const number = named || readNumber(said['ofYear'] ?? said['number'] ?? '')
  if (!number || number > 12) return null
  const year = said['year'] ?? said['nameYear']
  const first = `${year ?? today.slice(0, 4)}-${String(number).padStart(2, '0')}-01`
  if (!isDay(first)) return null
  if (year) return first
  const latest = addMonths(current, AHEAD[why])
  if (addMonths(first, 12) <= latest) return addMonths(first, 12)
  return why === 'look' && first > latest ? addMonths(first, -12) : first
}

/** The first day of a month said by itself; null for no month. */
export function readMonth(said: string, today: Day): Day | null {
  const taken = takeMonth(said, today, 'set')
  return taken?.rest === '' ? taken.month : null
}

/** Whose progress of which month is asked for; null: one's own and of those below. */
export interface LookWords {
  month: Day
  of: string | null
}

const FILLER = /^(?:的|完成|情况|进度|指标|怎么样|多少|如何|of|for|\s)*$/i

/** Reads "", "上月", "10月 一队", "M001", and "上月指标" as a whole line. */
export function readLook(said: string, today: Day): Reading<LookWords> {
  const text = said.trim()
  const taken = takeMonth(text, today, 'look')
  const month = taken?.month ?? monthOf(today)
  const rest = (taken?.rest ?? text).replace(/[。.!?]+$/, '')
  if (FILLER.test(rest)) return { kind: 'understood', input: { month, of: null } }
  const of = rest.replace(/^的/, '')
  return /^[^\s,;:]{1,20}$/.test(of) ? { kind: 'understood', input: { month, of } } : { kind: 'no' }
}

/** A line such as 上月指标, 10月的指标. */
export const LOOK_SHAPE = new RegExp(`${MONTH.source}的?(?:指标|进度)[。.!?]*$`, 'i')

/** Reads "12月 M001 走访 20 新客 8", "本月 一队 走访200"; without a month it is this one. */
export function readQuota(rest: string, today: Day): Reading<QuotaWords> {
  // The month may stand behind the name: M001 本月 走访 20.
  const first = takeMonth(rest, today, 'set')
  const [, name = '', behind = ''] = rest.match(/^(\S+)\s+(.+)$/) ?? []
  const second = first ? null : takeMonth(behind, today, 'set')
  const taken = first ?? (second && { month: second.month, rest: `${name} ${second.rest}` })
  const words = (taken?.rest ?? rest)
    .replace(/(\d)(?:次|户|个|笔)(?=\s|$|[,;])/g, '$1')
    .replace(/([\u4e00-\u9fff])(\d+)(?=\s|$|[,;])/g, '$1 $2')
    .split(/[\s,;]+/)
    .filter(Boolean)
  const of = words.shift()
  if (!of || words.length === 0 || words.length % 2 === 1) return { kind: 'no' }
  const targets: QuotaWords['targets'] = []
  for (let place = 0; place < words.length; place += 2) {
    const measure = readMeasure(words[place] ?? '')
    const target = words[place + 1] ?? ''
    if (!measure || !/^\d{1,6}$/.test(target)) return { kind: 'no' }
    targets.push({ measure, target: Number(target) })
  }
  return { kind: 'understood', input: { month: taken?.month ?? monthOf(today), of, targets } }
}
