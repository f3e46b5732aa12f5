import { readAmount } from '../../bot/grammar/amount.ts'
import { NUMBER, readNumber } from '../../bot/grammar/number.ts'
import type { Reading } from '../../bot/grammar/reading.ts'
import { addMonths, type Day } from '../../core/calendar/time.ts'
import { isAmount, MEASURES, type Measure, type Target } from './rules.ts'
import { daysIn, MONTH_NAMES, monthOf, namedSpan, type Span } from './span.ts'

export interface QuotaWords {
  span: Span
  of: string
  targets: Target[]
}

const WORDS: readonly (readonly [RegExp, Measure])[] = [
  [/^(?:走访|拜访|visits?)$/i, 'visits'],
  [/^(?:新客户?|新增客户|拓客|开发|new(?:-clients)?)$/i, 'new-clients'],
  [/^(?:联系|触达|维护|回访|touches)$/i, 'touches'],
  [/^(?:需求|needs?)$/i, 'needs'],
  [/^(?:申请|进件|applied)$/i, 'applied'],
  [/^(?:放款|granted)$/i, 'granted'],
  [/^(?:产品覆盖|覆盖|重点产品|covered)$/i, 'covered'],
  [/^(?:申请额|申请金额|进件额|applied-amount)$/i, 'applied-amount'],
  [/^(?:放款额|放款金额|投放额?|granted-amount)$/i, 'granted-amount'],
]

/** The measure of a word; null for none. */
export const readMeasure = (word: string): Measure | null =>
  WORDS.find(([pattern]) => pattern.test(word))?.[1] ??
  MEASURES.find((each) => each === word) ??
  null

const NAME = MONTH_NAMES.map((name) => `${name}|${name.slice(0, 3)}`).join('|')
const YEAR_OF = '20\\d\\d'

/** What a text begins with: of what sounds alike the longer goes first (2026年4季度, 2026年4月, 2026年). */
const SPAN_SAID = new RegExp(
  `^(?:${[
    '(?<lastQuarter>上个?季度?|last quarter)',
    '(?<nowQuarter>本季度?|这个?季度|当季|this quarter)',
    '(?<nextQuarter>下个?季度?|next quarter)',
    `(?:(?<quarterYear>${YEAR_OF})\\s*[-年]?\\s*)?(?:第?(?<quarter>[一二三四1-4])季度|q(?<q>[1-4]))(?:\\s+(?<yearBehind>${YEAR_OF}))?(?!\\w)`,
    '(?<lastMonth>上个?月份?|last month)',
    '(?<nowMonth>本月份?|这个?月|当月|this month)',
    '(?<nextMonth>下个?月份?|next month)',
    `(?<year>${YEAR_OF})\\s*[-年./]\\s*(?<ofYear>\\d{1,2})(?!\\d)月?份?`,
    `(?<number>${NUMBER})\\s?月份?`,
    `(?<name>${NAME}|sept)(?:\\s+(?<nameYear>${YEAR_OF}))?(?![a-z])`,
    '(?<lastYear>去年|上年|last year)',
    '(?<nowYear>今年|本年度?|全年|this year)',
    '(?<nextYear>明年|下年|next year)',
    `(?<wholeYear>${YEAR_OF})年?度?(?![-.\\w])`,
  ].join('|')})(?![\\d])`,
  'i',
)

/**
 * The month, quarter or year that a text begins with, and the rest: 上月, 12月, 2026-12, October, 四季度,
 * Q4, 2027年; null for none. One without its year is a near one, of which those to come are preferred when a
 * quota is set, those gone by when one looks.
 */
export function takeSpan(
  text: string,
  today: Day,
  why: 'set' | 'look',
): { readonly span: Span; readonly rest: string } | null {
  const found = text.match(SPAN_SAID)
  const span = found && spanMeant(found.groups ?? {}, today, why)
  return found && span ? { span, rest: text.slice(found[0].length).trim() } : null
}

/** Of one without its year, months ahead whose beginning is still nearer than what has gone by. */
const AHEAD = { set: { month: 6, quarter: 6 }, look: { month: 2, quarter: 0 } } as const

function spanMeant(
  said: Readonly<Record<string, string | undefined>>,
  today: Day,
  why: 'set' | 'look',
): Span | null {
  for (const length of ['month', 'quarter', 'year'] as const) {
    const group = { month: 'Month', quarter: 'Quarter', year: 'Year' }[length]
    if (said[`now${group}`]) return namedSpan('this', length, today)
    if (said[`last${group}`]) return namedSpan('last', length, today)
    if (said[`next${group}`]) return namedSpan('next', length, today)
  }
  if (said['wholeYear']) return said['wholeYear']
  const quarter = said['quarter'] ?? said['q']
  if (quarter) {
    const number = '一二三四'.indexOf(quarter) + 1 || Number(quarter)
    const year = said['quarterYear'] ?? said['yearBehind']
    return nearest((each) => `${each}-Q${number}`, year, today, AHEAD[why].quarter)
  }
  const start = said['name']?.slice(0, 3).toLowerCase()
  const named = MONTH_NAMES.findIndex((name) => name.slice(0, 3).toLowerCase() === start) + 1
  const number = named || readNumber(said['ofYear'] ?? said['number'] ?? '')
  if (!number || number > 12 || !Number.isInteger(number)) return null
  const year = said['year'] ?? said['nameYear']
  return nearest(
    (each) => `${each}-${String(number).padStart(2, '0')}`,
    year,
    today,
    AHEAD[why].month,
  )
}

