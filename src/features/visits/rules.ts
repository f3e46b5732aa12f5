import { addDays, type Day } from '../../core/calendar/time.ts'
import type { Workdays } from '../../core/calendar/workdays.ts'
import type { Playbook } from '../playbook/rules.ts'
import { type Next, type NoNext, within } from '../tasks/rules.ts'

/**
 * What follows a visit that came to no outcome: another on the day that was agreed, else by the tier's
 * rhythm of visits, when the contact ceiling allows it.
 */
export function nextVisit(
  playbook: Playbook,
  client: {
    readonly tier: string | null
    readonly noMarketing: NoNext | null
    readonly contacts: readonly Day[]
  },
  agreedOn: Day | null,
  visitedOn: Day,
  workdays: Workdays,
): Next {
  if (client.noMarketing) return { none: client.noMarketing }
  const every = playbook.care[client.tier ?? '']?.visit ?? null
  if (!agreedOn && every === null) return { none: 'no-rhythm' }
  const dueOn = agreedOn
    ? workdays.onOrAfter(agreedOn)
    : within(playbook, client.contacts, addDays(visitedOn, every ?? 0), workdays)
  const base = playbook.weights.care
  const priority = Math.min(100, base + (playbook.tierWeight[client.tier ?? ''] ?? 0))
  const asked = agreedOn !== null
  return { task: { kind: 'visit', dueOn, priority, base, reason: 'care', attempt: 0, asked } }
}
