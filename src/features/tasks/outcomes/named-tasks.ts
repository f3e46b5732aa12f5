import { z } from 'zod'
import type { Asker } from '../../../bot/policy.ts'
import { Refusal, refuse } from '../../../core/decision.ts'
import type { Actor } from '../../../core/staff.ts'
import type { Text } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { lockTasks, type TaskLine } from '../list/line-store.ts'
import { latestList } from '../list/store.ts'
import { workTask } from '../policy.ts'

/** How an input names a task: by its number on the list, or by id (a button). */
export interface TaskRef {
  readonly task?: number | undefined
  readonly taskId?: string | undefined
}

/** What such a name came to. */
export interface FoundTask {
  readonly number: number | null
  /** Null when the number or id names none. */
  readonly task: TaskLine | null
  /** Who closed it; null while it is open. */
  readonly closedBy: string | null
  /** The client has no task: it is of the contact alone. */
  readonly contact?: true
}

export interface FoundTasks {
  /** One beside each name, in their order. */
  readonly found: readonly FoundTask[]
  /** Task n of the list is `numbers[n-1]`. */
  readonly numbers: readonly string[]
}

/** The tasks that a person names, locked; refuses numbers before there is a list. */
export async function findTasks(
  tx: Queries,
  refs: readonly TaskRef[],
  who: Actor,
): Promise<FoundTasks | Refusal> {
  const list = await latestList(tx, who.id)
  if (!list && refs.some((each) => each.task)) return NO_LIST
  const numbers = list?.items ?? []
  const ids = refs.map((each) => each.taskId ?? numbers[(each.task ?? 0) - 1] ?? null)
  const locked = await lockTasks(tx, { readerId: who.id, ids: ids.filter((id) => id !== null) })
  const byId = new Map(locked.map((task) => [task.id, task]))
  const whoClosed = await closers(tx, locked)
  return {
    numbers,
    found: refs.map((each, index) => {
      const task = byId.get(ids[index] ?? '') ?? null
      const closedBy = (task && whoClosed.get(task.id)) ?? null
      return { number: each.task ?? null, task, closedBy }
    }),
  }
}

const NO_LIST = refuse('还没有任务清单，先发"今日"。', 'There is no list yet. Say "today" first.')

const noSuchNumber = (number: number, listed: number): Text => ({
  zh: `清单上没有您的第 ${number} 件，共 ${listed} 件。发"今日"看编号。`,
  en: `Your list has no number ${number}; it has ${listed}. Say "today" to see the numbers.`,
})

/** The numbers of what is not complete yet; who is named has none. */
const NUMBERED = z.object({
  tasks: z.array(z.number()).default([]),
  items: z.array(z.object({ task: z.number() })).default([]),
})

/** Why nothing is to be asked of the tasks whose numbers are said: there is no list, or none of them is on it. */
export async function noneListed(
  tx: Queries,
  input: unknown,
  { who }: Asker,
): Promise<Refusal | null> {
  const { tasks = [], items = [] } = NUMBERED.safeParse(input).data ?? {}
  const numbers = [...tasks, ...items.map(({ task }) => task)]
  if (numbers.length === 0) return null
  const list = await latestList(tx, who.id)
  if (!list) return NO_LIST
  const listed = list.items.length
  const [first = 0] = numbers
  return numbers.every((number) => number > listed)
    ? new Refusal(noSuchNumber(first, listed))
    : null
}

async function closers(tx: Queries, tasks: readonly TaskLine[]): Promise<Map<string, string>> {
  const closed = tasks.filter((task) => task.status !== 'open').map((task) => task.id)
  if (closed.length === 0) return new Map()
  const rows = await tx.$queryRaw<{ id: string; name: string }[]>`
    select task.id, staff.name from task
    join act on act.id = task.closed_by join staff on staff.id = act.staff_id
    where task.id = any(${closed}::uuid[])`
  return new Map(rows.map((row) => [row.id, row.name]))
}

/** Why this person cannot work a task: not on the list, not theirs, or closed; null when they can. */
export function faultOf(
  { number, task, closedBy }: FoundTask,
  listed: number,
  who: Actor,
): Text | null {
  if (!task || workTask.judge(who, task)) {
    return number
      ? noSuchNumber(number, listed)
      : {
          zh: '这件任务不在您名下。发"今日"看您的任务。',
          en: 'This task is not yours. Say "today" for your tasks.',
        }
  }
  if (task.status === 'open') return null
  const { clientName } = task
  const zh = number ? `第 ${number} 件（${clientName}）` : `${clientName} 这一件`
  const en = number ? `number ${number} (${clientName})` : `the task of ${clientName}`
  if (closedBy === who.name) {
    return {
      zh: `${zh}您已经登记过。要更正请先"撤销"。`,
      en: `You logged ${en} already. To correct it, say "undo" first.`,
    }
  }
  return {
    zh: `${zh}已${closedBy ? `由${closedBy}` : ''}结束，没有重复登记。要更正请先"撤销"。`,
    en: `${en[0]?.toUpperCase()}${en.slice(1)} was closed already${closedBy ? ` by ${closedBy}` : ''}; nothing was logged twice. To correct it, say "undo" first.`,
  }
}
