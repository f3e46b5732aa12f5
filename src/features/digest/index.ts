import type { Feature } from '../../bot/feature.ts'
import { remindIdle } from './day/remind-idle.ts'
import { showDay } from './day/show-day.ts'
import { sendEvening, sendWeekly } from './send-digests.ts'

export const digest: Feature = {
  topic: { zh: '团队', en: 'team' },
  commands: [showDay, remindIdle],
  jobs: [sendEvening, sendWeekly],
}
