import type { Feature } from '../../bot/feature.ts'
import { dayNotes } from './day-notes.ts'
import { showParts } from './parts/show-parts.ts'
import { splitQuota } from './parts/split-quota.ts'
import { quotaSheet } from './quota-sheet.ts'
import { setQuota } from './set-quota.ts'
import { showQuotas } from './show-quotas.ts'
import { undo } from './undo.ts'

export const quotas: Feature = {
  topic: { zh: '团队', en: 'team' },
  commands: [setQuota, showQuotas, splitQuota, showParts, quotaSheet],
  dayNotes,
  undo,
}
