import type { Phrases } from '../../bot/command.ts'
import { ofKind, type Piece } from '../../bot/grammar/scan/piece.ts'
import type { Scanned } from '../../bot/grammar/scan/scan.ts'
import { asTypedIn } from '../../bot/grammar/scan/typed-line.ts'
import { opt } from '../../bot/grammar/slots/fill.ts'
import { client } from '../../bot/grammar/slots/kinds/client.ts'
import { dateWithWeekday } from '../../bot/grammar/slots/kinds/day.ts'
import { outcome } from '../../bot/grammar/slots/kinds/outcome.ts'
import { amount, product } from '../../bot/grammar/slots/kinds/values.ts'
import { hourIn, onDay } from '../../bot/grammar/slots/kinds/when.ts'
import { accountOf, phrase } from '../../bot/grammar/slots/phrase.ts'
import {
  type Account,
  inDoubt,
  NOT_MEANT,
  nothing,
  oneOf,
  type Part,
  type Slot,
  type Taken,
} from '../../bot/grammar/slots/slot.ts'
import { addDays, type Day, weekday } from '../../core/calendar/time.ts'
import { findKind, isContact } from '../../core/outcome.ts'
import { ofOwnLine, wishedIn } from '../tasks/outcomes/other-lines.ts'

const DAYS_AGO: Readonly<Record<string, number>> = {
  ...{ 今天: 0, 今日: 0, 昨天: 1, 昨日: 1, 前天: 2, today: 0, yesterday: 1 },
}
/** A day with an hour of it: 昨天下午3点. */
const HOUR = /^(?:凌晨|早上|上午|中午|下午|傍晚|晚上)?(?:\d{1,2}[点:]\d{0,2}半?)?/
const ENDS = /^(?:$|[\s,;:。])/

/** The day of a visit, of those that have been: 昨天, 上周五; null for any other. */
function dayAgo({ said }: Piece<'day'>, today: Day): Day | null {
  const days = DAYS_AGO[said.toLowerCase()]
  if (days !== undefined) return addDays(today, -days)
  const [, name = ''] = said.match(/^上个?(?:周|星期|礼拜)([一二三四五六日天])$/) ?? []
  const wanted = '一二三四五六日'.indexOf(name.replace('天', '日')) + 1
  return name ? addDays(today, wanted - 7 - weekday(today)) : null
}

const hasBeen = ({ doubt, value }: Piece<'day'>, today: Day): boolean =>
  doubt === 'past' || (value !== null && value <= today)

/** When somebody was there: said before the word, or first of what is told; today where nothing is. */
const visitedOn: Slot = {
  field: 'visitedOn',
  kinds: ['day'],
  take(part) {
    const { scanned, start, end } = part
    const { today } = scanned.context.at
    const before = ofKind(scanned.pieces, 'day').find((each) => each.start === 0 && start > 0)
    const first = ofKind(part.pieces, 'day').find((each) => each.start === start)
    const on = before ? dayAgo(before, today) : null
    if (before && on) return { value: on, claims: [before] }
    const was = first ? dayAgo(first, today) : null
    // One that has been, further on, is of what is told.
    const weighed = ofKind(part.pieces, 'day').filter((each) => hasBeen(each, today))
    if (!first || !was) return { ...nothing, value: today, weighed }
    const right = scanned.text.slice(first.end, end)
    const hour = right.match(HOUR)?.[0] ?? ''
    const rest = right.slice(hour.length)
    // 昨天刚进货 is what is told.
    if (!ENDS.test(rest)) return { ...nothing, value: today, weighed }
    const gap = rest.match(/^[\s,;:。]+/)?.[0].length ?? 0
    return { value: was, claims: [first], weighed, from: first.end + hour.length + gap }
  },
  ask: onDay('visitedOn').ask,
}

/**
 * What a visit came to, where its words are sure: no other beside, and a doubtful one only after it. Whoever
 * was visited was reached, whatever the words; what is not sure is told.
 */
