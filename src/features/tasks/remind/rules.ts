import type { Moment } from '../../../bot/moment.ts'
import type { Address } from '../../../bot/outbox/enqueue.ts'
import { timeIn } from '../../../core/calendar/time.ts'
import { type Refusal, refuse } from '../../../core/decision.ts'
import { type Hours, quietAt } from '../../playbook/contact-rules.ts'

/** So many are reminded at once. */
export const MOST_REMINDED = 500

/** Somebody who did nothing yet of what they were given. */
export interface Remindable {
  readonly id: string
  readonly name: string
  readonly unitPath: string
  /** Asked not to be written to today. */
  readonly muted: boolean
  /** Somebody's reminder of it was queued for them today. */
  readonly reminded: boolean
  /** Tasks that are due; absent: it is about none. */
  readonly open?: number
}

/** What decides who is reminded. */
export interface Reminding<Person extends Remindable> {
  readonly people: readonly Person[]
  readonly addresses: readonly Address[]
  readonly quietHours: readonly Hours[]
}

export type WhyNot = 'reminded' | 'muted' | 'off' | 'nothing-due' | 'unreached'

/** Who is reminded, and who is not and why. */
export interface Reminded<Person extends Remindable = Remindable> {
  readonly reminded: readonly Person[]
  readonly others: readonly (readonly [WhyNot, readonly Person[]])[]
  /** `HH:MM`, when it comes where it is quiet now; null: at once. */
  readonly hour: string | null
  readonly addresses: readonly Address[]
}

/** Sorts people by whether they are reminded now; refuses where it is quiet for the rest of the day. */
export function sortReminders<Person extends Remindable>(
  { people, addresses, quietHours }: Reminding<Person>,
  at: Moment,
): Reminded<Person> | Refusal {
  const time = timeIn(at.now, at.timezone)
  const quiet = quietAt(quietHours, time)
  if (quiet && quiet.until <= time) {
    return refuse(
      `现在是免打扰时段（${quiet.from}-${quiet.until}），今天不再提醒；明天再说。`,
      `It is quiet (${quiet.from}-${quiet.until}) until tomorrow, so nobody was reminded.`,
    )
  }
  const reached = new Set(addresses.map(({ staffId }) => staffId))
  const groups = Map.groupBy(people, (person) =>
    whyNot(person, {
      works: at.workdays.of(person.unitPath).isWorkday(at.today),
      reached: reached.has(person.id),
    }),
  )
  const others = [...groups].flatMap(([why, those]) =>
    why === null ? [] : [[why, those] as const],
  )
  return { reminded: groups.get(null) ?? [], others, hour: quiet?.until ?? null, addresses }
}

/** Why somebody is left alone; null: they are reminded. */
function whyNot(
  { reminded, muted, open }: Remindable,
  { works, reached }: { readonly works: boolean; readonly reached: boolean },
): WhyNot | null {
  if (reminded) return 'reminded'
  if (muted) return 'muted'
  if (!works) return 'off'
  if (open === 0) return 'nothing-due'
  return reached ? null : 'unreached'
}
