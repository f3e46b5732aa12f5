import type { Feature } from '../../bot/feature.ts'
import { dayNotes } from './day-notes.ts'
import { quotaSheet } from './quota-sheet.ts'
import { setQuota } from './set-quota.ts'
import { showQuotas } from './show-quotas.ts'

export const quotas: Feature = {
  topic: { zh: '团队', en: 'team' },
  commands: [setQuota, showQuotas, quotaSheet],
  dayNotes,
}
