import { takeAmount } from '../../bot/grammar/amount.ts'
import { takeDay } from '../../bot/grammar/day.ts'
import type { Reading } from '../../bot/grammar/reading.ts'
import { addDays, type Day } from '../../core/calendar/time.ts'
import type { Workdays } from '../../core/calendar/workdays.ts'
import { findKind, isContact, type OutcomeKinds } from '../../core/outcome.ts'
import { hearOutcomes } from '../tasks/outcomes/outcome-words.ts'

export interface VisitWords {
  named: string
  visitedOn: Day
  /** Null: the words name none for sure, and the visit has only its note. */
  outcome: string | null
  amount: number | null
  nextDate: Day | null
  note: string | null
}

const DAYS_AGO: Readonly<Record<string, number>> = {
  今天: 0,
  昨天: 1,
  昨日: 1,
  前天: 2,
  today: 0,
  yesterday: 1,
}
/** A day in a note is the next one only where somebody goes or calls again. */
const AGAIN =
  /再(?:联系|来|去|访|打|约|看|说|聊|谈)|回访|复访|跟进|约(?:好|了|定)|again|next visit|follow[ -]?up/i

/**
 * Reads "张三 库存充足，想扩店" and "张三 昨天 有意向 50万 周五再来". The note keeps every word; an outcome,
 * an amount and a next day are taken from it only where they are certain.
 */
export function readVisit(
  rest: string,
  today: Day,
  workdays: Workdays,
  kinds: OutcomeKinds,
): Reading<VisitWords> {
  const [named = '', ...words] = rest.split(/[\s,;:]+/)
  if (!named) return { kind: 'no' }
  const when = words[0] === undefined ? undefined : DAYS_AGO[words[0].toLowerCase()]
  const note = rest
    .slice(named.length)
    .replace(/^[\s,;:]+/, '')
    .slice(when === undefined ? 0 : words[0]?.length)
    .replace(/^[\s,;:]+/, '')
  const outcome = outcomeOf(note, kinds)
  const amount = outcome ? takeAmount(note) : null
  const next = AGAIN.test(note) ? takeDay(amount?.rest ?? note, today, workdays) : null
  const input: VisitWords = {
    named,
    visitedOn: addDays(today, -(when ?? 0)),
    outcome,
    amount: amount && 'yuan' in amount ? amount.yuan : null,
    nextDate: next && 'day' in next ? next.day : null,
    note: note || null,
  }
  if (note) return { kind: 'understood', input }
  const question = {
    zh: `走访 ${named} 看到什么、聊了什么？写一句即可。`,
    en: `What did you see at ${named}? One sentence will do.`,
  }
  return { kind: 'asks', input, doubts: [{ question, slots: ['note'], expects: 'text' }] }
}

/**
 * The one outcome that a note is sure of: no other beside it, and a doubtful one only after it. A visit
 * reached the client, whatever the words.
 */
function outcomeOf(note: string, kinds: OutcomeKinds): string | null {
  const heard = hearOutcomes(note, kinds)
  const sure = heard.flatMap(({ kind }) => (kind === 'unsure' ? [] : [kind]))
  const [kind] = sure
  const decisive = heard.length === sure.length || (heard[0]?.start === 0 && heard[0].kind === kind)
  const stage = kind && findKind(kinds, kind)?.stage
  const one = stage && isContact(stage) && new Set(sure).size === 1 && decisive
  return one ? kind : null
}
