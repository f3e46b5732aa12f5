import type { Doubt, Reading } from '../../bot/grammar/reading.ts'
import type { Moment } from '../../bot/moment.ts'
import type { Period } from '../../core/calendar/period.ts'
import type { Day } from '../../core/calendar/time.ts'
import type { Condition } from '../clients/filter/rules.ts'
import type { Of, QuestionWords } from './rules.ts'
import { type Piece, scan } from './scan.ts'
import { daysOfDates } from './words/dates.ts'
import { daysOfMonth } from './words/months.ts'
import type { Means } from './words/word.ts'

// A line is a question when it has a word that asks, or names what can be asked for together with a choice of it
// (五金市场的客户), and when every part of it is accounted for: as a word of words/, or as one name, which must then be
// that of a person, a unit or a place. What is left over makes it no question; nothing is ever left out of one.

/** Longer than any question. */
const MOST_CHARACTERS = 60

/** Lines without any of these are no questions: looked at before anything is scanned. */
export const MAY_ASK =
  /[谁哪几啥]|多少|(?:走访|拜访)(?:情况|统计|汇总|记录|次数)|什么|怎么样|如何|咋样|有没有|要干嘛|日程|客户|商户|任务|待办|需求|转介|登记|到期|逾期|业绩|分布|团队|队里|名单|未联系|没联系|排名|排行|最[多少好差]|完成情况|的(?:走访|拜访)|[a-f][类层]|用信|\b(?:who|which|what|how|list|clients?|customers?|tasks?|needs|referrals?|outcomes?|visits?|numbers|figures|prospects?|usage|overdue|due|ending|ends|expiring|most|least|fewest|ranking)\b/i

/** What a line asks; `no`: it is not a question, or not one of which every word is understood. */
export function readQuestion(text: string, at: Moment): Reading<QuestionWords> {
  if (text.length > MOST_CHARACTERS || text.includes('\n') || !MAY_ASK.test(text)) return NO
  const pieces = scan(text, at.catalogue, mayBeName)
  if (!pieces) return NO
  const said = dated(settled(pieces.flatMap(({ means }) => means ?? [])), at.today)
  if (!said) return NO
  const names = namesIn(
    pieces,
    said.some(({ asks }) => asks),
  )
  return names ? asked(said, names) : NO
}

const NO = { kind: 'no' } as const