function nearest(
  spanOf: (year: number) => Span,
  year: string | undefined,
  today: Day,
  ahead: number,
): Span {
  if (year) return spanOf(Number(year))
  const current = Number(today.slice(0, 4))
  const latest = addMonths(today, ahead)
  const startOf = (of: number) => daysIn(spanOf(of)).from
  if (startOf(current + 1) <= latest) return spanOf(current + 1)
  return spanOf(ahead < 6 && startOf(current) > latest ? current - 1 : current)
}

/** The month, quarter or year said by itself; null for none. */
export function readSpan(said: string, today: Day): Span | null {
  const taken = takeSpan(said, today, 'set')
  return taken?.rest === '' ? taken.span : null
}

/** Whose progress is asked for, null: one's own and of those below; in what, null: all that is under way. */
export interface LookWords {
  span: Span | null
  of: string | null
}

const FILLER = /^(?:的|完成|情况|进度|指标|怎么样|多少|如何|of|for|\s)*$/i

/** Reads "", "上月", "10月 一队", "Q3", "M001", and "上月指标" as a whole line. */
export function readLook(said: string, today: Day): Reading<LookWords> {
  const text = said.trim()
  const taken = takeSpan(text, today, 'look')
  const span = taken?.span ?? null
  const rest = (taken?.rest ?? text).replace(/[。.!?]+$/, '')
  if (FILLER.test(rest)) return { kind: 'understood', input: { span, of: null } }
  const of = rest.replace(/^的/, '')
  return /^[^\s,;:]{1,20}$/.test(of) ? { kind: 'understood', input: { span, of } } : { kind: 'no' }
}

/** A line such as 上月指标, 10月的指标, 本季度指标. */
export const LOOK_SHAPE = new RegExp(`${SPAN_SAID.source}的?(?:指标|进度)[。.!?]*$`, 'i')

const STRETCH = /^(?:挑战|力争|stretch)$/i
/** A number that is stuck to the word before it: 走访20, 放款额300万. */
const STUCK = /([\u4e00-\u9fff])(\d[\d.]*(?:[千百]?万|亿|w|k)?)(?=\s|$|[,;])/gi

/** "12月 M001 走访 20 …": the span (else this month), what the name is of, and the words behind it. */
export function takeHolder(
  said: string,
  today: Day,
): { readonly span: Span; readonly of: string; readonly words: readonly string[] } | null {
  // The span may stand behind the name: M001 本月 走访 20.
  const first = takeSpan(said, today, 'set')
  const [, name = '', behind = ''] = said.match(/^(\S+)\s+(.+)$/) ?? []
  const second = first ? null : takeSpan(behind, today, 'set')
  const taken = first ?? (second && { span: second.span, rest: `${name} ${second.rest}` })
  const [of, ...words] = (taken?.rest ?? said)
    .replace(/(\d)(?:次|户|个|笔)(?=\s|$|[,;])/g, '$1')
    .replace(STUCK, '$1 $2')
    .replace(/\b(granted|applied) amount\b/gi, '$1-amount')
    .split(/[\s,;]+/)
    .filter(Boolean)
  return of ? { span: taken?.span ?? monthOf(today), of, words } : null
}

/** Reads "12月 M001 走访 20 新客 8", "Q4 一队 放款额 300万 挑战 400万"; without a span it is this month. */
export function readQuota(rest: string, today: Day): Reading<QuotaWords> {
  const taken = takeHolder(rest, today)
  if (!taken || taken.words.length === 0 || taken.words.length % 2 === 1) return { kind: 'no' }
  const { span, of, words } = taken
  const targets: Target[] = []
  for (let place = 0; place < words.length; place += 2) {
    const [word = '', number = ''] = words.slice(place, place + 2)
    const last = targets.at(-1)
    const stretches = STRETCH.test(word)
    const measure = stretches ? last?.measure : readMeasure(word)
    const value = measure && readReached(measure, number)
    if (!measure || value === null || value === undefined) return { kind: 'no' }
    if (!stretches) targets.push({ measure, target: value, stretch: null })
    else if (last) targets[targets.length - 1] = { ...last, stretch: value }
  }
  return { kind: 'understood', input: { span, of, targets } }
}

/** A number of a measure: a count, or whole yuan; null: it is none. A bare number below 1000 may be of 万. */
export function readReached(measure: Measure, said: string): number | null {
  if (isAmount(measure)) return said === '0' ? 0 : readAmount(said)
  return /^\d{1,6}$/.test(said) ? Number(said) : null
}
