import type { Phrases } from '../../bot/command.ts'
import { readAmount } from '../../bot/grammar/amount.ts'
import { readCount } from '../../bot/grammar/scan/kinds/numerals.ts'
import type { Piece } from '../../bot/grammar/scan/piece.ts'
import { phrase } from '../../bot/grammar/slots/phrase.ts'
import {
  nothing,
  type Part,
  type Slot,
  type SlotDoubt,
  type Taken,
} from '../../bot/grammar/slots/slot.ts'
import type { Day } from '../../core/calendar/time.ts'
import type { Text } from '../../core/text.ts'
import { findSpan, readSpan } from './phrases.ts'
import { isAmount, MEASURE_LABELS, type Measure } from './rules.ts'
import { monthOf } from './span.ts'

/** What a measure is called; of what begins alike the longer goes first. */
const WORDS: readonly (readonly [words: string, Measure])[] = [
  ['申请额|申请金额|进件额|applied[ -]amount', 'applied-amount'],
  ['放款额|放款金额|投放额?|granted[ -]amount', 'granted-amount'],
  ['走访|拜访|visits?', 'visits'],
  ['散客(?:新客户?|新增|拓客)?|new walk-?ins?', 'new-walk-in'],
  ['名单(?:新客户?|新增|拓客)|new from lists?', 'new-list'],
  ['集群(?:新客户?|新增|拓客)|new from clusters?', 'new-cluster'],
  ['行业(?:新客户?|新增|拓客)|new by industry', 'new-industry'],
  ['转介(?:新客户?|新增|拓客|绍)?|new by referrals?', 'new-referral'],
  ['新增客户|新客户?|拓客|开发|new(?:[ -]clients)?', 'new-clients'],
  ['联系|触达|维护|回访|touches', 'touches'],
  ['需求|needs?', 'needs'],
  ['申请|进件|applied', 'applied'],
  ['放款|granted', 'granted'],
  ['产品覆盖|覆盖|重点产品|covered', 'covered'],
]
const MEASURE = new RegExp(
  `${WORDS.map(([words], place) => `(?<m${place}>(?<![a-z])(?:${words})(?![a-z]))`).join('|')}|(?<stretch>挑战|力争|\\bstretch\\b)`,
  'gi',
)
/** What people say for one in so many words is another where it is of money: 放款500万. */
const OF_MONEY: Readonly<Partial<Record<Measure, Measure>>> = {
  ...{ granted: 'granted-amount', applied: 'applied-amount' },
}

const UNIT = '(?:次|户|个|笔|家|单|元|times)'
/** The number behind a measure, in digits or numerals, with what makes it unclear. */
export const VALUE = `(?:\\d[\\d.,]*|[零〇一二两三四五六七八九十百千万亿]+)(?:\\s?[万千百亿]+|[wk](?![a-z]))?(?:[多几来余+]|左右|\\s?[-~]+\\s?\\d[\\d.]*[万千百亿wk]?)*${UNIT}?`
const BEHIND = new RegExp(
  `^[\\s:=]*(?:目标|指标|定?为|是|到)?\\s*(?<value>${VALUE}|[^\\s,;]*)`,
  'i',
)

/** A number of a measure: a count, or whole yuan; null: it is none. A bare number below 1000 may be of 万. */
export function readReached(measure: Measure, said: string): number | null {
  if (isAmount(measure)) return /^0元?$/.test(said) ? 0 : readAmount(said)
  const count = readCount(said.replace(new RegExp(`${UNIT}$`, 'i'), ''))
  return count !== null && Number.isInteger(count) && count < 1_000_000 ? count : null
}

/** A measure with its number, and where they are said. */
export interface SaidMeasure {
  readonly measure: Measure
  readonly stretches: boolean
  readonly value: string
  readonly start: number
  /** Where its word ends, and where its number does. */
  readonly behind: number
  readonly end: number
}

