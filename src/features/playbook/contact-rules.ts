import { addDays, type Day } from '../../core/calendar/time.ts'
import { MOST_CONTACTS, type Playbook, type TaskKind } from './rules.ts'

/** Tasks that market to a client: barred ones get none, and the contact ceiling holds them back. */
export const MARKETING_KINDS = [
  'call',
  'cross-sell',
  'visit',
  'campaign',
  'list',
  'referral',
] as const satisfies readonly TaskKind[]

export const isMarketing = (kind: TaskKind): boolean =>
  (MARKETING_KINDS as readonly TaskKind[]).includes(kind)

/** A client's days of contact, newest first, with one more; a day counts once. */
export const contactedOn = (contacts: readonly Day[], today: Day): Day[] =>
  [...new Set([today, ...contacts])].sort().reverse().slice(0, MOST_CONTACTS)

/** The first day on which the ceiling allows one more contact; null: any day. */
export function freeFrom({ ceiling }: Playbook, contacts: readonly Day[]): Day | null {
  const reached = contacts[ceiling.touches - 1]
  return reached ? addDays(reached, ceiling.days) : null
}

/** Hours of a day, `HH:MM`; `until` before `from` is of the next morning. */
export interface Hours {
  readonly from: string
  readonly until: string
}

/** The quiet hours that a time of day, `HH:MM`, falls in; null: it may be called. */
export const quietAt = (quiet: readonly Hours[], time: string): Hours | null =>
  quiet.find(({ from, until }) =>
    from <= until ? from <= time && time < until : time >= from || time < until,
  ) ?? null
