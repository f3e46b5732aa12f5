import type { Feature } from '../../bot/feature.ts'
import { showPipeline } from './show-pipeline.ts'

export const pipeline: Feature = {
  topic: { zh: '团队', en: 'team' },
  commands: [showPipeline],
}
