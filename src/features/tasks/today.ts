import { z } from 'zod'
import { command } from '../../bot/command.ts'
import { wholeLine } from '../../bot/words/reading.ts'
import { addDays } from '../../core/time.ts'
import { listCard } from './cards.ts'
import { numbered } from './rules.ts'
import { dueLines, latestList, saveList, type TaskLine } from './store.ts'

/** How far ahead the list looks. */
export const SOON_DAYS = 3

interface Facts {
  readonly lines: readonly TaskLine[]
  readonly known: readonly string[]
  /** How many tasks of today's list are closed. */
  readonly done: number
}

/** My list: overdue, today, soon; the numbers stay the same all day. */
export const showToday = command<
  { from: number },
  Facts,
  { numbers: readonly string[]; from: number }
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
  async load(tx, _input, { who, at }) {
    const lines = await dueLines(tx, [who.id], at.today, addDays(at.today, SOON_DAYS))
    const list = await latestList(tx, who.id)
    const known = list?.day === at.today ? list.items : []
    const open = new Set(lines.map((line) => line.id))
    return { lines, known, done: known.filter((id) => !open.has(id)).length }
  },
  allow: () => null,
  decide: ({ lines, known }, { from }) => ({
    numbers: numbered(
      known,
      lines.map((line) => line.id),
    ),
    from,
  }),
  save: (tx, { numbers }, { who, at }) => saveList(tx, who.id, at.today, numbers),
  reply: ({ numbers, from }, { lines, done }, { at, who, shared }) =>
    listCard({ lines, numbers, done, from }, at, who.language, shared),
})
