import type { Feature } from '../../bot/feature.ts'
import { showHistory } from './answer/show-history.ts'
import { showTier } from './answer/show-tier.ts'
import { carryMoves, carryMovesLater, tellMoves } from './approvals/carry-on.ts'
import { approve, approveAll, reject, rejectForm } from './approvals/decide-moves.ts'
import { listPending } from './approvals/list-pending.ts'
import { retierEverybody } from './batch/retier-all.ts'
import { factForm } from './entry/fact-form.ts'
import { recordFacts } from './entry/record-facts.ts'
import { markIndustry } from './industries/mark-industry.ts'
import { lapseNamed } from './nominations/lapse-nominations.ts'
import { nameForAdjustment, nameForExit, releaseClient } from './nominations/nominate-client.ts'
import { showOverview } from './overview/show-overview.ts'
import { retier } from './retier.ts'
import { exportStandard, importStandard, setLimit } from './standards/edit-draft.ts'
import { dropDraft, dryRunStandard, publishStandard } from './standards/publish-draft.ts'
import { showDraft, showStandard } from './standards/show-version.ts'
import { undo } from './undo.ts'

export const tiers: Feature = {
  topic: { zh: '分层', en: 'tiers' },
  commands: [
    showTier,
    showHistory,
    showOverview,
    recordFacts,
    factForm,
    listPending,
    approve,
    approveAll,
    reject,
    rejectForm,
    showStandard,
    showDraft,
    exportStandard,
    importStandard,
    setLimit,
    markIndustry,
    dryRunStandard,
    publishStandard,
    dropDraft,
    nameForAdjustment,
    nameForExit,
    releaseClient,
  ],
  jobs: [lapseNamed, retierEverybody, tellMoves, carryMoves, carryMovesLater],
  undo,
  clientEntered: (tx, clientIds, { at }) => retier(tx, clientIds, at.today),
}
