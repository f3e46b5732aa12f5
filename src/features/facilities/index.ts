import type { Feature } from '../../bot/feature.ts'
import { askClaims } from './claims/ask-claims.ts'
import { confirmLoan } from './confirm/confirm-loan.ts'
import { settleLoan } from './confirm/settle-loan.ts'
import { passDay } from './night/pass-day.ts'
import { undo } from './taken-back/undo.ts'

export const facilities: Feature = {
  topic: { zh: '授信', en: 'facilities' },
  commands: [confirmLoan, settleLoan],
  jobs: [passDay, askClaims],
  undo,
}
