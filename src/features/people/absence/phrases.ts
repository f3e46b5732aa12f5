import type { Doubt, Reading } from '../../../bot/grammar/reading.ts'
import { readSpan } from '../../../bot/grammar/span.ts'
import type { Day } from '../../../core/calendar/time.ts'
import type { Workdays } from '../../../core/calendar/workdays.ts'

export interface AbsenceWords {
  from: Day | null
  until: Day | null
  standIn: string | null
}

const STAND_IN =
  /(?<![\s,;])[\s,;]*(?:(?:由|请)?\s*(?<before>[^\s,;]{1,40}?)\s*(?:代班|代理|顶班|替班)$|(?:代班|代理|顶班|替班|替|stand[ -]?in|cover(?:ed)?(?: by)?)\s*[:是]?\s*(?<after>[^\s,;]+))/i

/** Reads "12/1-12/5 代班 王五", "明天到周五 王五代班", "12月1日 代班 王五". */
export function readAbsence(rest: string, today: Day, workdays: Workdays): Reading<AbsenceWords> {
  if (!rest) return { kind: 'no' }
  const found = rest.match(STAND_IN)
  const standIn = found?.groups?.['after'] ?? lastWord(found?.groups?.['before']) ?? null
  const days = (
    found
      ? `${rest.slice(0, found.index)} ${firstWords(found.groups?.['before'])} ${rest.slice((found.index ?? 0) + found[0].length)}`
      : rest
  ).trim()
  const span = readSpan(days, today, workdays)
  const input = { from: span?.from ?? null, until: span?.until ?? null, standIn }
  const doubts: Doubt[] = []
  if (!span) {
    const ask = (slot: string, zh: string, en: string): Doubt => ({
      question: { zh, en },
      slots: [slot],
      expects: 'day',
    })
    doubts.push(
      ask('from', '从哪天开始请假？比如 12月1日。', 'From which day? For example 1 Dec.'),
      ask('until', '到哪天（含）？比如 12月5日。', 'Until which day, that one included?'),
    )
  }
  if (!standIn) {
    doubts.push({
      question: {
        zh: '这几天谁代班？请说姓名或工号。',
        en: 'Who stands in for you? A name or staff code.',
      },
      slots: ['standIn'],
      expects: 'colleague',
    })
  }
  const [first, ...more] = doubts
  return first ? { kind: 'asks', input, doubts: [first, ...more] } : { kind: 'understood', input }
}

/** In "明天到周五 王五代班" the days stand before the name. */
const lastWord = (said: string | undefined) => said?.split(/\s+/).at(-1)
const firstWords = (said: string | undefined) => said?.split(/\s+/).slice(0, -1).join(' ') ?? ''
