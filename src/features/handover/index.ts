import type { Feature } from '../../bot/feature.ts'
import {
  acceptNeeds,
  answerForm,
  declineNeeds,
  finishNeeds,
  progressNeeds,
  returnBook,
} from './answer-needs.ts'
import { dayNotes } from './day-notes.ts'
import { findNeed } from './find-need.ts'
import { sendLists } from './send-lists.ts'
import { changeRhythm, departmentFigures, openBook, showHandOver } from './show-hand-over.ts'

export const handover: Feature = {
  topic: { zh: '需求', en: 'needs' },
  commands: [
    acceptNeeds,
    progressNeeds,
    declineNeeds,
    finishNeeds,
    answerForm,
    returnBook,
    findNeed,
    openBook,
    departmentFigures,
    changeRhythm,
    showHandOver,
  ],
  jobs: [sendLists],
  dayNotes,
}
