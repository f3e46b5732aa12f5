import { type Day, daysBetween } from '../../../core/calendar/time.ts'
import { WORTHS, type WorthFacts, worthOf } from '../../clients/filter/rules.ts'
import type { Playbook } from '../../playbook/rules.ts'

/** What raises a task above its step's weight; the line on the list says it. */
export type Because =
  | 'overdue'
  | 'wants-now'
  | 'key-slipping'
  | 'unused'
  | 'quiet'
  | 'credit-ends'
  | 'worth'

/** What the priority of a task looks at. */
export interface PriorityFacts {
  /** What the step weighs that made it. */
  readonly base: number
  readonly tier: string | null
  readonly dueOn: Day
  readonly enteredOn: Day
  readonly lastContactOn: Day | null
  readonly creditExpiresOn: Day | null
  readonly unusedSince: Day | null
  /** The client has an open need that is urgent or wanted within a week. */
  readonly wantsNow: boolean
  readonly brings: WorthFacts
}

/** How soon a need must be wanted to count as wanted now, in days. */
export const NOW_DAYS = 7

/** The points that what a client brings adds; what nobody knows, or a loss, adds none. */
function worthPoints({ worth }: Playbook['weights'], brings: WorthFacts): number {
  const points = WORTHS.map((part) => {
    const full = worth[part]
    if (full === null) return 0
    const yuan = Math.floor((worthOf(brings, part) ?? 0) + 0.5)
    return Math.floor((worth.most * Math.min(full, yuan)) / full)
  })
  return Math.max(0, ...points)
}

/**
 * How much a task is worth doing on a day, 0 to 100, and what raised it most; null: nothing did.
 * `care/priority-sql.ts` says the same in SQL.
 */
export function weigh(
  playbook: Playbook,
  facts: PriorityFacts,
  today: Day,
): { readonly priority: number; readonly because: Because | null } {
  const { weights, events, tierWeight, care } = playbook
  const { base, tier, dueOn, enteredOn, lastContactOn, creditExpiresOn, unusedSince } = facts
  const worth = worthPoints(weights, facts.brings)
  const quietFor = daysBetween(lastContactOn ?? enteredOn, today)
  const rhythm = care[tier ?? '']?.call ?? null
  const key = tier !== null && weights.keyTiers.includes(tier)
  const creditDays = creditExpiresOn ? daysBetween(today, creditExpiresOn) : -1
  const late = Math.max(0, daysBetween(dueOn, today))
  const raised: readonly (readonly [Because, number])[] = [
    ['overdue', Math.min(weights.overdue.most, late * weights.overdue.perDay)],
    ['wants-now', facts.wantsNow ? weights['wants-now'] : 0],
    ['key-slipping', key && rhythm !== null && quietFor > rhythm ? weights['key-slipping'] : 0],
    [
      'credit-ends',
      events['credit-due'] && creditDays >= 0 && creditDays <= events['credit-due'].days
        ? weights['credit-ends']
        : 0,
    ],
    [
      'unused',
      events.unused && unusedSince && daysBetween(unusedSince, today) >= events.unused.days
        ? weights.unused
        : 0,
    ],
    ['quiet', events.quiet && quietFor >= events.quiet.days ? weights.quiet : 0],
    ['worth', worth],
  ]
  const sum = raised.reduce((total, [, weight]) => total + weight, base)
  // Nobody is called worth much for a part of it.
  const told = raised.filter(([word]) => word !== 'worth' || worth === weights.worth.most)
  const most = Math.max(...told.map(([, weight]) => weight))
  return {
    priority: Math.max(0, Math.min(100, sum + (tierWeight[tier ?? ''] ?? 0))),
    because: most > 0 ? (told.find(([, weight]) => weight === most)?.[0] ?? null) : null,
  }
}
