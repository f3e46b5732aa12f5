import { z } from 'zod'
import { type Context, command } from '../../bot/command.ts'
import { amountField, dayField, noteField } from '../../bot/fields.ts'
import { type Refusal, refuse } from '../../core/decision.ts'
import type { Text } from '../../core/text.ts'
import type { Day } from '../../core/time.ts'
import type { Queries } from '../../infra/database/index.ts'
import { noMarketing } from '../clients/rules.ts'
import { loggedCard } from './cards.ts'
import { OUTCOME_SHAPE, readOutcomes } from './phrases.ts'
import { OUTCOMES, type Playbook } from './playbook.ts'
import { type Next, nextAfter } from './rules.ts'
import {
  closeWithOutcome,
  dueLines,
  latestList,
  lockTasks,
  openTask,
  playbookOn,
  silence,
  type TaskLine,
} from './store.ts'
import { refreshList } from './today.ts'

const item = z.object({
  task: z.int().positive().optional(),
  taskId: z.uuid().optional(),
  outcome: z.enum(OUTCOMES),
  amount: amountField,
  product: z
    .string()
    .nullable()
    .default(null)
    .transform((value) => value || null),
  nextDate: dayField,
  note: noteField,
})
export type OutcomeInput = z.infer<typeof item>

/** A form sends one item without the list around it. */
const input = z.union([
  z.object({ items: z.array(item).min(1).max(20) }),
  item.transform((only) => ({ items: [only] })),
])
type Input = z.infer<typeof input>

interface Facts {
  readonly playbook: Playbook
  /** Beside each item, its task; null when the number or id names none. */
  readonly tasks: readonly (TaskLine | null)[]
  readonly whoClosed: ReadonlyMap<string, string>
  /** What comes after these on the list, to be named in the answer. */
  readonly upcoming: readonly TaskLine[]
  readonly numbers: readonly string[]
}

export interface Logged {
  readonly item: OutcomeInput
  readonly task: TaskLine
  readonly next: Next
}

/** What could be logged, and a sentence for each item that could not. */
export interface Decided {
  readonly logged: readonly Logged[]
  readonly refused: readonly Text[]
  readonly upNext: { readonly number: number; readonly task: TaskLine } | null
}

export const logOutcome = command<Input, Facts, Decided>({
  name: 'log-outcome',
  roles: ['manager', 'lead'],
  undoable: true,
  help: {
    usage: { zh: '1 有意向 50万 周五再联系', en: '1 interested 500k Friday' },
    purpose: {
      zh: '登记任务结果：有意向、没接、考虑、拒绝、已申请、已放款、空号、勿扰',
      en: 'log what came of a task: interested, no answer, thinking, declined, applied, granted, wrong number, do not contact',
    },
  },
  phrases: {
    words: [],
    shape: OUTCOME_SHAPE,
    read: (line, at) => readOutcomes(line, at.today, at.workdays),
  },
  input,
  load,
  allow: () => null,
  decide,
  save,
  reply: (decided, _facts, { at, who }) => loggedCard(decided, at, who.language),
})

