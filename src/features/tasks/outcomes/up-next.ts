import type { Moment } from '../../../bot/moment.ts'
import type { Day } from '../../../core/calendar/time.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { agreedOf } from '../hours-rules.ts'
import { type AtOnce, appointmentsAt } from '../list/at-once.ts'
import { linesFor, type TaskLine, type UpNext } from '../list/line-store.ts'
import { firstOpen, latestList } from '../list/store.ts'
import type { OutcomeItem } from './rules.ts'

/** How far it is looked for what comes next. */
const AHEAD = 12

/** What is due of the list's next numbers, after the first that is logged, and then from its beginning. */
export async function upcoming(
  tx: Queries,
  staffId: string,
  logged: readonly Pick<OutcomeItem, 'task' | 'taskId'>[],
  today: Day,
): Promise<readonly TaskLine[]> {
  const numbers = (await latestList(tx, staffId))?.items ?? []
  const first = Math.min(
    ...logged.map(({ task, taskId }) => task ?? numbers.indexOf(taskId ?? '') + 1),
  )
  const following = [...numbers.slice(first), ...numbers.slice(0, first)]
  const most = logged.length
  const next = await firstOpen(tx, { ids: following.slice(0, AHEAD), by: today, most })
  return next.length > 0 ? linesFor(tx, { readerId: staffId, ids: next.map(({ id }) => id) }) : []
}

/** The first of them that is not done now, with its number on the list; null: there is none. */
export function upNextOf(
  coming: readonly TaskLine[],
  done: readonly TaskLine[],
  numbers: readonly string[],
): UpNext | null {
  const task = coming.find(({ id }) => !done.some((each) => each.id === id))
  const number = task ? numbers.indexOf(task.id) + 1 : 0
  return task && number > 0 ? { number, task } : null
}

/** What one has around the hours that are agreed. */
export async function besideAgreed(
  tx: Queries,
  staffId: string,
  items: readonly OutcomeItem[],
  at: Moment,
): Promise<readonly AtOnce[]> {
  const found: AtOnce[] = []
  for (const item of items) {
    const { agreedOn: on, agreedAt: time } = agreedOf(item, at)
    if (on && time) found.push(...(await appointmentsAt(tx, { staffId, on, time })))
  }
  return found
}
