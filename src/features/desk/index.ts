import type { Feature } from '../../bot/feature.ts'
import { deskPages } from './desk-page.ts'
import { exportFigures } from './export-figures.ts'
import { factorReset, resetFactor } from './second-factor/reset-factor.ts'
import { endSessions } from './sessions/end-sessions.ts'
import { listSessions } from './sessions/list-sessions.ts'
import { showDesk } from './show-desk.ts'
import { settleUndelivered } from './undelivered/settle-undelivered.ts'

export const desk: Feature = {
  topic: { zh: '看板', en: 'pages' },
  commands: [showDesk, listSessions, endSessions, resetFactor, exportFigures, settleUndelivered],
  requestKinds: [factorReset],
  pages: [deskPages],
}
