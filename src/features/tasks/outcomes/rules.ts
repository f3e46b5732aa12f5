import { z } from 'zod'
import { amountField, dayField, noteField, timeField } from '../../../bot/grammar/fields.ts'
import type { OutcomeKind } from '../../../core/outcome.ts'
import type { Text } from '../../../core/text.ts'
import type { LoggedOutcome } from '../correct/logged-outcome.ts'
import type { Agreed } from '../hours-rules.ts'
import type { AtOnce } from '../list/at-once.ts'
import type { TaskLine, UpNext } from '../list/line-store.ts'
import type { Next } from '../rules.ts'

export const outcomeItem = z.object({
  task: z.int().positive().optional(),
  taskId: z.uuid().optional(),
  /** Of what was logged last, where nothing is named: 改成拒绝. */
  last: z.literal(true).optional(),
  /** Without a task, whom it is about; beside a number, whose that is said to be. */
  named: z.string().trim().min(1).max(40).optional(),
  clientId: z.uuid().optional(),
  /** The code of a kind. */
  outcome: z.string().max(40),
  amount: amountField,
  product: z
    .string()
    .nullable()
    .default(null)
    .transform((value) => value || null),
  /** Codes of what else was said. */
  also: z.array(z.string().max(40)).max(5).default([]),
  nextDate: dayField,
  /** The hour of that day; without a day, of today. */
  nextTime: timeField,
  note: noteField,
  /** A word said that what was logged before never was. */
  correction: z.boolean().default(false),
})

export type OutcomeItem = z.infer<typeof outcomeItem>

/** A form sends one item without the list around it. */
export const outcomesInput = z.preprocess(
  (sent) => (typeof sent === 'object' && sent && !('items' in sent) ? { items: [sent] } : sent),
  z.object({ items: z.array(outcomeItem).min(1).max(20) }),
)

export type OutcomesInput = z.infer<typeof outcomesInput>

export interface Logged {
  readonly item: OutcomeItem
  readonly kind: OutcomeKind
  readonly agreed: Agreed
  readonly task: TaskLine
  readonly next: Next
  /** What it corrects; null: nothing was logged for this task today. */
  readonly was: LoggedOutcome | null
  /** False: what the client said closes no task. */
  readonly closes: boolean
}

/** What could be logged, and a sentence for each item that could not. */
export interface LoggedOutcomes {
  readonly logged: readonly Logged[]
  readonly refused: readonly Text[]
  readonly upNext: UpNext | null
  /** What else is at the hours that were agreed. */
  readonly beside: readonly AtOnce[]
}
