import type { Feature } from '../../bot/feature.ts'
import { undo } from './taken-back/undo.ts'

export const facilities: Feature = {
  topic: { zh: '授信', en: 'facilities' },
  undo,
}
