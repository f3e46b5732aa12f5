import { z } from 'zod'
import { command } from '../../bot/command.ts'
import type { EnteredDay } from '../../core/calendar/schedule.ts'
import { Refusal, refuse } from '../../core/decision.ts'
import { changedCard } from './cards.ts'
import { confirmed, placeMeant, plan, saveChanged } from './change-calendar.ts'
import { type Line, readLine, readSaid, WORDS } from './phrases.ts'
import * as policy from './policy.ts'
import { type Change, MOST_TYPED, type Place, type Planned, spanOf } from './rules.ts'
import { MOST_NAME } from './sheet-rows.ts'
import { enteredDays } from './store.ts'

const input = z.object({
  said: z.string().trim().min(1).max(200),
  /** It moves tasks, so what follows is said first. */
  sure: z.boolean().default(false),
})
type Input = z.infer<typeof input>

/** Days off or worked, of the whole bank or of a unit; or no longer as they were entered. */
export const setDays = command<Input, Planned, Planned>({
  name: 'set-holidays',
  may: policy.setCalendar,
  undoable: true,
  concurrency: 'long',
  help: {
    usage: {
      zh: '节假日 2027-02-05至2027-02-11 春节',
      en: 'holidays 2027-02-05 to 2027-02-11 Spring Festival',
    },
    purpose: {
      zh: '录入放假、调休上班，或取消；落在休息日的任务改期',
      en: 'enter days off or worked, or cancel them; tasks on days off move',
    },
  },
  phrases: { words: WORDS, free: ['said'], read: readSaid },
  input,
  async load(tx, { said }, context) {
    const line = readLine(said, context.at)
    if (!line) return UNREAD(said)
    const place = await placeMeant(tx, context, line.unit)
    if (place instanceof Refusal) return place
    const entered = await enteredDays(tx)
    const change = changeOf(line, place, entered)
    return change instanceof Refusal ? change : plan(tx, place, change, entered, context)
  },
  decide: (planned, asked, context) =>
    confirmed(planned, asked.sure, { command: 'set-holidays', input: asked }, context),
  save: saveChanged,
  reply: (planned, _facts, { who }) => changedCard(planned, who.language),
})

function changeOf(
  { action, from, until, name }: Line,
  place: Place,
  entered: readonly EnteredDay[],
): Change | Refusal {
  const days = spanOf(from, until)
  if (days.length > MOST_TYPED) {
    return refuse(
      `一次最多 ${MOST_TYPED} 天；整年的发表格或 .ics 文件，模板说"节假日 表格"。`,
      `At most ${MOST_TYPED} days at a time; for a whole year send a workbook or an .ics file ("holidays sheet" gives one).`,
    )
  }
  if (name && name.length > MOST_NAME) {
    return refuse(`名称最多 ${MOST_NAME} 字。`, `A name has at most ${MOST_NAME} letters.`)
  }
  if (action !== 'cancel') {
    const works = action === 'work'
    return { kind: 'enter', days: days.map((day) => ({ day, works, name })) }
  }
  const there = new Set(entered.filter(({ below }) => below === place.path).map(({ day }) => day))
  const ended = days.filter((day) => there.has(day))
  return ended.length > 0
    ? { kind: 'cancel', days: ended }
    : refuse(
        `这里没有录入过 ${from}${from === until ? '' : ` 至 ${until}`}，没有可取消的。那天要上班就说"节假日 调休上班 ${from}"。`,
        `Nothing was entered here for ${from}${from === until ? '' : ` to ${until}`}. If it is to be worked say "holidays work ${from}".`,
      )
}

const UNREAD = (said: string): Refusal =>
  refuse(
    `"${said}"里没看出是哪几天，或者已经过去。写成：节假日 2027-02-05至2027-02-11 春节；节假日 调休上班 2027-02-13；节假日 取消 2027-02-05。`,
    `I see no days to come in "${said}". Write: holidays 2027-02-05 to 2027-02-11 Spring Festival; holidays work 2027-02-13; holidays cancel 2027-02-05.`,
  )
