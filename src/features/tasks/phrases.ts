import type { Reading } from '../../bot/grammar/reading.ts'
import { type Scanned, scan } from '../../bot/grammar/scan/scan.ts'
import { opt, rest } from '../../bot/grammar/slots/fill.ts'
import { nextDay, nextTime } from '../../bot/grammar/slots/kinds/day.ts'
import { outcome } from '../../bot/grammar/slots/kinds/outcome.ts'
import { amount, product } from '../../bot/grammar/slots/kinds/values.ts'
import { type Account, accountOfItems, each } from '../../bot/grammar/slots/phrase.ts'
import type { Fields, Part, Slot, Subject } from '../../bot/grammar/slots/slot.ts'
import type { Moment } from '../../bot/moment.ts'
import type { Day } from '../../core/calendar/time.ts'
import { findKind } from '../../core/outcome.ts'
import { findProduct, OWN_LINE } from '../catalogue/rules.ts'
import { correctionBefore, correctionIn } from './correct/correction-words.ts'
import { calledAt } from './outcomes/call-words.ts'
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

/** An amount is about the first product that our own line serves. */
const ofOwnLine = (code: string, { scanned }: Part): boolean =>
  findProduct(scanned.context.at.catalogue, code)?.line === OWN_LINE

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
  if (scanned.heads[0]?.start === from) return { from, fields }
  const { length, hears } = calledAt(scanned, from)
  return { from: from + length, fields, hears }
}

const ITEMS = {
  ...{ items: 'items', number: 'task', name: 'named' },
  about: ['task', 'named'],
  unsaid: wanted,
  before: leadOf,
  aside: correctionIn,
} as const

/** "1 有意向 50万 周五再联系", "1、2 没接", "张三 没接", a line each or several in a line. */
export const OUTCOME_PHRASES = each(ITEMS, ...OUTCOME_SLOTS)

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
