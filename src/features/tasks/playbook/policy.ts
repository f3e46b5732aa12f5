import { may } from '../../../bot/policy.ts'
import { type Edition, notItsMaker } from '../../editions/rules.ts'

/** Whoever sees clients sees by which rules they are cared for. */
export const showPlaybook = may({
  manager: 'bank',
  lead: 'bank',
  head: 'bank',
  marketing: 'bank',
  risk: 'bank',
})

/** Marketing edits the playbook. */
export const editPlaybook = may({ marketing: 'bank' })

/** A second person of marketing publishes it. */
export const publishPlaybook = may<{ readonly draft: Edition }>(
  editPlaybook.reach,
  (who, { draft }) => notItsMaker(who, draft),
)
