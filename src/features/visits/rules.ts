import { z } from 'zod'
import { amountField, dayField, timeField } from '../../bot/grammar/fields.ts'
import { addDays, type Day } from '../../core/calendar/time.ts'
import type { Workdays } from '../../core/calendar/workdays.ts'
import type { OutcomeKind } from '../../core/outcome.ts'
import { clientRef } from '../clients/resolve-client.ts'
import type { Client } from '../clients/rules.ts'
import type { Playbook } from '../playbook/rules.ts'
import type { Agreed } from '../tasks/hours-rules.ts'
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
  { agreedOn, agreedAt }: Agreed,
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
  return {
    task: {
      kind: 'visit',
      dueOn,
      dueTime: agreedAt,
      priority,
      base,
      reason: 'care',
      attempt: 0,
      asked,
    },
  }
}

export const visitInput = z.object({
  ...clientRef,
  visitedOn: dayField,
  /** The code of a kind. */
  outcome: z.string().max(40).nullable().default(null),
  amount: amountField,
  /** Codes of what was wanted, and of what else. */
  product: z.string().max(40).nullable().default(null),
  also: z.array(z.string().max(40)).max(5).default([]),
  nextDate: dayField,
  /** The hour of that day; without a day, of today. */
  nextTime: timeField,
  note: z.string().trim().min(1, '请写走访情况。 Please say how it went.').max(500),
  uploadId: z.uuid().optional(),
})

export type VisitInput = z.infer<typeof visitInput>

export interface VisitFacts {
  readonly client: Client
  /** What the visit came to; null: nothing but its note. */
  readonly kind: OutcomeKind | null
  readonly agreed: Agreed
  readonly next: Next
  /** In its small form; null: none was sent. */
  readonly photo: Buffer | null
}

export interface Visited extends VisitFacts {
  readonly visit: VisitInput
  readonly visitedOn: Day
}
