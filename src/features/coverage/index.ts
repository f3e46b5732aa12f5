import type { Feature } from '../../bot/feature.ts'
import { askForGaps } from './ask-for-coverage.ts'
import { setKeyProducts, setTalk, showKeyProducts } from './key-products.ts'
import { showCoverage } from './show-coverage.ts'

export const coverage: Feature = {
  topic: { zh: '产品', en: 'products' },
  commands: [showKeyProducts, setTalk, setKeyProducts, showCoverage],
  jobs: [askForGaps],
}
