import type { Feature } from '../../bot/feature.ts'
import { refreshHome, showHome, standingHome } from './show-home.ts'

export const home: Feature = {
  topic: { zh: '任务', en: 'tasks' },
  commands: [showHome],
  reactions: refreshHome,
  liveCards: [standingHome],
}
