import { NUMBER, readNumber } from '../../bot/grammar/number.ts'
import type { Reading } from '../../bot/grammar/reading.ts'
import { addMonths, type Day } from '../../core/calendar/time.ts'
import { daysIn, MONTH_NAMES, namedSpan, type Span } from './span.ts'

const NAME = MONTH_NAMES.map((name) => `${name}|${name.slice(0, 3)}`).join('|')
const YEAR_OF = '20\\d\\d'

/** What a text begins with: of what sounds alike the longer goes first (2026年4季度, 2026年4月, 2026年). */
const SPAN_SAID = `(?:${[
  '(?<lastQuarter>上个?季度?|last quarter)',
  '(?<nowQuarter>本季度?|这个?季度|当季|this quarter)',
  '(?<nextQuarter>下个?季度?|next quarter)',
  `(?:(?<quarterYear>${YEAR_OF})\\s*[-年]?\\s*)?(?:第?(?<quarter>[一二三四1-4])季度|q(?<q>[1-4]))(?:\\s+(?<yearBehind>${YEAR_OF}))?(?!\\w)`,
  '(?<lastMonth>上个?月份?|last month)',
  '(?<nowMonth>本月份?|这个?月|当月|this month)',
  '(?<nextMonth>下个?月份?|next month)',
  `(?<year>${YEAR_OF})\\s*[-年./]\\s*(?<ofYear>\\d{1,2})(?!\\d)月?份?`,
  `(?:(?<yearWord>今年|明年|去年)\\s?)?(?<number>${NUMBER})\\s?月份?`,
  `(?<name>${NAME}|sept)(?:\\s+(?<nameYear>${YEAR_OF}))?(?![a-z])`,
  '(?<lastYear>去年(?!\\s?[\\d一二三四五六七八九十]+月)|上年|last year)',
  '(?<nowYear>今年(?!\\s?[\\d一二三四五六七八九十]+月)|本年度?|全年|this year)',
  '(?<nextYear>明年(?!\\s?[\\d一二三四五六七八九十]+月)|下年|next year)',
  `(?<wholeYear>${YEAR_OF})年?度?(?![-.\\w])`,
].join('|')})(?!\\d)`
/** It may stand anywhere, set off or between Chinese words: 一队12月放款500万. */
const SPAN_WITHIN = new RegExp(`(?<=^|[\\s,:;]|[\\u4e00-\\u9fff])${SPAN_SAID}`, 'gi')

/** A month, a quarter or a year, and where it is said. */
export interface SaidSpan {
  readonly span: Span
  readonly start: number
  readonly end: number
}

/**
 * The month, quarter or year that a text names: 上月, 12月, 2026-12, October, 四季度, Q4, 2027年; null for none, and
 * for two. One without its year is a near one, of which those to come are preferred when a quota is set, those gone
 * by when one looks.
 */
export function findSpan(text: string, today: Day, why: 'set' | 'look'): SaidSpan | null {
  const found = [...text.matchAll(SPAN_WITHIN)].flatMap((match): SaidSpan[] => {
    const span = spanMeant(match.groups ?? {}, today, why)
    return span ? [{ span, start: match.index, end: match.index + match[0].length }] : []
  })
  const [only, other] = found
  return only && !other ? only : null
}

/** The same with what is left of the text. */
export function takeSpan(
  text: string,
  today: Day,
  why: 'set' | 'look',
): { readonly span: Span; readonly rest: string } | null {
  const found = findSpan(text, today, why)
  if (!found) return null
  const beside = [text.slice(0, found.start), text.slice(found.end)]
  return { span: found.span, rest: beside.join(' ').replace(/\s+/g, ' ').trim() }
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
  const worded = said['yearWord'] && namedSpan(YEARS[said['yearWord']] ?? 'this', 'year', today)
  const year = said['year'] ?? said['nameYear'] ?? worded
  return nearest(
    (each) => `${each}-${String(number).padStart(2, '0')}`,
    year,
    today,
    AHEAD[why].month,
  )
}

const YEARS: Readonly<Record<string, 'last' | 'this' | 'next'>> = {
  ...{ 去年: 'last', 今年: 'this', 明年: 'next' },
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

const FILLER = /^(?:的|完成|情况|进度|指标|怎么样|还?差|多少|几个|如何|of|for|\s)*$/i

/** 我这个月还差几个走访, 离目标还差多少: how far one still has to go. */
const STILL_TO_GO = new RegExp(
  [
    `^我?们?(?:离(?:目标|指标|任务)|${SPAN_SAID})?的?(?:我们?|指标|目标|任务|走访|放款)?还?[差缺](?:多少|几)[个户笔次家万]?`,
    '(?:走访|拜访|任务|指标|放款|新?客户|才?能?(?:完成|达标)(?:任务|指标)?)?[吗呢啊\\s。.!?]*$',
  ].join(''),
  'i',
)

/** Reads "", "上月", "10月 一队", "Q3", "M001", and "上月指标" as a whole line. */
export function readLook(said: string, today: Day): Reading<LookWords> {
  const text = said.trim()
  const taken = takeSpan(text, today, 'look')
  const span = taken?.span ?? null
  if (STILL_TO_GO.test(text)) return { kind: 'understood', input: { span, of: null } }
  const rest = (taken?.rest ?? text).replace(/[。.!?]+$/, '')
  if (FILLER.test(rest)) return { kind: 'understood', input: { span, of: null } }
  const of = rest.replace(/^的/, '')
  return /^[^\s,;:]{1,20}$/.test(of) ? { kind: 'understood', input: { span, of } } : { kind: 'no' }
}

/** A line such as 上月指标, 10月的指标, 本季度指标, 这个月还差多少; a name of a group may stand in it once. */
export const LOOK_SHAPE = new RegExp(
  `^${SPAN_SAID}的?(?:指标|进度)[。.!?]*$|${STILL_TO_GO.source.replace(/\(\?<\w+>/g, '(?:')}`,
  'i',
)
