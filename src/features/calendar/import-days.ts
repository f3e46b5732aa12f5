import { z } from 'zod'
import { command } from '../../bot/command.ts'
import { wantsFile } from '../../bot/grammar/reading.ts'
import { CALENDAR_FILE } from '../../bot/inbox/attachments.ts'
import { yearOf } from '../../core/calendar/schedule.ts'
import type { Day } from '../../core/calendar/time.ts'
import { bankWorkdays } from '../../core/calendar/workdays.ts'
import { Refusal, refuse } from '../../core/decision.ts'
import { text } from '../../core/text.ts'
import { changedCard } from './cards.ts'
import { confirmed, placeMeant, plan, saveChanged } from './change-calendar.ts'
import { daysIn } from './file-days.ts'
import * as policy from './policy.ts'
import { MOST_IN_FILE, type NewDay, newsIn, type Planned } from './rules.ts'
import { enteredDays } from './store.ts'

const input = z.object({ uploadId: z.uuid(), sure: z.boolean().default(false) })
type Input = z.infer<typeof input>

/** The days of a workbook or of a calendar file, all of them or none. */
export const importDays = command<Input, Planned, Planned>({
  name: 'import-holidays',
  may: policy.setCalendar,
  undoable: true,
  concurrency: 'long',
  files: { marker: CALENDAR_FILE },
  help: {
    usage: { zh: '节假日 导入', en: 'holidays import' },
    purpose: {
      zh: '用表格或 .ics 文件录入一年的放假安排',
      en: 'enter the holidays of a year from a workbook or an .ics file',
    },
  },
  phrases: {
    words: ['节假日 导入', '节假日导入', 'holidays import'],
    read: wantsFile(
      text(
        '请发来表格（列：开始、结束、安排、名称；模板说"节假日 表格"）或 .ics 文件。',
        'Send a workbook (columns: from, until, off or worked, name; "holidays sheet" gives one) or an .ics file.',
      ),
    ),
  },
  input,
  async load(tx, { uploadId }, context) {
    const { at, who } = context
    const place = await placeMeant(tx, context, null)
    if (place instanceof Refusal) return place
    const read = await daysIn(tx, uploadId, who.id, at.today)
    if (read instanceof Refusal) return read
    const entered = await enteredDays(tx)
    const coming = read.days.filter(({ day }) => yearOf(day) >= yearOf(at.today))
    const past = read.days.length - coming.length
    const conflict = twice(coming)
    if (conflict) {
      return refuse(
        `文件里 ${conflict} 又放假又上班，没有改动；改好再发一次。`,
        `In the file ${conflict} is both off and worked; nothing was changed. Mend it and send it again.`,
      )
    }
    const once = [...new Map(coming.map((each) => [each.day, each])).values()]
    if (once.length > MOST_IN_FILE) {
      return refuse(
        `文件里有 ${once.length} 天，超过 ${MOST_IN_FILE} 天；请只留今年和以后的节假日。`,
        `The file has ${once.length} days, more than ${MOST_IN_FILE}; leave only holidays of this year and later.`,
      )
    }
    const days = newsIn(once, bankWorkdays(entered).of(place.path))
    if (days.length === 0) {
      return refuse(
        '和现有的安排一样，没有改动。',
        'That is what the calendar says already; nothing was changed.',
      )
    }
    const left = [
      ...read.left,
      ...(past > 0
        ? [text(`往年的 ${past} 天没有收。`, `${past} days of past years were left out.`)]
        : []),
    ]
    return plan(tx, place, { kind: 'enter', days }, entered, context, left)
  },
  decide: (planned, asked, context) =>
    confirmed(planned, asked.sure, { command: 'import-holidays', input: asked }, context),
  save: saveChanged,
  reply: (planned, _facts, { who }) => changedCard(planned, who.language),
})

/** A day that a file has both off and worked. */
function twice(days: readonly NewDay[]): Day | null {
  const works = new Map<Day, boolean>()
  for (const each of days) {
    if ((works.get(each.day) ?? each.works) !== each.works) return each.day
    works.set(each.day, each.works)
  }
  return null
}
