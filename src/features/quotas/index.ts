import type { Feature } from '../../bot/feature.ts'
import { dayNotes } from './day-notes.ts'
import { quotaSheet, takeQuotaSheet } from './quota-sheet.ts'
import { setQuota } from './set-quota.ts'
import { showQuotas } from './show-quotas.ts'

export const quotas: Feature = {
  topic: { zh: '团队', en: 'team' },
  commands: [setQuota, showQuotas, quotaSheet, takeQuotaSheet],
  dayNotes,
}