/** All measures of a part in order; a stretch is of the one before. */
export function measuresIn({ scanned, start, end }: Part): SaidMeasure[] | null {
  const text = scanned.text.slice(start, end)
  const found: SaidMeasure[] = []
  for (const match of text.matchAll(MEASURE)) {
    const from = start + match.index
    if (from < (found.at(-1)?.end ?? 0)) continue
    const stretches = match.groups?.['stretch'] !== undefined
    const number = WORDS.findIndex((_, each) => match.groups?.[`m${each}`] !== undefined)
    const named = stretches ? found.at(-1)?.measure : WORDS[number]?.[1]
    if (!named) return null
    const behind = text.slice(match.index + match[0].length).match(BEHIND)
    const value = behind?.groups?.['value'] ?? ''
    const money = /[万亿千w元]$/i.test(value) && readAmount(value) !== null
    const measure = (money ? OF_MONEY[named] : null) ?? named
    const length = match[0].length + (value === '' ? 0 : (behind?.[0].length ?? 0))
    const place = { start: from, behind: from + match[0].length, end: from + length }
    found.push({ measure, stretches, value, ...place })
  }
  return found
}

export const within = ({ pieces }: Part, start: number, end: number): readonly Piece[] =>
  pieces.filter((each) => each.start < end && each.end > start)

/** Everything from one place to another, as one piece, with the pieces in it. */
export const claim = (part: Part, start: number, end: number): readonly Piece[] => [
  { kind: 'opaque', value: null, start, end, said: part.scanned.text.slice(start, end) },
  ...within(part, start, end),
]

/** The spans that are offered where the one that was said is none. */
const offered = (today: Day): Record<string, string> =>
  Object.fromEntries(
    [
      ...['本月', '下月', '本季度', '下季度', '今年', '明年', 'this month', 'next month'],
      ...Array.from({ length: 12 }, (_, month) => `${month + 1}月`),
      ...['一季度', '二季度', '三季度', '四季度', 'Q1', 'Q2', 'Q3', 'Q4'],
    ].flatMap((word) => {
      const span = readSpan(word, today)
      return span ? [[word.toLowerCase(), span]] : []
    }),
  )

/** Where a part is read for the span and whose it is: up to the first measure, or all of it. */
const headEnd = (part: Part): number => measuresIn(part)?.[0]?.start ?? part.end

const spanAt = ({ scanned, start, end }: Part) => {
  const { today } = scanned.context.at
  const found = findSpan(scanned.text.slice(start, end), today, 'set')
  return found && { ...found, start: start + found.start, end: start + found.end }
}

/** The month, quarter or year; this month where none is said. */
export const span: Slot = {
  field: 'span',
  kinds: ['day'],
  take(part): Taken {
    const { today } = part.scanned.context.at
    const found = spanAt(part)
    const head = headEnd(part)
    const others = part.pieces.filter(
      ({ kind, start, end }) =>
        kind === 'day' && start < head && !(found && start < found.end && end > found.start),
    )
    if (others.length > 0) {
      const said = others.map((each) => each.said.trim()).join('、')
      const claims = found ? claim(part, found.start, found.end) : []
      const about = [...claims, ...others]
      return { value: null, claims: about, doubt: { code: 'unclear', said, about } }
    }
    return found
      ? { value: found.span, claims: claim(part, found.start, found.end) }
      : { ...nothing, value: monthOf(today) }
  },
  ask: ({ said }, _subject, { scanned }) => ({
    expects: { among: offered(scanned.context.at.today) },
    question: {
      zh: `"${said}"不是月、季或年，定哪段时间的：本月、下月，还是本季度？也可以说 12月、明年。`,
      en: `"${said}" is no month, quarter or year. For which is it: this month or next month?`,
    },
  }),
}

/** A day is never whose it is. */
const notDays = (pieces: readonly Piece[]) => pieces.filter(({ kind }) => kind !== 'day')

