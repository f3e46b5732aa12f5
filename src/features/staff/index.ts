import type { Feature } from '../../bot/feature.ts'
import { disownAccount } from './disown-account.ts'
import { enrolStaff } from './enrol-staff.ts'
import { sealAudit } from './seal-audit.ts'
import { strikeCodes } from './strike-codes.ts'
import { purgeOld } from './terms/purge-old.ts'
import { watchConduct } from './watch/watch-conduct.ts'

export const staff: Feature = {
  topic: { zh: '团队', en: 'team' },
  commands: [enrolStaff, disownAccount],
  jobs: [strikeCodes, sealAudit, purgeOld, watchConduct],
}
