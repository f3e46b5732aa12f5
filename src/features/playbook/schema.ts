import { z } from 'zod'
import { completePlaybook } from './rules.ts'
import { SHIPPED_PLAYBOOK } from './shipped-playbook.ts'

const { outcomes, events, weights, escalation, ceiling, quietHours, sizes } = completePlaybook.shape

const ofRecord = z.record(z.string(), z.unknown())

/** What followed the kinds of outcome before they were data: a step for each, of "no answer" two. */
const former = z.object({
  'no-answer': z.object({ again: z.unknown(), times: z.number(), later: z.unknown() }),
})

/** Of a version from before they were data, the kinds are those shipped, with what followed them then. */
function upgraded(kept: Record<string, unknown>): Record<string, unknown> {
  const before = former.safeParse(kept).data?.['no-answer']
  if (!before) return kept
  return Object.fromEntries(
    Object.entries(SHIPPED_PLAYBOOK.outcomes).map(([code, kind]) => {
      if (code !== 'no-answer') return [code, { ...kind, next: kept[code] ?? kind.next }]
      return [code, { ...kind, next: before.again, times: before.times, later: before.later }]
    }),
  )
}

/** A playbook as it is kept: a section, an event or a weight that an older version leaves out is as shipped. */
export const playbookSchema = completePlaybook.extend({
  outcomes: ofRecord.transform(upgraded).pipe(outcomes),
  events: ofRecord
    .default({})
    .transform((kept) => ({ ...SHIPPED_PLAYBOOK.events, ...kept }))
    .pipe(events),
  weights: ofRecord
    .default({})
    .transform((kept) => ({ ...SHIPPED_PLAYBOOK.weights, ...kept }))
    .pipe(weights),
  escalation: escalation.default(() => SHIPPED_PLAYBOOK.escalation),
  ceiling: ceiling.default(() => SHIPPED_PLAYBOOK.ceiling),
  quietHours: quietHours.default(() => SHIPPED_PLAYBOOK.quietHours),
  sizes: sizes.default(() => SHIPPED_PLAYBOOK.sizes),
})
