import type { Feature } from '../../bot/feature.ts'
import { showTier } from './show-tier.ts'

export const tiers: Feature = { commands: [showTier] }
