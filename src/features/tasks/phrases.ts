import type { Phrases } from '../../bot/command.ts'
import type { Reading } from '../../bot/grammar/reading.ts'
import { SPOKEN_TO } from '../../bot/grammar/scan/heads.ts'
import { type Scanned, scan } from '../../bot/grammar/scan/scan.ts'
import { accountOfItems, each } from '../../bot/grammar/slots/each.ts'
import { opt, rest } from '../../bot/grammar/slots/fill.ts'
import { nextDay, nextTime } from '../../bot/grammar/slots/kinds/day.ts'
import { outcome } from '../../bot/grammar/slots/kinds/outcome.ts'
import { amount, product } from '../../bot/grammar/slots/kinds/values.ts'
import { accountOf } from '../../bot/grammar/slots/phrase.ts'
import {
  type Account,
  type Fields,
  NOT_MEANT,
  type Part,
  type Slot,
  type Subject,
} from '../../bot/grammar/slots/slot.ts'
import type { Moment } from '../../bot/moment.ts'
import type { Day } from '../../core/calendar/time.ts'
import { findKind } from '../../core/outcome.ts'
import { correctionBefore, correctionIn, OF_LAST } from './correct/correction-words.ts'
import { FINISHED } from './errands/finished-words.ts'
import { calledAt, lateAt } from './outcomes/call-words.ts'
import { askWhich, DONE } from './outcomes/done-words.ts'
import { ofOwnLine } from './outcomes/other-lines.ts'
import { askForUnsaid } from './outcomes/unsaid.ts'

/** What a line says came of a task, or of a client by name. */
export interface OutcomeWords {
  task?: number
  /** As it is on file; beside a number, whose that is said to be. */
  named?: string
  /** Null while it is asked for. */
  outcome: string | null
  amount: number | null
  product: string | null
  /** What else is named, by code; absent: nothing. */
  also?: readonly string[]
  nextDate: Day | null
  /** `HH:MM`; absent: none was said. */
  nextTime?: string
  note: string | null
  /** Said in words of correction: what was logged before never was. Absent: plainly said. */
  correction?: true
}

export const OUTCOME_SLOTS: readonly Slot[] = [
  outcome('outcome'),
  opt(amount()),
  opt(product('product', { also: 'also', first: ofOwnLine })),
  opt(nextDay()),
  nextTime(),
  rest('note'),
]

/** What a kind wants to be said beside it. */
function wanted(values: Fields, { scanned }: Part, subject: Subject) {
  const kind = findKind(scanned.context.at.kinds, String(values['outcome']))
  const said = {
    nextDate: (values['nextDate'] ?? null) as Day | null,
    amount: (values['amount'] ?? null) as number | null,
  }
  return kind && subject ? askForUnsaid(subject, kind, said) : null
}

/** Words before the first number or name, of correction or of a call. */
function leadOf(scanned: Scanned) {
  const { from, fields } = correctionBefore(scanned)
  const last = scanned.heads.at(-1)
  if (last && scanned.heads[0]?.start === from) {
    const said = scanned.text.slice(last.end)
    return { from, fields, asks: SPOKEN_TO.test(said) || ENDS_FINISHED.test(said) }
  }
  const late = lateAt(scanned, from)
  const called = calledAt(scanned, late.end)
  const begins = late.end + called.length
  // 昨天1没接: on the list of which day is not said.
  if (late.keeps && scanned.lists.some(({ start }) => start === begins)) return { from, fields }
  const first = scanned.pieces.find(({ kind, start }) => kind === 'name' && start === begins)
  const asks = begins > from && first !== undefined && CALLED.test(scanned.text.slice(first.end))
  const hears = called.hears || late.keeps !== ''
  return { from: begins, fields, hears, asks, keeps: late.keeps }
}

/** 张三 送合同 办好了: what came of it is not said, unless it was just to be done. */
const ENDS_FINISHED = new RegExp(`^\\s?[^\\s,;:。]{0,12}\\s?(?:${FINISHED})[\\s.。!]*$`, 'i')

/** 打给张三了: what came of it is not said. */
const CALLED = /^(?:打?[了过](?:一?个?电话)?)[\s.。!]*$/

const ITEMS = {
  ...{ items: 'items', number: 'task', name: 'named' },
  about: ['task', 'named'],
  unsaid: wanted,
  before: leadOf,
  aside: correctionIn,
} as const

const OUTCOMES = each(ITEMS, ...OUTCOME_SLOTS)

/** "1 有意向 50万 周五再联系", "1、2 没接", "张三 没接", a line each or several in a line; 改成拒绝. */
export const OUTCOME_PHRASES: Phrases<unknown> = {
  ...OUTCOMES,
  anywhere: new RegExp(`${OF_LAST.source}|${DONE.source}`, 'i'),
  begins(item, { kinds }) {
    const { task, named = '', outcome: code } = item as OutcomeWords
    return [task ?? named, code && findKind(kinds, code)?.label.zh].filter(Boolean).join(' ')
  },
  scans(scanned, from) {
    if (DONE.test(scanned.text)) return askWhich(scanned)
    const said = OUTCOMES.scans?.(scanned, from) ?? NOT_MEANT
    return said.reading.kind === 'no' ? readLast(scanned) : said
  },
}

/** What is said of the outcome that was logged last. Without an outcome nothing else may be said: 改成周五. */
function readLast(scanned: Scanned): Account<unknown> {
  const from = scanned.text.match(OF_LAST)?.[0].length ?? 0
  if (from === 0) return NOT_MEANT
  const { reading, accounted } = accountOf(scanned, from, OUTCOME_SLOTS)
  if (reading.kind === 'no') return NOT_MEANT
  const { outcome: said, ...beside } = reading.input
  const more = Object.values(beside).some((value) => value !== null)
  const open = reading.kind === 'asks' ? reading.doubts : []
  if (said === null && (more || open.length > 1)) return NOT_MEANT
  const input = { items: [{ last: true, ...reading.input, correction: true }] }
  const [first, ...others] = open.map((doubt) => ({
    ...doubt,
    slots: doubt.slots.map((slot) => `items.0.${slot}`),
  }))
  return {
    reading: first
      ? { kind: 'asks', input, doubts: [first, ...others] }
      : { kind: 'understood', input },
    accounted,
  }
}

export const accountOfOutcomes = (
  scanned: Scanned,
  slots: readonly Slot[] = OUTCOME_SLOTS,
): Account => accountOfItems(scanned, ITEMS, slots)

/** What a text says of outcomes, read by itself. `names`: of clients whom it may name. */
export const readOutcomes = (
  typed: string,
  at: Moment,
  names: readonly string[] = [],
): Reading<{ items: OutcomeWords[] }> =>
  accountOfOutcomes(scan(typed, { at, names })).reading as Reading<{
    items: OutcomeWords[]
  }>
