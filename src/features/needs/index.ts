import type { Feature } from '../../bot/feature.ts'
import { clientSection } from './client-section.ts'
import { undo } from './undo.ts'

export const needs: Feature = {
  topic: { zh: '需求', en: 'needs' },
  undo,
  clientSections: [clientSection],
}
