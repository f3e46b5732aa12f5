import type { Feature } from '../../bot/feature.ts'
import { showSources } from './show-sources.ts'

export const sources: Feature = {
  topic: { zh: '团队', en: 'team' },
  commands: [showSources],
}
