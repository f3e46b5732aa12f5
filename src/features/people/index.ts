import type { Feature } from '../../bot/feature.ts'
import { endAbsence } from './absence/end-absence.ts'
import { enterAbsence } from './absence/enter-absence.ts'
import { changeSetting, mute, unmute } from './settings/change-settings.ts'

export const people: Feature = {
  topic: { zh: '团队', en: 'team' },
  commands: [enterAbsence, endAbsence, changeSetting, mute, unmute],
}
