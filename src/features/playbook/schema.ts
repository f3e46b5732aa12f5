import { z } from 'zod'
import { completePlaybook } from './rules.ts'
import { SHIPPED_PLAYBOOK } from './shipped-playbook.ts'

const { events, weights, escalation, ceiling, quietHours, sizes } = completePlaybook.shape

const ofRecord = z.record(z.string(), z.unknown())

/** A playbook as it is kept: a section or an event that an older version leaves out is as shipped. */
export const playbookSchema = completePlaybook.extend({
  events: ofRecord
    .default({})
    .transform((kept) => ({ ...SHIPPED_PLAYBOOK.events, ...kept }))
    .pipe(events),
  weights: weights.default(() => SHIPPED_PLAYBOOK.weights),
  escalation: escalation.default(() => SHIPPED_PLAYBOOK.escalation),
  ceiling: ceiling.default(() => SHIPPED_PLAYBOOK.ceiling),
  quietHours: quietHours.default(() => SHIPPED_PLAYBOOK.quietHours),
  sizes: sizes.default(() => SHIPPED_PLAYBOOK.sizes),
})
