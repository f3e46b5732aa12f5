import type { Feature } from '../../bot/feature.ts'
import { assignLine, showLines } from './catalogue/assign-line.ts'
import { changeCatalogue, showCatalogue } from './catalogue/change-catalogue.ts'
import { needForm, registerNeed } from './register-need.ts'

export const needs: Feature = {
  topic: { zh: '需求', en: 'needs' },
  commands: [registerNeed, needForm, showCatalogue, changeCatalogue, showLines, assignLine],
}
