import { z } from 'zod'
import { type Context, command } from '../../bot/command.ts'
import type { Moment } from '../../bot/moment.ts'
import { wholeLine } from '../../bot/words/reading.ts'
import type { Text } from '../../core/text.ts'
import { addDays } from '../../core/time.ts'
import type { Queries } from '../../infra/database/index.ts'
import { listCard } from './cards.ts'
import { dayNotes } from './day-notes.ts'
import { numbered } from './rules.ts'
import { countDone, dueLines, latestList, saveList, type TaskLine } from './store.ts'

/** How far ahead the list looks. */
export const SOON_DAYS = 3

interface Facts {
  readonly lines: readonly TaskLine[]
  readonly known: readonly string[]
  /** There is a list of today. */
  readonly saved: boolean
  /** How many tasks of today's list are closed. */
  readonly done: number
  readonly notes: readonly Text[]
}

async function dayList(tx: Queries, staffId: string, at: Moment): Promise<Facts> {
  const { today } = at
  const [lines, list, notes] = await Promise.all([
    dueLines(tx, [staffId], today, addDays(today, SOON_DAYS)),
    latestList(tx, staffId),
    dayNotes(tx, [staffId], at),
  ])
  const saved = list?.day === today
  const known = saved ? list.items : []
  const done = await countDone(tx, known)
  return { lines, known, saved, done, notes: notes.get(staffId) ?? [] }
}

/** Shows the list that stands in the conversation as it is now. */
export async function refreshList(tx: Queries, { who, at, shared, revise }: Context) {
  const { lines, known, done, notes } = await dayList(tx, who.id, at)
  const due = lines.map((line) => line.id)
  const numbers = numbered(known, due)
  await saveList(tx, who.id, at.today, numbers)
  await revise(listCard({ lines, numbers, done, from: 0, notes }, at, who.language, shared))
}

/** My list: overdue, today, soon; the numbers stay the same all day. */
export const showToday = command<
  { from: number },
  Facts,
  { numbers: readonly string[]; more: boolean; from: number }
>({
  name: 'today',
  roles: ['manager', 'lead'],
  help: {
    usage: { zh: '今日', en: 'today' },
    purpose: { zh: '我的任务：逾期、今天、近日', en: 'my tasks: overdue, today, soon' },
  },
  phrases: {
    words: [
      '今日任务',
      '今天任务',
      '今日',
      '今天',
      '任务',
      '清单',
      '晨会',
      'today',
      'tasks',
      'list',
    ],
    read: wholeLine({}),
  },
  input: z.object({ from: z.int().min(0).default(0) }),
  load: (tx, _input, { who, at }) => dayList(tx, who.id, at),
  allow: () => null,
  decide({ lines, known, saved }, { from }) {
    const due = lines.map((line) => line.id)
    const numbers = numbered(known, due)
    return { numbers, more: !saved || numbers.length > known.length, from }
  },
  async save(tx, { numbers, more }, { who, at }) {
    if (more) await saveList(tx, who.id, at.today, numbers)
  },
  reply: ({ numbers, from }, { lines, done, notes }, { at, who, shared }) =>
    listCard({ lines, numbers, done, from, notes }, at, who.language, shared),
})
