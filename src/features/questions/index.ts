import type { Feature } from '../../bot/feature.ts'
import { ask } from './ask.ts'
import { dropSegment, saveSegment } from './segments/keep-segment.ts'
import { listSegments } from './segments/list-segments.ts'
import { showSegment } from './segments/show-segment.ts'

export const questions: Feature = {
  topic: { zh: '提问', en: 'questions' },
  commands: [ask],
}

/** A choice of clients, kept under a name. */
export const segments: Feature = {
  topic: { zh: '客群', en: 'segments' },
  commands: [listSegments, showSegment, saveSegment, dropSegment],
}
