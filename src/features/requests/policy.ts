import { everyone, may } from '../../bot/policy.ts'
import { refuse } from '../../core/decision.ts'

/** Everybody sees what waits for them, and what they asked for. */
export const seeRequests = may(everyone('self'))

export const notTheirs = refuse(
  '这件事已经处理过、已失效，或不归您确认。',
  'This was decided before, has lapsed, or is not yours to confirm.',
)

/** Whoever the kind of request names as its second person; never who asked, nor whom it is about. */
export const decideRequest = may<{ readonly confirmers: readonly string[] }>(
  { head: 'bank', marketing: 'bank', risk: 'bank' },
  (who, { confirmers }) => (confirmers.includes(who.id) ? null : notTheirs),
)
