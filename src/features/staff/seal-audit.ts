import { sealDays } from '../../bot/audit-seals.ts'
import type { Job } from '../../bot/feature.ts'

/** The audit trail of the days that are over is sealed; hours later, when nothing of them is under way. */
export const sealAudit: Job = {
  name: 'seal-audit',
  at: () => '03:41',
  catchUpHours: 20,
  run: ({ database }, moment) =>
    database.transaction(async (tx) => {
      await sealDays(tx, moment)
    }),
}