async function load(tx: Queries, { items }: Input, { who, at }: Context) {
  const list = await latestList(tx, who.id)
  if (!list && items.some((each) => !each.taskId)) {
    return refuse('还没有任务清单，先发"今日"。', 'There is no list yet. Say "today" first.')
  }
  const numbers = list?.items ?? []
  const ids = items.map((each) => each.taskId ?? numbers[(each.task ?? 0) - 1] ?? null)
  const locked = await lockTasks(
    tx,
    ids.filter((id) => id !== null),
  )
  const byId = new Map(locked.map((task) => [task.id, task]))
  return {
    playbook: await playbookOn(tx, at.today),
    tasks: ids.map((id) => (id && byId.get(id)) || null),
    whoClosed: await closers(tx, locked),
    upcoming: await dueLines(tx, [who.id], at.today, at.today),
    numbers,
  }
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

function decide(facts: Facts, { items }: Input, { who, at }: Context): Decided | Refusal {
  const logged: Logged[] = []
  const refused: Text[] = []
  items.forEach((each, index) => {
    const task = facts.tasks[index] ?? null
    const fault = faultOf(each, task, facts, who.id, at.today)
    const twice = task && logged.some((other) => other.task.id === task.id)
    if (fault || !task || twice) {
      if (fault || task) refused.push(fault ?? twiceFault(task?.clientName ?? ''))
      return
    }
    const next = nextAfter(
      facts.playbook,
      each.outcome,
      {
        agreedOn: each.nextDate,
        attempt: task.attempt,
        tier: task.tier,
        noMarketing: noMarketing(task),
      },
      at.today,
      at.workdays,
    )
    logged.push({ item: each, task, next })
  })
  const [first] = refused
  if (logged.length === 0 && first) {
    return refuse(
      refused.map((text) => text.zh).join('\n'),
      refused.map((text) => text.en).join('\n'),
    )
  }
  const done = new Set(logged.map(({ task }) => task.id))
  const following = facts.upcoming.find((task) => !done.has(task.id))
  const number = following ? facts.numbers.indexOf(following.id) + 1 : 0
  return { logged, refused, upNext: following && number > 0 ? { number, task: following } : null }
}

const twiceFault = (client: string): Text => ({
  zh: `${client} 这一件说了两个结果，只记了第一个；要更正请先"撤销"。`,
  en: `You gave two outcomes for ${client}; only the first was logged. To correct it, say "undo" first.`,
})

/** Why an item cannot be logged; null when it can. */
function faultOf(
  each: OutcomeInput,
  task: TaskLine | null,
  facts: Facts,
  staffId: string,
  today: Day,
): Text | null {
  const named = each.task ? `${each.task}` : (task?.clientName ?? '')
  if (!task || task.managerId !== staffId) {
    return {
      zh: each.task
        ? `清单上没有您的第 ${each.task} 件，共 ${facts.numbers.length} 件。发"今日"看编号。`
        : '这件任务不在您名下。发"今日"看您的任务。',
      en: each.task
        ? `Your list has no number ${each.task}; it has ${facts.numbers.length}. Say "today" to see the numbers.`
        : 'This task is not yours. Say "today" for your tasks.',
    }
  }
  if (task.status !== 'open') {
    const by = facts.whoClosed.get(task.id)
    return {
      zh: `第 ${named} 件（${task.clientName}）已${by ? `由${by}` : ''}结束，没有重复登记。要更正请先"撤销"。`,
      en: `Number ${named} (${task.clientName}) was closed already${by ? ` by ${by}` : ''}; nothing was logged twice. To correct it, say "undo" first.`,
    }
  }
  if (each.nextDate && each.nextDate < today) {
    return {
      zh: `${each.nextDate} 不能作为下次联系的日期，请给今天或以后的日期。`,
      en: `${each.nextDate} cannot be the next date; give today or a later day.`,
    }
  }
  return null
}

async function save(tx: Queries, { logged }: Decided, context: Context): Promise<void> {
  const { who, at, actId } = context
  for (const { item: each, task, next } of logged) {
    const { id: taskId, clientId } = task
    const noNext = 'none' in next ? next.none : null
    const agreedOn = each.nextDate
    const { outcome: kind, amount, product, note } = each
    const outcome = { taskId, clientId, kind, amount, product, agreedOn, note, noNext }
    await closeWithOutcome(tx, outcome, who.id, actId, at.today, at.now)
    if (kind === 'do-not-contact') {
      await silence(tx, clientId, note ?? '客户要求勿扰', actId, at.now)
    }
    if ('task' in next) {
      const carried = {
        product: product ?? task.product,
        amount: amount ?? task.amount,
        note: kind === 'no-answer' ? task.note : note,
      }
      const planned = { ...next.task, managerId: task.managerId, clientId, ...carried }
      await openTask(tx, planned, actId, at.now)
    }
  }
  await refreshList(tx, context)
}
