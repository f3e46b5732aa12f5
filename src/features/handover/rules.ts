import { addDays, type Day, weekday } from '../../core/calendar/time.ts'
import type { Workdays } from '../../core/calendar/workdays.ts'
import { type Refusal, refuse } from '../../core/decision.ts'

/** How often a department gets its list: each workday, or weekly on a weekday (Monday 1 … Friday 5). */
export type Rhythm = { readonly every: 'day' } | { readonly every: 'week'; readonly on: number }

export const WEEKLY: Rhythm = { every: 'week', on: 1 }

/** The workday of this week's list, where today's week has one; lists of a day off come the workday after. */
export function isListDay(rhythm: Rhythm, today: Day, workdays: Workdays): boolean {
  if (!workdays.isWorkday(today)) return false
  if (rhythm.every === 'day') return true
  const wanted = addDays(today, rhythm.on - weekday(today))
  return workdays.onOrAfter(wanted) === today
}

export type RowStatus = 'sent' | 'accepted' | 'declined' | 'done'
/** `progress`: it is being worked on, so it is accepted. */
export type Answer = 'accept' | 'progress' | 'decline' | 'finish'

/** Why a department declines, as words that can be counted. */
export const REASONS = [
  'not-eligible',
  'no-interest',
  'unreachable',
  'has-it',
  'out-of-area',
  'other',
] as const
export type Reason = (typeof REASONS)[number]

/** Workdays after which an unanswered list is reminded of. */
export const REMIND_AFTER = 3

/** A need on a department's list. */
export interface Row {
  readonly id: string
  readonly number: number
  readonly status: RowStatus
  /** Codes from the root down of the department that has it. */
  readonly unitPath: string
  readonly sentOn: Day
  readonly needId: string
  readonly clientName: string
  readonly businessName: string | null
  readonly phone: string | null
  readonly product: string
  readonly amount: number | null
  readonly wantedOn: Day | null
  readonly urgency: 'urgent' | 'soon' | 'some-day'
  readonly note: string | null
  /** Who registered it, and hears what comes of it. */
  readonly registeredBy: string
  readonly registeredByName: string
  /** Who of the department answered; null before an answer. */
  readonly answeredBy: string | null
  readonly answeredByName: string | null
  /** What they said of it last, a line each, each progress with its day; null: nothing. */
  readonly said: string | null
}

/** How many lines of progress are kept with a row. */
const MOST_SAID = 5

/** What is kept of a row's progress once this is said too. */
export const withProgress = ({ said }: Pick<Row, 'said'>, words: string, today: Day): string =>
  [...(said?.split('\n') ?? []), `${today.slice(5).replace('-', '/')} ${words}`]
    .slice(-MOST_SAID)
    .join('\n')

/** Why a row cannot be answered so; null when it can. */
export function answerFault(row: Row, answer: Answer, whoId: string): Refusal | null {
  const open: readonly RowStatus[] = answer === 'accept' ? ['sent'] : ['sent', 'accepted']
  if (open.includes(row.status)) return null
  const mine = row.answeredBy === whoId
  const by = row.answeredByName ?? ''
  const was = {
    accepted: { zh: '接收', en: 'accepted' },
    declined: { zh: '退回', en: 'declined' },
    done: { zh: '办结', en: 'finished' },
    sent: { zh: '', en: '' },
  }[row.status]
  return refuse(
    `第 ${row.number} 条（${row.clientName}）${mine ? '您已' : `已由${by}`}${was.zh}，没有重复登记。`,
    `Row ${row.number} (${row.clientName}) was ${was.en} by ${mine ? 'you' : by} already.`,
  )
}

const REASON_WORDS: readonly (readonly [RegExp, Reason])[] = [
  [/不符合|不够|资质|条件|准入|not eligible|ineligible/i, 'not-eligible'],
  [/联系不上|打不通|没接|没人接|空号|unreachable|no answer/i, 'unreachable'],
  [/重复|已有|已经有|已办|已开|has it|already|duplicate/i, 'has-it'],
  [/区域|外地|地区|不在辖|out of area|area/i, 'out-of-area'],
  [
    /没兴趣|无意向|没意向|不需要|不要|不想|不办|拒绝|not interested|no interest|declined/i,
    'no-interest',
  ],
]

/** The reason that an officer's words come to; null for no words at all. */
export function reasonOf(words: string): Reason | null {
  if (!words.trim()) return null
  const named = REASONS.find((reason) => reason === words.trim())
  return named ?? REASON_WORDS.find(([pattern]) => pattern.test(words))?.[1] ?? 'other'
}
