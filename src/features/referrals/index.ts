import type { Feature } from '../../bot/feature.ts'
import { landingPage } from './landing-page.ts'
import { myCode, refer } from './show-code.ts'

export const referrals: Feature = { commands: [myCode, refer], pages: [landingPage] }