const cameTo: Slot = {
  ...outcome('outcome'),
  required: false,
  take({ scanned, pieces, start }) {
    const { kinds } = scanned.context.at
    const heard = ofKind(pieces, 'outcome')
    const sure = heard.filter(({ value }) => value?.how === 'sure')
    const codes = [...new Set(sure.flatMap(({ value }) => value?.code ?? []))]
    const reached = codes.filter((code) => {
      const stage = findKind(kinds, code)?.stage
      return stage !== undefined && isContact(stage)
    })
    const [code, other] = reached
    if (other !== undefined) {
      const { doubt } = inDoubt('several', sure)
      return { ...nothing, weighed: heard, ...(doubt && { doubt: { ...doubt, likely: reached } }) }
    }
    const first = heard[0]?.start === start && heard[0] === sure[0]
    const decisive = heard.length === sure.length || first
    const [only] = codes.length === 1 && decisive ? codes : []
    return only !== undefined && only === code
      ? { value: code, claims: sure, weighed: heard }
      : { ...nothing, weighed: heard }
  },
}

/** An amount counts only beside what the visit came to; else it is told. */
const amountWanted: Slot = {
  ...amount('amount'),
  required: false,
  take(part, before, claimed) {
    const money = part.pieces.filter(({ kind }) => kind === 'amount' || kind === 'number')
    const agreed = [...claimed].some(({ kind }) => kind === 'outcome')
    const amounts = { ...part, pieces: part.pieces.filter(({ kind }) => kind !== 'number') }
    return agreed
      ? { weighed: money, ...amount('amount').take(amounts, before, claimed) }
      : { ...nothing, weighed: money }
  },
}

/** Products beside what the visit came to, else those that were wished for; others are told. */
const wanted: Slot = {
  ...opt(product('product', { also: 'also', first: ofOwnLine })),
  take(part, before, claimed) {
    const named = ofKind(part.pieces, 'product')
    const agreed = [...claimed].some(({ kind }) => kind === 'outcome')
    return agreed
      ? {
          weighed: named,
          ...product('product', { also: 'also', first: ofOwnLine }).take(part, before, claimed),
        }
      : wishes(part, named)
  },
}

function wishes(part: Part, weighed: readonly Piece[]): Taken {
  const [first = null, ...also] = wishedIn(part)
  return { ...nothing, value: first, weighed, ...(also.length > 0 && { more: { also } }) }
}

const CLAUSE = /[,;。!?\n]/g

/** The clause of a place. */
function clauseOf({ scanned: { text }, start, end }: Part, place: Piece): string {
  const marks = [...text.slice(start, end).matchAll(CLAUSE)].map(({ index }) => start + index)
  const from = marks.findLast((mark) => mark < place.start) ?? start
  return text.slice(from, marks.find((mark) => mark >= place.end) ?? end)
}

const isNext = (part: Part, place: Piece): boolean =>
  AGAIN_THERE.test(clauseOf(part, place)) && !place.tells

/** A day is the next one only where somebody goes or calls again: 周五再来, not 周五开业. */
const AGAIN_THERE =
  /再(?:联系|来|去|访|打|约|看|说|聊|谈)|回访|复访|跟进|约(?:好|了|定|在)?|again|next visit|follow[ -]?up/i

const nextVisitDay: Slot = {
  ...opt(onDay('nextDate')),
  take(part, _before, claimed) {
    const days = ofKind(part.pieces, 'day').filter((each) => !claimed.has(each))
    const next = days.filter((each) => isNext(part, each))
    const { today } = part.scanned.context.at
    const weighed = days.filter((each) => !hasBeen(each, today))
    return { ...(dateWithWeekday(next) ?? oneOf<'day'>(next)), weighed }
  },
}

/** The hour of the next visit: it stands beside its day. */
const nextVisitTime: Slot = {
  field: 'nextTime',
  kinds: ['time'],
  leaves: true,
  take(part, _before, claimed): Taken {
    const days = [...claimed].filter((each) => each.kind === 'day' && part.pieces.includes(each))
    const times = ofKind(part.pieces, 'time')
    const beside = times.filter(({ start }) =>
      days.some(({ end }) => /^\s?$/.test(part.scanned.text.slice(end, start)) && start >= end),
    )
    return { ...hourIn(part, beside), weighed: times }
  },
  ask: ({ said }) => ({
    expects: 'text',
    question: { zh: `时间"${said}"是几点？`, en: `What hour is "${said}"?` },
  }),
}

