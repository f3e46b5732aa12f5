import { amountAlone } from '../../../bot/grammar/amount.ts'
import { NUMBER, readNumber } from '../../../bot/grammar/number.ts'
import {
  addMonths,
  type Day,
  isDay,
  monthsBetween,
  yearsBetween,
} from '../../../core/calendar/time.ts'
import { type Text, text } from '../../../core/text.ts'
import {
  FACTS,
  type FactName,
  factKind,
  factLabel,
  type IndustryClass,
} from '../../tier-rules/facts.ts'
import type { Recorded } from './rules.ts'

/** What a value came to: the value, a question because it is unclear, or why it cannot be. */
export type ReadFact =
  | { readonly value: Recorded }
  | { readonly unclear: Text }
  | { readonly refused: Text }

/** Reads one fact as it was typed. */
export function readFact(fact: FactName, typed: string, today: Day): ReadFact {
  const said = typed
    .trim()
    .toLowerCase()
    .replace(/^(?:[:=,]|大概|大约|约|为|about|is)\s*/, '')
    .replace(/(?<=.)(?:左右|上下)$/, '')
    .trim()
  const unclear: ReadFact = { unclear: questionOf(fact) }
  switch (factKind(fact)) {
    case 'yes-no':
      return valueOrAsk(readYesNo(said), unclear)
    case 'industry':
      return valueOrAsk(INDUSTRY_WORDS[said] ?? null, unclear)
    case 'country':
      return valueOrAsk(COUNTRIES[said] ?? said.match(/^[a-z]{2}$/)?.[0].toUpperCase(), unclear)
    case 'yuan':
      return inRange(fact, readYuan(said, fact === 'netAssets'), unclear)
    case 'ratio':
      return inRange(fact, readRatio(said), unclear)
    case 'months':
      return readSince(fact, said, today, unclear)
    case 'age':
      return readBirth(said, today, unclear)
  }
}

const valueOrAsk = (value: Recorded | null | undefined, unclear: ReadFact): ReadFact =>
  value === null || value === undefined ? unclear : { value }

function inRange(fact: FactName, value: number | 'too-much' | null, unclear: ReadFact): ReadFact {
  if (value === null) return unclear
  if (value !== 'too-much' && FACTS[fact][0].safeParse(value).success) return { value }
  const { zh, en } = factLabel(fact)
  const ratio = factKind(fact) === 'ratio'
  return {
    refused: ratio
      ? text(`${zh}应在 0% 到 100% 之间。`, `${en} must be between 0 % and 100 %.`)
      : fact === 'netAssets'
        ? text(`${zh}应在 -10亿 到 10亿 之间。`, `${en} must be between -1 and 1 billion.`)
        : text(`${zh}应在 0 到 10亿 之间。`, `${en} must be between 0 and 1 billion.`),
  }
}

const YES = /^(?:是的?|有|对|能|会|好|良好|正常|健全|固定|分开|√|✓|y|yes|true|good|1)$/
const NO = /^(?:否|不是|不|无|没有?|不能|不会|不好|差|不良|异常|没分开|×|✗|n|no|none|false|bad|0)$/

function readYesNo(said: string): boolean | null {
  if (YES.test(said)) return true
  return NO.test(said) ? false : null
}

const INDUSTRY_WORDS: Readonly<Record<string, IndustryClass>> = {
  ...Object.fromEntries(
    ['promising', '前景好', '看好', '好', '支持', '鼓励', '朝阳'].map((word) => [
      word,
      'promising',
    ]),
  ),
  ...Object.fromEntries(
    ['neutral', '一般', '中性', '普通', '正常'].map((word) => [word, 'neutral']),
  ),
  ...Object.fromEntries(['cautious', '审慎', '谨慎', '慎入'].map((word) => [word, 'cautious'])),
  ...Object.fromEntries(['barred', '禁入', '禁止', '限制'].map((word) => [word, 'barred'])),
}

const COUNTRIES: Readonly<Record<string, string>> = {
  中国: 'CN',
  中国籍: 'CN',
  china: 'CN',
  chinese: 'CN',
}

/** Whole yuan; nothing (无, 没有) is 0. A bare number below a thousand may mean 万: null. */
function readYuan(said: string, signed: boolean): number | 'too-much' | null {
  if (/^(?:0|零|无|没有?|none|no|nil)(?:元)?$/.test(said)) return 0
  const negative = signed && said.match(/^(?:-|负|minus\s*)(.+)$/)?.[1]
  const found = amountAlone(negative || said)
  if (!found || ('doubt' in found && found.doubt !== 'out-of-range')) return null
  if (!('value' in found) || found.value === null) return 'too-much'
  return negative ? -found.value : found.value
}

