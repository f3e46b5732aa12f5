import type { Feature } from '../../bot/feature.ts'
import { codePoster, codeSheet } from './codes/draw-picture.ts'
import { endCode } from './codes/end-code.ts'
import { myCode, refer } from './codes/show-code.ts'
import { keepContactCodes } from './contact-codes/keep-codes.ts'
import { keepQuietAboutUndone, tellOfGrant } from './entries/tell-granted.ts'
import { myReferrals, referralFigures } from './figures/show-figures.ts'
import { landingPage } from './landing/landing-page.ts'
import { settlePoints } from './points/ledger/settle.ts'
import { payPoints, pointsList } from './points/payout/draw-payout.ts'
import { pointsPayout } from './points/payout/payout-request.ts'
import { endPointsRule } from './points/rule/end-rule.ts'
import { pointsRuleForm } from './points/rule/rule-form.ts'
import { pointsRule } from './points/rule/rule-request.ts'
import { setPointsRule } from './points/rule/set-rule.ts'
import { showPoints } from './points/rule/show-points.ts'
import { askErasure } from './privacy/ask-erasure.ts'
import { eraseBlocked } from './privacy/blocked/erase-blocked.ts'
import { confirmErasure, declineErasure } from './privacy/decide-erasure.ts'
import { lapseErasures } from './privacy/lapse-erasures.ts'
import { purgeReferrals } from './privacy/purge.ts'
import { redactNotesWork } from './privacy/redact-notes.ts'
import { listHeld } from './review/list-held.ts'
import { reviewEntry } from './review/review-entry.ts'

export const referrals: Feature = {
  topic: { zh: '转介', en: 'referrals' },
  commands: [
    myCode,
    refer,
    codePoster,
    codeSheet,
    endCode,
    myReferrals,
    referralFigures,
    listHeld,
    reviewEntry,
    askErasure,
    confirmErasure,
    declineErasure,
    showPoints,
    pointsRuleForm,
    setPointsRule,
    endPointsRule,
    payPoints,
    pointsList,
  ],
  requestKinds: [pointsRule, pointsPayout],
  reactions: [tellOfGrant, keepQuietAboutUndone],
  jobs: [purgeReferrals, lapseErasures, eraseBlocked, settlePoints],
  works: [redactNotesWork, keepContactCodes],
  pages: [landingPage],
}
