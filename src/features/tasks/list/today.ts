import { z } from 'zod'
import { type Context, command } from '../../../bot/command.ts'
import type { LiveCard } from '../../../bot/feature.ts'
import { wholeLine } from '../../../bot/grammar/reading.ts'
import { addDays, timeIn } from '../../../core/calendar/time.ts'
import type { Text } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { quietAt } from '../../playbook/contact-rules.ts'
import { playbookOn } from '../../playbook/store.ts'
import { type DayList, LIST, listCard, subjectOf } from '../cards.ts'
import * as policy from '../policy.ts'
import { numbered } from '../rules.ts'
import { notesFor } from './day-notes.ts'
import { linesFor } from './line-store.ts'
import { type ShownLine, shownOf } from './shown.ts'
import { countDone, type Listed, listOf, lockList, saveList } from './store.ts'

/** How far ahead the list looks. */
export const SOON_DAYS = 3

interface Facts extends Pick<DayList, 'lines' | 'total' | 'due' | 'page' | 'quiet'> {
  readonly ids: readonly string[]
  readonly known: readonly string[]
  /** There is a list of today. */
  readonly saved: boolean
  /** Lines that were not shown today before. */
  readonly fresh: readonly ShownLine[]
  /** How many tasks of today's list are closed. */
  readonly done: number
  readonly notes: readonly Text[]
}

async function dayList(
  tx: Queries,
  staffId: string,
  { at, dayNotes }: Pick<Context, 'at' | 'dayNotes'>,
  from: number,
): Promise<Facts> {
  const { today } = at
  const [{ sizes, quietHours }, listed, list, notes] = await Promise.all([
    playbookOn(tx, today),
    listOf(tx, { staffId, today, until: addDays(today, SOON_DAYS) }),
    lockList(tx, { staffId, day: today }),
    notesFor(tx, { staffId, at, dayNotes }),
  ])
  const { ids, due }: Pick<Listed, 'ids' | 'due'> = listed ?? { ids: [], due: 0 }
  const shown = ids.slice(from, from + sizes.page)
  const known = list?.items ?? []
  const [lines, done] = await Promise.all([
    linesFor(tx, { readerId: staffId, ids: shown }),
    // What is open is not done: few are left to be looked at.
    countDone(
      tx,
      known.filter((id) => !ids.includes(id)),
    ),
  ])
  return {
    ids,
    lines,
    known,
    saved: list !== null,
    fresh: shownOf(lines, list?.shown),
    done,
    total: ids.length,
    due,
    page: sizes.page,
    quiet: quietAt(quietHours, timeIn(at.now, at.timezone)),
    notes,
  }
}

/** The list that stands in the conversation is no longer as it stands there. */
export const refreshList = ({ at, refreshCard }: Context): void => refreshCard(subjectOf(at))

/** The list of a day where it stands. */
export const standingList: LiveCard = {
  name: LIST,
  async compose(tx, subject, { staffId, language, shared }, about) {
    const { at } = about
    if (subject !== subjectOf(at)) return null
    const list = await dayList(tx, staffId, about, 0)
    const numbers = numbered(list.known, list.ids)
    const { known, fresh: shown } = list
    if (numbers.length > known.length || shown.length > 0) {
      await saveList(tx, { staffId, day: at.today, items: numbers, shown })
    }
    return listCard({ ...list, numbers, from: 0, quiet: null }, at, language, shared)
  },
}

/** My list: overdue, today, soon; the numbers stay the same all day. */
export const showToday = command<
  { from: number },
  Facts,
  Pick<Facts, 'fresh'> & {
    numbers: readonly string[]
    more: boolean
    from: number
  }
>({
  name: 'today',
  concurrency: () => [],
  may: policy.workList,
  help: {
    usage: { zh: '今日', en: 'today' },
    purpose: { zh: '我的任务：逾期、今天、近日', en: 'my tasks: overdue, today, soon' },
  },
  phrases: {
    words: [
      '今日任务',
      '今日清单',
      '今天任务',
      '今天的任务',
      '今天要干嘛',
      '今天要做什么',
      '今日',
      '今天',
      '任务',
      '我的任务',
      '待办',
      '清单',
      '下一件',
      '下一个',
      '下一位',
      '下一个是谁',
      '下一位是谁',
      '还有几件',
      '还有几个',
      '还剩几件',
      '还剩几个',
      '今天还有几件',
      '今天还剩几件',
      '今天还剩几个',
      '晨会',
      'today',
      'next',
      "what's next",
      'whats next',
      "who's next",
      'who is next',
      'how many left',
      'my tasks',
      'tasks',
      'list',
    ],
    read: wholeLine({}),
  },
  input: z.object({ from: z.int().min(0).default(0) }),
  load: (tx, { from }, context) => dayList(tx, context.who.id, context, from),
  decide({ ids, known, saved, fresh }, { from }) {
    const numbers = numbered(known, ids)
    const more = !saved || numbers.length > known.length || fresh.length > 0
    return { numbers, more, fresh, from }
  },
  async save(tx, { numbers, more, fresh: shown }, { who, at }) {
    if (more) await saveList(tx, { staffId: who.id, day: at.today, items: numbers, shown })
  },
  reply: ({ numbers, from }, list, { at, who, shared }) =>
    listCard({ ...list, numbers, from }, at, who.language, shared),
})