/** A share of one: 60%, 0.6, 六成; a bare 60 or 1 is as uncertain as money without a unit, and null. */
function readRatio(said: string): number | 'too-much' | null {
  const [, number = '', unit] = said.match(new RegExp(`^(-?${NUMBER})\\s*(%|成|percent)?$`)) ?? []
  const value = number.startsWith('-') ? -1 : readNumber(number)
  if (value === null || number === '') return null
  if (value < 0) return 'too-much'
  if (!unit && value >= 1) return null
  const share = unit === '成' ? value / 10 : unit ? value / 100 : value
  return share > 1 ? 'too-much' : Math.round(share * 1e6) / 1e6
}

/** The day from which months are counted: 2019-05, 2019年5月3日, 30个月, 3年. */
function readSince(fact: FactName, said: string, today: Day, unclear: ReadFact): ReadFact {
  const span = said.match(new RegExp(`^(${NUMBER})\\s*(?:个)?(年半|年|月|years?|months?)$`))
  const count = span && readNumber(span[1] ?? '')
  if (span && count !== null && !/^(?:19|20)\d\d$/.test(span[1] ?? '')) {
    const years = /^(?:年|year)/.test(span[2] ?? '')
    const months = (years ? count * 12 : count) + (span[2] === '年半' ? 6 : 0)
    if (!Number.isInteger(months)) return unclear
    if (months > MOST_MONTHS) return { refused: tooLong(fact) }
    return { value: addMonths(today, -months) }
  }
  const since = dayOf(said, '01')
  if (since === 'none') return { refused: noSuchDay(said) }
  if (!since) return unclear
  if (since > today) return { refused: inFuture(fact, since, today) }
  return monthsBetween(since, today) > MOST_MONTHS ? { refused: tooLong(fact) } : { value: since }
}

/** A birthday: a date, or an age, which is taken as reached today. */
function readBirth(said: string, today: Day, unclear: ReadFact): ReadFact {
  const age = said.match(/^(\d{1,3})\s*(?:岁|周岁|years?(?: old)?)?$/)?.[1]
  const born = age ? addMonths(today, -12 * Number(age)) : dayOf(said, null)
  if (born === 'none') return { refused: noSuchDay(said) }
  if (!born) return unclear
  if (born > today) return { refused: inFuture('age', born, today) }
  if (yearsBetween(born, today) > 130) {
    return { refused: text('年龄应在 0 到 130 岁之间。', 'The age must be between 0 and 130.') }
  }
  return { value: born }
}

const MOST_MONTHS = 1200

/** A day written in figures, past or not; `none`: not on the calendar; a month takes `monthDay`. */
function dayOf(said: string, monthDay: '01' | null): Day | 'none' | null {
  const date = said.match(
    /^(?:自|从|since\s*)?((?:1[89]|20)\d\d)\s*[-/.年]?\s*(\d{1,2})(?:\s*[-/.月]?\s*(\d{1,2}))?\s*[日号月]?(?:起|开始)?$/,
  )
  if (!date) return null
  const [, year, month = '', day] = date
  const of = day ?? monthDay
  if (!of) return null
  const written = `${year}-${month.padStart(2, '0')}-${of.padStart(2, '0')}`
  return isDay(written) ? written : 'none'
}

const noSuchDay = (said: string): Text =>
  text(`"${said}"不是日历上的日期。`, `"${said}" is not a day of the calendar.`)

const inFuture = (fact: FactName, since: Day, today: Day): Text => {
  const { zh, en } =
    fact === 'age'
      ? text('出生日期', 'birthday')
      : text(`${factLabel(fact).zh}的起始日`, factLabel(fact).en)
  return text(
    `${zh} ${since} 在今天（${today}）之后，没有记。`,
    `${en}: ${since} is after today (${today}), so it was not recorded.`,
  )
}

const tooLong = (fact: FactName): Text => {
  const { zh, en } = factLabel(fact)
  return text(`${zh}最多 ${MOST_MONTHS} 个月，请核对。`, `${en}: at most ${MOST_MONTHS} months.`)
}

/** What to ask when a value was not understood, with an example of one. */
export function questionOf(fact: FactName): Text {
  const { zh, en } = factLabel(fact)
  switch (factKind(fact)) {
    case 'yes-no':
      return text(`"${zh}"：是还是否？`, `"${en}": yes or no?`)
    case 'industry':
      return text(
        `${zh}是哪一种？前景好、一般、审慎、禁入。`,
        `Which ${en}: promising, neutral, cautious or barred?`,
      )
    case 'country':
      return text(`${zh}是？比如 中国、SG。`, `Which ${en}? For example CN.`)
    case 'yuan':
      return text(`${zh}是多少？请写成 320万 或 3200000。`, `How much is ${en}? Write 3200000.`)
    case 'ratio':
      return text(`${zh}是多少？请写成 60%。`, `How much is ${en}? Write 60%.`)
    case 'months':
      return text(
        `${zh}从哪年哪月算起？请写成 2019-05 或 30个月。`,
        `${en}: since when? Write 2019-05 or 30 months.`,
      )
    case 'age':
      return text('哪年哪月哪日出生？请写成 1985-03-02。', 'Born when? Write 1985-03-02.')
  }
}
