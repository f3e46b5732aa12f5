import type { Feature } from '../../bot/feature.ts'
import { undo } from './undo.ts'

export const needs: Feature = {
  topic: { zh: '需求', en: 'needs' },
  undo,
}
