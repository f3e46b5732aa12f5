import type { Phrases } from '../../../bot/command.ts'
import { scan } from '../../../bot/grammar/scan/scan.ts'
import { asTypedIn } from '../../../bot/grammar/scan/typed-line.ts'
import { asked, fill, opt, rest } from '../../../bot/grammar/slots/fill.ts'
import { client } from '../../../bot/grammar/slots/kinds/client.ts'
import { nextDay, nextTime } from '../../../bot/grammar/slots/kinds/day.ts'
import { outcome } from '../../../bot/grammar/slots/kinds/outcome.ts'
import { phone } from '../../../bot/grammar/slots/kinds/phone.ts'
import { amount, product } from '../../../bot/grammar/slots/kinds/values.ts'
import { type Account, NOT_MEANT, nothing, type Slot } from '../../../bot/grammar/slots/slot.ts'
import type { Moment } from '../../../bot/moment.ts'
import type { Day } from '../../../core/calendar/time.ts'
import type { Text } from '../../../core/text.ts'

/** What a line says about one client, once the campaign's name is off it. */
export interface TagWords {
  readonly named?: string
  readonly phone: string | null
  readonly businessName: string | null
  /** Null when it is not said, or could be more than one thing. */
  readonly response: string | null
  /** Codes of the catalogue. */
  readonly needs: readonly string[]
  readonly amount: number | null
  readonly nextDate: Day | null
  readonly nextTime?: string
  readonly note: string | null
}

/** The business of somebody new: where a phone is given, what stands around it before anything else. */
const business: Slot = {
  field: 'businessName',
  kinds: [],
  take({ scanned, start, end, pieces }, _before, claimed) {
    const number = [...claimed].find(({ kind }) => kind === 'phone')
    if (!number) return nothing
    const others = pieces.filter((piece) => piece !== number && piece.kind !== 'name')
    const until = Math.min(end, ...others.map((piece) => piece.start))
    const around = [
      { start, end: Math.min(number.start, until) },
      { start: number.end, end: until },
    ]
    const parts = around.map((part) => ({
      ...part,
      said: asTypedIn(scanned, part.start, part.end),
    }))
    return {
      value: parts.flatMap(({ said }) => said.replace(MARKS, '') || []).join(' ') || null,
      claims: parts.map((part) => ({ kind: 'opaque', value: null, ...part })),
    }
  },
  ask: () => ({ expects: 'text', question: { zh: '店名？', en: 'Which business?' } }),
}
const MARKS = /^[\s,;，；、]+|[\s,;，；、]+$/g

/** `needs`: every product that is named. */
const needs: Slot = {
  ...product('needs', { also: 'more' }),
  take(part, before, claimed) {
    const {
      more = {},
      value,
      ...taken
    } = product('needs', { also: 'more' }).take(part, before, claimed)
    return { ...taken, value: [value, more['more']].flat().filter(Boolean) }
  },
}

const SLOTS: readonly Slot[] = [
  client('named', { alone: true }),
  opt(phone()),
  outcome('response'),
  business,
  needs,
  opt(amount()),
  opt(nextDay()),
  nextTime(),
  rest('note'),
]

/** What is asked for where it is not sure; a response that is not clear is asked for with buttons. */
const ASKED = ['phone', 'amount', 'nextDate', 'nextTime'] as const
/** What somebody answered that was asked; null: it was not. */
export type Answered = Readonly<
  Partial<Record<(typeof ASKED)[number], string | number | null | undefined>>
>

// An hour may be of anything until a day or another call is spoken of.
const OF_CLIENT = SLOTS.filter(({ field }) => field !== 'named').map((slot) =>
  slot.field === 'nextTime' ? { ...slot, kinds: [] } : slot,
)

/**
 * "打标 五一活动 张三 有意向 需要结算卡": the campaign's name, which has no blanks and is known only to the database, and
 * then the client. What is not sure behind them is asked for, with the words kept.
 */
export const TAG_PHRASES: Phrases<unknown> = {
  words: ['打标', '打标签', 'tag'],
  free: ['words'],
  slots: OF_CLIENT,
  scans(scanned, from): Account<unknown> {
    const { text, pieces } = scanned
    const input = { words: asTypedIn(scanned, from, text.length) }
    if (input.words === '') return NOT_MEANT
    const start = from + (text.slice(from).match(/^\S+\s+/)?.[0].length ?? 0)
    const part = {
      scanned,
      start,
      end: text.length,
      pieces: pieces.filter((each) => each.start >= start),
    }
    const { doubts, accounted } = fill(part, OF_CLIENT)
    const [first, ...more] = doubts
      .filter(({ slot }) => ASKED.some((field) => field === slot.field))
      .map((each) => asked(each, null, part, [each.slot.field]))
    return {
      reading: first
        ? { kind: 'asks', input, doubts: [first, ...more] }
        : { kind: 'understood', input },
      accounted: new Set([...pieces.filter((each) => each.start < start), ...accounted]),
    }
  },
}

/** What is to be written more clearly, where nobody can be asked. */
const UNCLEAR: Readonly<Record<string, readonly [zh: string, en: string, example: Text]>> = {
  named: ['客户', 'client', { zh: '张三', en: 'Zhang' }],
  phone: ['手机号', 'phone number', { zh: '13800138000', en: '13800138000' }],
  amount: ['金额', 'amount', { zh: '50万', en: '500000' }],
  nextDate: ['日期', 'day', { zh: '12月3日', en: '3 Dec' }],
  nextTime: ['时间', 'hour', { zh: '15:00', en: '15:00' }],
}

/**
 * Reads "张三 有意向 需要结算卡", "李四 13800138000 五金店 有意向 30万 周五", with what was answered beside it. Text: what
 * cannot be relied on. What stands between the name and the response is the business, where a phone number says that
 * the client is new.
 */
export function readTag(line: string, at: Moment, answered: Answered = {}): TagWords | Text {
  const scanned = scan(line, { at, names: [] })
  const part = { scanned, start: 0, end: scanned.text.length, pieces: scanned.pieces }
  const { values, doubts } = fill(part, SLOTS)
  const known = Object.fromEntries(
    ASKED.flatMap((field) => (answered[field] ? [[field, answered[field]] as const] : [])),
  )
  for (const { slot, doubt } of doubts) {
    const [zh, en, example] = UNCLEAR[slot.field] ?? []
    if (!example || slot.field in known) continue
    return {
      zh: `${zh}"${doubt.said}"不确定，请写清楚，比如 ${example.zh}。`,
      en: `The ${en} "${doubt.said}" is unclear; write it like ${example.en}.`,
    }
  }
  return { ...values, ...known } as unknown as TagWords
}
