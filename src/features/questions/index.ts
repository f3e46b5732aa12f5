import type { Feature } from '../../bot/feature.ts'
import { ask } from './ask.ts'

export const questions: Feature = {
  topic: { zh: '提问', en: 'questions' },
  commands: [ask],
}
