import type { Feature } from '../../bot/feature.ts'
import { acceptNeeds, answerForm, declineNeeds, finishNeeds, returnBook } from './answer-needs.ts'
import { dayNotes } from './day-notes.ts'
import { sendLists } from './send-lists.ts'
import { changeRhythm, departmentFigures, openBook, showHandOver } from './show-hand-over.ts'

export const handover: Feature = {
  topic: { zh: '需求', en: 'needs' },
  commands: [
    acceptNeeds,
    declineNeeds,
    finishNeeds,
    answerForm,
    returnBook,
    openBook,
    departmentFigures,
    changeRhythm,
    showHandOver,
  ],
  jobs: [sendLists],
  dayNotes,
}