/** No name: a pronoun, or what somebody does. */
const NO_NAME =
  /[他她它您你说想要请把被给让来吧问跟没不了嗯]|资料|档案|刚才|刚刚|那个|怎么|怎样|如何|为什么|附近|周边|旁边|\d月|\b(?:he|she|it|they|you|says?|said|wants?|not|no)\b|[^\p{L}\p{N}·&'()\- ]/iu
const MOST_IN_NAME = 20

export const mayBeName = (run: string): boolean => run.length <= MOST_IN_NAME && !NO_NAME.test(run)

/**
 * The names in a line: runs that stand where a name can, beside what joins them (的, of) or, where something asks,
 * at the beginning. Null: there is a run that is none.
 */
function namesIn(pieces: readonly Piece[], asks: boolean): readonly string[] | null {
  const names: string[] = []
  for (const [place, { text, means }] of pieces.entries()) {
    if (means) continue
    const before = pieces.slice(0, place).findLast((each) => !isFiller(each))
    const after = pieces[place + 1]
    // 周敏今天的任务: a day may stand between.
    const joined =
      after?.means?.joins ||
      before?.means?.joins ||
      (after?.means?.when && pieces[place + 2]?.means?.joins)
    // "what did Zhou Long do": in Chinese nobody is named behind what asks.
    const first =
      before === undefined ||
      before.means?.who ||
      before.means?.when ||
      (before.means?.asks && /^[a-z]/i.test(text))
    if (!(joined || (asks && first)) || [...text].length < 2) return null
    names.push(text)
  }
  return names.length > 1 ? null : names
}

/** 没办 says that a product is not held, or what was not done. */
export const settled = (all: readonly Means[]): Means[] =>
  all.map((each, place) => {
    if (!(each.undone && each.held === false)) return each
    return all[place + 1]?.product ? { held: false } : { undone: true }
  })

/** Months and dates as days: those to come of what ends or is to be done. Null: there is no such day. */
function dated(all: readonly Means[], today: Day): Means[] | null {
  const toCome = all.some((each) => each.ends || each.of === 'tasks')
  const said = all.map(({ month, dates, ...each }) => {
    if (month) return { ...each, when: daysOfMonth(month, today, toCome) }
    if (!dates) return each
    const when = daysOfDates(dates, today, toCome)
    return when && { ...each, when }
  })
  return said.includes(null) ? null : said.flatMap((each) => each ?? [])
}

const isFiller = ({ means }: Piece): boolean => means !== null && Object.keys(means).length === 0

/** What words and names ask together. */
export function asked(said: readonly Means[], names: readonly string[]): Reading<QuestionWords> {
  const asks = said.some((each) => each.asks)
  const who = said.some((each) => each.who)
  const undone = said.some((each) => each.undone)
  const [when, ...otherTimes] = distinct(said.flatMap((each) => each.when ?? []))
  const [whose = null, ...othersOf] = distinct(said.flatMap((each) => each.whose ?? []))
  const [ranked, ...otherRanks] = distinct(said.flatMap((each) => each.ranked ?? []))
  const [by = ranked ? 'manager' : null, ...otherBys] = distinct(
    said.flatMap((each) => each.by ?? []),
  )
  if ([otherTimes, othersOf, otherBys, otherRanks].some(({ length }) => length > 0)) return NO

  const subject = subjectOf(said)
  if (!subject) return NO
  const { of } = subject
  const products = productsIn(said, of)
  if (!products) return NO
  const where = merged([
    ...said.flatMap((each) => each.where ?? []),
    ...subject.where,
    ...products.where,
  ])
  const sorts = [...new Set([...subject.sorts, ...products.sorts])]
  const choice = { whose, names: [...names], sorts }

  if (who && undone) {
    if (where.length > 0 || ranked || (by && by !== 'manager')) return NO
    return understood({
      of: 'outcomes',
      as: 'list',
      by: 'manager',
      none: true,
      when: when ?? null,
      ...choice,
    })
  }
  const named = said.some((each) => each.of)
  const chosen =
    where.length > 0 || whose || names.length > 0 || when !== undefined || sorts.length > 0
  const ends = said.some((each) => each.ends)
  const entered = said.some((each) => each.entered)
  // What says nothing of this is not left out: it makes no question.
  if (undone && of !== 'tasks') return NO
  if ((ends && of !== 'clients' && of !== 'tasks') || (entered && of !== 'clients')) return NO
  if (said.some((each) => each.debt) && !ends) return NO
  if (!asks && !((named || ends || (where.length > 0 && !undone)) && (chosen || ends || by)))
    return NO
  const question = {
    of,
    as: asOf(said, by !== null || who),
    by: who ? ('manager' as const) : by,
    ...(ranked === 'most' && { most: true }),
    ...choice,
  }
  if (who && by && by !== 'manager') return NO
  // Of parts only those are counted that have any.
  if (ranked === 'least' && question.by !== 'manager') return NO
  if (of !== 'clients') {
    return understood({ ...question, where, when: when ?? (undone ? 'today' : null) })
  }
  if (sorts.length > 0 || by === 'sort') return NO
  return ofClients(question, where, when, {
    ends: ends && (said.some(({ debt }) => debt === 'loan') ? 'loan-due' : 'credit-ends'),
    entered,
  })
}

const understood = (input: QuestionWords): Reading<QuestionWords> => ({ kind: 'understood', input })

/** Clients are chosen by a time only where it says of what. */
function ofClients(
  question: QuestionWords,
  where: readonly Condition[],
  when: Period | undefined,
  {
    ends,
    entered,
  }: { readonly ends: false | 'credit-ends' | 'loan-due'; readonly entered: boolean },
): Reading<QuestionWords> {
  if (ends && entered) return NO
  if (entered) {
    return understood({
      ...question,
      where: [...where, { by: 'entered', in: when ?? 'this-month' }],
    })
  }
  if (!ends) return when === undefined ? understood({ ...question, where: [...where] }) : NO
  if (when !== undefined) {
    return understood({ ...question, where: [...where, { by: ends, in: when }] })
  }
  const open = { by: ends, in: '' as Period } as const
  const doubts: [Doubt] = [
    {
      question: {
        zh: '哪段时间到期：本周、本月、下月，还是本季度？',
        en: 'Ending when: this week, this month, next month or this quarter?',
      },
      slots: [`where.${where.length}.in`],
      expects: { among: ENDING },
    },
  ]
  return { kind: 'asks', input: { ...question, where: [...where, open] }, doubts }
}

const ENDING: Readonly<Record<string, Period & string>> = {
  ...{
    本周: 'this-week',
    这周: 'this-week',
    下周: 'next-week',
    本月: 'this-month',
    这个月: 'this-month',
  },
  ...{ 下月: 'next-month', 下个月: 'next-month', 本季度: 'this-quarter', 今年: 'this-year' },
  ...{ 'this week': 'this-week', 'next week': 'next-week', 'this month': 'this-month' },
  ...{ 'next month': 'next-month', 'this quarter': 'this-quarter', 'this year': 'this-year' },
}

/** Of what a question is; null where that is not clear. */
function subjectOf(said: readonly Means[]): {
  readonly of: Of
  readonly sorts: readonly string[]
  readonly where: readonly Condition[]
} | null {
  const sorts = said.flatMap((each) => each.sorts ?? [])
  const named = distinct(said.flatMap((each) => each.of ?? []))
  const others = named.filter((each) => each !== 'clients')
  const none = { sorts, where: [] }
  const visits = sorts.every((sort) => sort === 'visit')
  if (others.includes('tasks') && others.length === 2 && others.includes('outcomes')) {
    return visits && sorts.length > 0 ? { of: 'tasks', ...none } : null
  }
  if (others.length > 1) return null
  const [other] = others
  if (other === 'referrals' && named.includes('clients')) {
    return { of: 'clients', sorts, where: [{ by: 'source', among: ['referral'] }] }
  }
  if (other)
    return other === 'outcomes' || visits || sorts.length === 0 ? { of: other, ...none } : null
  if (said.some((each) => each.undone)) return { of: 'tasks', ...none }
  if (sorts.length > 0) return { of: 'outcomes', ...none }
  const fallback =
    named[0] ??
    said.find((each) => each.else)?.else ??
    (said.some(({ where }) => where) ? 'clients' : null) ??
    // 明天有几个: what is to be done then.
    (said.some(({ when }) => when === 'today' || when === 'tomorrow') ? 'tasks' : null)
  return fallback && { of: fallback, ...none }
}

/** Products with whether they are held; null where a word of having stands before none, or one is of no use. */
function productsIn(
  said: readonly Means[],
  of: Of,
): { readonly where: readonly Condition[]; readonly sorts: readonly string[] } | null {
  const where: Condition[] = []
  const sorts: string[] = []
  const words = said.filter((each) => Object.keys(each).length > 0)
  for (const [place, { product, held }] of words.entries()) {
    if (held !== undefined && words[place + 1]?.product === undefined) return null
    if (product === undefined) continue
    const has = words[place - 1]?.held
    if (of === 'needs' && has !== false) sorts.push(product)
    else if (of === 'clients') where.push({ by: 'product', code: product, held: has ?? true })
    else return null
  }
  return { where, sorts }
}

function asOf(said: readonly Means[], divided: boolean): QuestionWords['as'] {
  const all = said.flatMap((each) => each.as ?? [])
  if (all.includes('sum')) return 'sum'
  if (divided) return 'count'
  return all.includes('count') && !all.includes('list') ? 'count' : 'list'
}

/** Tiers, kinds, sources and places that are said one after the other are a choice of them. */
export function merged(conditions: readonly Condition[]): Condition[] {
  const all: Condition[] = []
  for (const each of conditions) {
    const place = all.findIndex((other) => 'among' in each && isOfOneSort(other, each))
    const before = all[place]
    if (before && 'among' in before && 'among' in each) {
      const among = distinct([...before.among, ...each.among])
      all[place] = { ...before, among } as Condition
    } else all.push(each)
  }
  return all
}

const isOfOneSort = (one: Condition, other: Condition): boolean =>
  one.by === 'place' && other.by === 'place' ? one.register === other.register : one.by === other.by

const distinct = <T>(all: readonly T[]): T[] =>
  all.filter(
    (each, place) =>
      all.findIndex((other) => JSON.stringify(other) === JSON.stringify(each)) === place,
  )
