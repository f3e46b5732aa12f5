import type { Feature } from '../../bot/feature.ts'
import { needForm, registerNeed } from './register-need.ts'

export const needIntake: Feature = {
  topic: { zh: '需求', en: 'needs' },
  commands: [registerNeed, needForm],
}
