import { may } from '../../bot/policy.ts'
import { refuse } from '../../core/decision.ts'
import { type Edition, notItsMaker } from '../editions/rules.ts'
import { ownLines, secondPerson } from './approvals/maker-cards.ts'
import type { PendingMove } from './approvals/rules.ts'

export { seeClients as showTier } from '../staff/policy.ts'

/** Leads, heads, marketing and risk see how the clients they answer for spread over the tiers. */
export const showOverview = may({
  lead: 'unit below',
  head: 'unit below',
  marketing: 'bank',
  risk: 'bank',
})

/** Whoever serves a client, their lead, marketing and risk record facts; `barredFrom` says which. */
export const recordFacts = may({
  manager: 'serves',
  lead: 'unit below',
  marketing: 'bank',
  risk: 'bank',
})

/** Marketing and risk see the moves that wait for them. */
export const seePending = may({ marketing: 'bank', risk: 'bank' })

/** They decide them, but for those that they brought about themselves. */
export const decideMoves = may<{
  /** Asked for, and brought about by others. */
  readonly moves: readonly PendingMove[]
  /** Asked for, and brought about by the asker. */
  readonly own: readonly PendingMove[]
  readonly colleagues: readonly string[]
}>(seePending.reach, (who, { moves, own, colleagues }) =>
  moves.length > 0
    ? null
    : refuse(
        [...ownLines(own, who.id, 'zh'), secondPerson(colleagues, 'zh')].join('\n'),
        [...ownLines(own, who.id, 'en'), secondPerson(colleagues, 'en')].join('\n'),
      ),
)

/** Marketing names clients for E, risk for F; each ends its own nominations. */
export const nominateForAdjustment = may({ marketing: 'bank' })
export const nominateForExit = may({ risk: 'bank' })
export const release = may({ marketing: 'bank', risk: 'bank' })

/** Whoever sees clients sees by which standards they are tiered. */
export const showStandard = may({
  manager: 'bank',
  lead: 'bank',
  head: 'bank',
  marketing: 'bank',
  risk: 'bank',
})

/** Marketing edits the standards. */
export const editStandard = may({ marketing: 'bank' })

/** A second person of marketing publishes them. */
export const publishStandard = may<{ readonly edition: Edition }>(
  editStandard.reach,
  (who, { edition }) => notItsMaker(who, edition),
)
