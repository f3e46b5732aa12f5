import type { Phrases } from '../../bot/command.ts'
import { ofKind, type Piece } from '../../bot/grammar/scan/piece.ts'
import { opt, rest } from '../../bot/grammar/slots/fill.ts'
import { client } from '../../bot/grammar/slots/kinds/client.ts'
import { amount, product } from '../../bot/grammar/slots/kinds/values.ts'
import { onDay } from '../../bot/grammar/slots/kinds/when.ts'
import { phrase, wordBehindName } from '../../bot/grammar/slots/phrase.ts'
import {
  type Account,
  inDoubt,
  NOT_MEANT,
  nothing,
  oneOf,
  type Slot,
  taking,
} from '../../bot/grammar/slots/slot.ts'
import { addDays, addMonths, type Day, day, monthEnd } from '../../core/calendar/time.ts'

/** Wishes that name a span and no day: they are wanted from its beginning, or by its end. */
const SPANS: readonly [RegExp, (today: Day) => Day][] = [
  [/^(?:下个?月|next month)$/i, (today) => firstOf(addMonths(today, 1))],
  [/^(?:(?:这个?|本)月(?:[底末]?之?前|内|之内|以内)?|月[底末]之?前|this month)$/i, monthEnd],
  [/^(?:年底前?|end of (?:the )?year)$/i, (today) => day(`${today.slice(0, 4)}-12-31`)],
  [/^(?:下(?:周|星期|礼拜)|next week)$/i, (today) => addDays(today, 7)],
]

const firstOf = (date: Day): Day => day(`${date.slice(0, 8)}01`)

const spanOf = ({ said }: Piece) => SPANS.find(([words]) => words.test(said.trim()))?.[1]

/** When it is wanted: a day, or the beginning or end of a span. */
const wanted = (field: string): Slot => ({
  field,
  kinds: ['day'],
  take(part) {
    const days = taking(part, 'day')
    const [only] = days
    const from = only && days.length === 1 ? spanOf(only) : undefined
    if (!only || !from) return oneOf<'day'>(days)
    return { value: from(part.scanned.context.at.today), claims: days }
  },
  ask: onDay(field).ask,
})

/** How urgent it is; soon where nothing is said. */
const urgency = (field: string): Slot => ({
  field,
  kinds: ['urgency'],
  take(part) {
    const said = ofKind(part.pieces, 'urgency')
    const values = new Set(said.map(({ value }) => value))
    if (values.size > 1) return inDoubt('several', said)
    return said[0] ? { value: said[0].value, claims: said } : { ...nothing, value: 'soon' }
  },
  ask: ({ said }) => ({
    question: { zh: `"${said}"：急，还是不急？`, en: `"${said}": urgent, or some day?` },
    expects: {
      among: {
        ...{ 急: 'urgent', 近期: 'soon', 不急: 'some-day' },
        ...{ urgent: 'urgent', soon: 'soon', 'some day': 'some-day' },
      },
    },
  }),
})

const ASKED = /[?吗]\s*$/

/** What is wanted; 结算卡? asks whether it is. */
const wantedProduct: Slot = {
  ...product('product', { also: 'also' }),
  take(part, before, claimed) {
    const found = product('product', { also: 'also' }).take(part, before, claimed)
    const asks = ASKED.test(part.scanned.text.slice(part.start, part.end))
    return asks && found.value !== null
      ? { ...inDoubt('unclear', taking(part, 'product')), claims: [] }
      : found
  },
}

/** What says a need behind whose it is: 李四 需求 代发, 张三要办POS机. */
const WANTS =
  /需求|还?(?:需要|想要|要办|想办|要开|想开|要做|想做|要申请|想申请|要装|想装)|要(?!了[\s,;。!])(?=[一两]?[个张台份]|[\s\u4e00-\u9fffa-z])|(?:would like|wants?|needs?)(?: to (?:open|get|apply for))?\b/i

const NEED = phrase(
  { words: ['需求', '需要', 'need'], behindName: WANTS },
  client('named'),
  opt(amount()),
  opt(wanted('wantedOn')),
  urgency('urgency'),
  wantedProduct,
  rest('note'),
)

/**
 * "需求 张三 结算卡 代发工资 下月 急 20万": whose, what, when, how urgent, how much, and a note. Behind a name
 * only what is offered makes it a need: 张三要20万 is what came of a call, and so is what says that too.
 */
export const NEED_PHRASES: Phrases<unknown> = {
  ...NEED,
  scans(scanned, from): Account<unknown> {
    const account: Account<unknown> = NEED.scans?.(scanned, from) ?? NOT_MEANT
    const { reading } = account
    if (from > 0 || reading.kind === 'no') return account
    const end = wordBehindName(scanned, WANTS)?.end ?? 0
    const called = ofKind(scanned.pieces, 'outcome').some(({ start }) => start >= end)
    const { product: wants } = reading.input as { readonly product: string | null }
    return wants === null || called ? NOT_MEANT : account
  },
}