/** Who or what unit it is for: what stands before the first measure, but for the span. */
export const holder: Slot = {
  field: 'of',
  kinds: [],
  first: true,
  take(part, _before, claimed): Taken {
    const end = headEnd(part)
    if (end === part.end && spanAt(part) === null) return nothing
    const taken = [...claimed].filter((each) => each.start < end)
    let text = part.scanned.text.slice(part.start, end)
    for (const { start, end: to } of taken) {
      const [from, until] = [start - part.start, to - part.start]
      text = text.slice(0, from) + ' '.repeat(until - from) + text.slice(until)
    }
    const words = text
      .replace(/^\s*(?:给|for\b)/i, '')
      .split(/[\s,:;]+/)
      .filter(Boolean)
    const [only = '', ...more] = words
    const said = words.join(' ')
    if (only === '' || more.length > 0) {
      const code = only === '' ? 'missing' : 'several'
      const about = notDays(within(part, part.start, end))
      return { value: null, claims: [], doubt: { code, said, about } }
    }
    const place = part.start + text.indexOf(only)
    // Whatever else the word is, it stands for whom.
    return { value: only, claims: [], weighed: notDays(within(part, place, place + only.length)) }
  },
  ask: ({ said }) => ({
    expects: 'text',
    question: {
      zh: `${said ? `"${said}"是几个，一次定一个。` : ''}给谁定？写经理姓名或工号，或团队、支行的名称或代码。`,
      en: `${said ? `"${said}" is more than one; set one at a time. ` : ''}For whom? A staff code, or a team or branch.`,
    },
  }),
}

/** What a line asks rather than sets: 指标 一队 走访怎么样. */
const ASKS = /^(?:怎么样|如何|多少|完成|情况|进度|了?吗|[?？])/

/** How much of what; what is no number is asked for, one by one. */
const targets: Slot = {
  field: 'targets',
  kinds: ['amount', 'number', 'count'],
  first: true,
  take(part, _before, claimed): Taken {
    const all = measuresIn(part)
    if (!all || all.length === 0 || all.some(({ value }) => ASKS.test(value))) return nothing
    const set: { measure: Measure; target: number | null; stretch: number | null }[] = []
    const doubts: SlotDoubt[] = []
    const claims = all.flatMap(({ start, end }) => claim(part, start, end))
    for (const { measure, stretches, value, start, end } of all) {
      const reached = readReached(measure, value)
      if (!stretches) set.push({ measure, target: reached, stretch: null })
      const last = set.length - 1
      const before = set[last]
      if (stretches && before) set[last] = { ...before, stretch: reached }
      if (reached !== null) continue
      const field = stretches ? 'stretch' : 'target'
      const code = value === '' ? 'missing' : 'unclear'
      const about = within(part, start, end)
      doubts.push({ code, said: value, about, within: `${last}.${field}`, likely: [measure] })
    }
    // 走访 20 30, 走访 20 喝茶 5: what nobody can place is not left out.
    const first = all[0]?.start ?? part.end
    if (isLeftOver(part, first, [...claimed, ...claims])) return nothing
    const [doubt, ...further] = doubts
    return { value: set, claims, ...(doubt && { doubt, further }) }
  },
  ask({ said, likely: [measure] = [] }) {
    if (!measure) return { expects: 'text', question: NONE_SAID }
    const { zh, en } = MEASURE_LABELS[measure as Measure]
    const money = isAmount(measure as Measure)
    return {
      expects: money ? 'amount' : 'count',
      question: {
        zh: `${zh}定多少？${said ? `"${said}"不能确定，` : ''}比如 ${money ? '300万' : '20'}。`,
        en: `How much for ${en}?${said ? ` "${said}" is not clear.` : ''} For example ${money ? '3000000' : '20'}.`,
      },
    }
  },
}

const NONE_SAID: Text = {
  zh: '哪项指标，定多少？比如 走访 20。',
  en: 'Which quota, and how much? For example visits 20.',
}

/** Whether there are words behind a place that nobody took. */
export function isLeftOver(
  { scanned, end }: Part,
  from: number,
  taken: readonly { start: number; end: number }[],
): boolean {
  const isTaken = (place: number) => taken.some((each) => each.start <= place && each.end > place)
  const left = Array.from({ length: Math.max(0, end - from) }, (_, ahead) => from + ahead)
    .filter((place) => !isTaken(place))
    .map((place) => scanned.text[place])
    .join('')
  return /[\p{L}\p{N}]/u.test(left.replace(/[和与,、;]|\band\b/gi, ''))
}

/** "12月 M001 走访 20 新客 8", "一队 Q4 放款额 300万 挑战 400万"; without a span it is this month. */
export const QUOTA_PHRASES: Phrases<unknown> = phrase(
  { words: ['指标', '任务指标', '定指标', '下指标', 'quota'] },
  span,
  holder,
  targets,
)
