import type { Feature } from '../../bot/feature.ts'
import { showHistory } from './answer/show-history.ts'
import { showTier } from './answer/show-tier.ts'
import { carryMoves, carryMovesLater, tellMoves } from './approvals/carry-on.ts'
import { approve, approveAll, reject, rejectForm } from './approvals/decide-moves.ts'
import { listPending } from './approvals/list-pending.ts'
import { retierEverybody } from './book/retier-all.ts'
import { factForm } from './entry/fact-form.ts'
import { recordFacts } from './entry/record-facts.ts'

export const tiers: Feature = {
  commands: [
    showTier,
    showHistory,
    recordFacts,
    factForm,
    listPending,
    approve,
    approveAll,
    reject,
    rejectForm,
  ],
  jobs: [retierEverybody, tellMoves, carryMoves, carryMovesLater],
}