const LEADS_TO_TOLD = /^(?:[\s,，;；:：。、]|的(?!确|士))+/
/** 去了张三店里，库存充足: where that was, which says no more than that somebody went there. */
const PLACE = /^(?:门店|店|铺子|档口|家|公司|厂)(?:里面?|上)?了?(?:[\s,，;；。]+|$)/

/** All that was told, as typed and whole. */
const told: Slot = {
  field: 'note',
  kinds: [],
  rest: true,
  required: true,
  take({ scanned, start, end }) {
    const note = asTypedIn(scanned, start, end).replace(LEADS_TO_TOLD, '').replace(PLACE, '')
    return { value: note || null, claims: [] }
  },
  ask: (_doubt, subject) => ({
    expects: 'text',
    question: {
      zh: `走访${subject ? ` ${subject.zh} ` : ''}看到什么、聊了什么？写一句即可。`,
      en: `What did you see${subject ? ` at ${subject.en}` : ''}? One sentence will do.`,
    },
  }),
}

export const VISIT_SLOTS: readonly Slot[] = [
  client('named', { alone: true }),
  visitedOn,
  cameTo,
  amountWanted,
  wanted,
  nextVisitDay,
  nextVisitTime,
  told,
]

const GOES = '(?:去|上门|又|刚才|刚){0,3}(?:走访|拜访|上门看|去看)(?:了|过|完)'
/** 今天走访了张三, yesterday I visited Tom: when, and then the word. */
const DAY_FIRST = new RegExp(
  [
    '^(?:今天|今日|昨天|昨日|前天|上个?(?:周|星期|礼拜)[一二三四五六日天]|刚刚?|刚才|记录)?',
    `\\s?(?:早上|上午|中午|下午)?我?\\s?${GOES.replace('(?:了|过|完)', '(?:了|过|完)?')}[\\s,:]*`,
    '|^(?:(?:yesterday|today|this (?:morning|afternoon))[\\s,]+)?i (?:have |just )*(?:visited|went to see)\\s',
  ].join(''),
  'i',
)
/** 去了张三店里，库存充足: only before a client's name. */
const WENT =
  /^(?:今天|今日|昨天|昨日|前天|上个?(?:周|星期|礼拜)[一二三四五六日天]|刚刚?|刚才)?\s?(?:早上|上午|中午|下午)?我?刚?(?:去|到)(?:了|过)(?:一趟)?\s?/
const BEHIND_NAME = new RegExp(GOES)

const WORDED = phrase(
  {
    words: [
      ...['走访了', '走访', '拜访了', '拜访', '上门拜访', '上门走访', '上门看了', '上门看'],
      ...['上门', 'visit', 'visited', 'log visit to', 'log a visit to'],
    ],
    behindName: BEHIND_NAME,
  },
  ...VISIT_SLOTS,
)

/** "走访 张三 库存充足", "张三 昨天 有意向 50万 周五再来", "今天走访了张三，…". */
export const VISIT_PHRASES: Phrases<unknown> = {
  ...WORDED,
  anywhere: new RegExp(`${DAY_FIRST.source}|${WENT.source}|${BEHIND_NAME.source}`),
  scans(scanned: Scanned, from: number): Account<unknown> {
    const led = from === 0 ? (scanned.text.match(DAY_FIRST)?.[0].length ?? 0) : 0
    if (led > 0) return accountOf(scanned, led, VISIT_SLOTS)
    const went = from === 0 ? (scanned.text.match(WENT)?.[0].length ?? 0) : 0
    if (went > 0 && scanned.pieces.some(({ kind, start }) => kind === 'name' && start === went)) {
      return accountOf(scanned, went, VISIT_SLOTS)
    }
    return WORDED.scans?.(scanned, from) ?? NOT_MEANT
  },
}
