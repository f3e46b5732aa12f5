import { completePlaybook } from './rules.ts'
import { SHIPPED_PLAYBOOK } from './shipped-playbook.ts'

const { events, weights, escalation, ceiling, quietHours, sizes } = completePlaybook.shape

/** A playbook as it is kept: a section that an older version leaves out is as shipped. */
export const playbookSchema = completePlaybook.extend({
  events: events.default(() => SHIPPED_PLAYBOOK.events),
  weights: weights.default(() => SHIPPED_PLAYBOOK.weights),
  escalation: escalation.default(() => SHIPPED_PLAYBOOK.escalation),
  ceiling: ceiling.default(() => SHIPPED_PLAYBOOK.ceiling),
  quietHours: quietHours.default(() => SHIPPED_PLAYBOOK.quietHours),
  sizes: sizes.default(() => SHIPPED_PLAYBOOK.sizes),
})
