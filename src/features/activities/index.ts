import type { Feature } from '../../bot/feature.ts'
import { doorPage } from './door-page.ts'
import { attend, invite } from './invite.ts'
import {
  activityForm,
  cancelActivity,
  doorCode,
  saveActivity,
  showActivity,
} from './keep-activity.ts'
import { planSeries } from './plan-series.ts'
import { undo } from './undo.ts'

export const activities: Feature = {
  topic: { zh: '客户活动', en: 'events' },
  commands: [
    activityForm,
    saveActivity,
    planSeries,
    showActivity,
    invite,
    attend,
    doorCode,
    cancelActivity,
  ],
  pages: [doorPage],
  undo,
}
