import type { Feature } from '../../bot/feature.ts'
import { keepMonths } from './quality/keep-month.ts'
import { showQuality } from './quality/show-quality.ts'
import { showSources } from './show-sources.ts'

export const sources: Feature = {
  topic: { zh: '团队', en: 'team' },
  commands: [showSources, showQuality],
  jobs: [keepMonths],
}
