import type { Feature } from '../../bot/feature.ts'
import { sendEvening, sendWeekly } from './send-digests.ts'

export const digest: Feature = {
  topic: { zh: '团队', en: 'team' },
  jobs: [sendEvening, sendWeekly],
}
