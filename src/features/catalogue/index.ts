import type { Feature } from '../../bot/feature.ts'
import { assignLine, showLines } from './assign-line.ts'
import { changeCatalogue, showCatalogue } from './change-catalogue.ts'

export const catalogue: Feature = {
  topic: { zh: '需求', en: 'needs' },
  commands: [showCatalogue, changeCatalogue, showLines, assignLine],
}
