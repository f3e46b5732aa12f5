import { BARE_NUMBER, takeAmount } from '../../bot/grammar/amount.ts'
import { takeDay } from '../../bot/grammar/day.ts'
import { noteLeft } from '../../bot/grammar/note.ts'
import type { Doubt, Reading } from '../../bot/grammar/reading.ts'
import type { Moment } from '../../bot/moment.ts'
import { addDays, addMonths, type Day, day, monthEnd } from '../../core/calendar/time.ts'
import type { Catalogue } from '../../core/catalogue.ts'
import { asSaid, offered, takeFurther, takeProduct } from '../catalogue/rules.ts'
import type { Urgency } from '../playbook/rules.ts'

export interface NeedWords {
  named: string
  product: string | null
  /** What else, by code; absent: nothing. */
  also?: readonly string[]
  amount: number | null
  wantedOn: string | null
  urgency: Urgency
  note: string | null
}

const URGENCY: readonly [RegExp, Urgency][] = [
  [/不(太|是很|着)?急|以后再说|some day|not urgent/i, 'some-day'],
  [/急需|很急|着急|加急|紧急|尽快|马上|立刻|急|urgent|asap/i, 'urgent'],
  [/近期|最近|soon/i, 'soon'],
]

/** Wishes that name a span and no day: they are wanted from its beginning, or by its end. */
const SPANS: readonly [RegExp, (today: Day) => Day][] = [
  [/下个?月(?![初中底\d])|next month/i, (today) => firstOf(addMonths(today, 1))],
  [/(这个?|本)月(?![初中底\d])|this month/i, monthEnd],
  [/年底(前)?|end of (the )?year/i, (today) => day(`${today.slice(0, 4)}-12-31`)],
  [/下(周|星期|礼拜)(?![一二三四五六日天\d])|next week/i, (today) => addDays(today, 7)],
]

const firstOf = (date: Day): Day => day(`${date.slice(0, 8)}01`)

/** Reads "张三 结算卡 代发工资 下月 急 20万": whose, what, when, how urgent, how much, and a note. */
export function readNeed(rest: string, at: Moment): Reading<NeedWords> {
  const [named, ...words] = rest.split(/\s+/)
  if (!named || words.length === 0) return { kind: 'no' }
  let text = words.join(' ')
  const need: NeedWords = {
    named,
    product: null,
    amount: null,
    wantedOn: null,
    urgency: 'soon',
    note: null,
  }
  const found = takeProduct(at.catalogue, text)
  if (found) {
    const further = takeFurther(at.catalogue, found.rest)
    const named = asSaid([...new Set([found.product, ...further.products])], text)
    const [first = null, ...others] = named.map(({ code }) => code)
    need.product = first
    if (others.length > 0) need.also = others
    text = further.rest
  }
  const urgency = URGENCY.find(([words]) => words.test(text))
  if (urgency) {
    need.urgency = urgency[1]
    text = text.replace(urgency[0], ' ')
  }
  const span = SPANS.find(([words]) => words.test(text))
  if (span) {
    need.wantedOn = span[1](at.today)
    text = text.replace(span[0], ' ')
  }
  const amount = takeAmount(text)
  if (amount) text = amount.rest
  const wanted = span ? null : takeDay(text, at.today, at.workdays)
  if (wanted) text = wanted.rest
  const bare = amount ? null : text.match(BARE_NUMBER)
  if (bare) text = text.replace(BARE_NUMBER, ' ')
  const joint = need.also ? text.replace(/(^|\s)(以及|还有|[、和及跟]|and)+(?=$|\s)/gi, ' ') : text
  need.note = noteLeft(joint)

  const doubts: Doubt[] = []
  if (amount && 'fault' in amount) {
    const zh = `金额"${amount.said}"没看懂，是多少？比如 20万。`
    const en = `I cannot read the amount "${amount.said}". How much? For example 200000.`
    doubts.push({ question: { zh, en }, slots: ['amount'], expects: 'amount' })
  } else if (bare?.[1]) {
    const zh = `"${bare[1]}"是多少？比如 ${bare[1]}万。`
    const en = `How much is "${bare[1]}"? For example ${bare[1]}0000.`
    doubts.push({ question: { zh, en }, slots: ['amount'], expects: 'amount' })
  }
  if (wanted && 'fault' in wanted) {
    const zh = `日期"${wanted.said}"不确定，是哪一天？比如 12月3日。`
    const en = `I am not sure about "${wanted.said}". Which day? For example 3 Dec.`
    doubts.push({ question: { zh, en }, slots: ['wantedOn'], expects: 'day' })
  }
  if (!need.product) {
    const zh = `${named} 要什么产品？比如 流动资金贷款、结算卡、收单。`
    const en = `Which product does ${named} want? For example working capital loan, settlement card.`
    const among = productWords(at.catalogue)
    doubts.push({ question: { zh, en }, slots: ['product'], expects: { among } })
  }
  if (amount && 'yuan' in amount) need.amount = amount.yuan
  if (wanted && 'day' in wanted) need.wantedOn = wanted.day
  const [first, ...more] = doubts
  return first
    ? { kind: 'asks', input: need, doubts: [first, ...more] }
    : { kind: 'understood', input: need }
}

const productWords = (catalogue: Catalogue) =>
  Object.fromEntries(
    offered(catalogue).flatMap(({ code, words }) => [code, ...words].map((word) => [word, code])),
  )
