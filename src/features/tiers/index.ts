import type { Feature } from '../../bot/feature.ts'
import { showHistory } from './answer/show-history.ts'
import { showTier } from './answer/show-tier.ts'
import { retierEverybody } from './book/retier-all.ts'
import { factForm } from './entry/fact-form.ts'
import { recordFacts } from './entry/record-facts.ts'

export const tiers: Feature = {
  commands: [showTier, showHistory, recordFacts, factForm],
  jobs: [retierEverybody],
}
