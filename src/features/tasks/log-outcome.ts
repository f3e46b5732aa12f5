import { z } from 'zod'
import { type Context, command } from '../../bot/command.ts'
import { amountField, dayField, noteField } from '../../bot/fields.ts'
import { Refusal, refuse } from '../../core/decision.ts'
import type { Text } from '../../core/text.ts'
import type { Day } from '../../core/time.ts'
import type { Queries } from '../../infra/database/index.ts'
import { noMarketing } from '../clients/rules.ts'
import { loggedCard } from './cards.ts'
import type { TaskLine } from './list/line-store.ts'
import { firstOpen, latestList } from './list/store.ts'
import { type FoundTasks, faultOf, findTasks } from './named-tasks.ts'
import { OUTCOME_SHAPE, readOutcomes } from './phrases.ts'
import { OUTCOMES, type Playbook } from './playbook.ts'
import { type Next, nextAfter } from './rules.ts'
import { closeWithOutcome, openTask, playbookOn, silence } from './store.ts'
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

interface Upcoming {
  readonly id: string
  readonly clientName: string
}

interface Facts extends FoundTasks {
  readonly playbook: Playbook
  /** What comes after these on the list, to be named in the answer. */
  readonly upcoming: readonly Upcoming[]
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
  readonly upNext: { readonly number: number; readonly task: Upcoming } | null
}

export const logOutcome = command<Input, Facts, Decided>({
  name: 'log-outcome',
  roles: ['manager', 'lead'],
  undoable: true,
  changesOnly: ({ found }) => found.flatMap(({ task }) => task?.clientId ?? []),
  help: {
    usage: { zh: '1 有意向 50万 周五再联系', en: '1 interested 500k Friday' },
    purpose: {
      zh: '登记任务结果：有意向、没接、考虑、拒绝、已申请、已放款、空号、勿扰',
      en: 'log what came of a task: interested, no answer, thinking, declined, applied, granted, wrong number, do not contact',
    },
  },
  phrases: {
    words: [],
    free: ['note'],
    about: ['task'],
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
  const [found, playbook, next] = await Promise.all([
    findTasks(tx, items, who),
    playbookOn(tx, at.today),
    upcoming(tx, who.id, items, at.today),
  ])
  return found instanceof Refusal ? found : { ...found, playbook, upcoming: next }
}

/** How far it is looked for what comes next. */
const AHEAD = 12

/** What is due of the list's next numbers, after the first that is logged, and then from its beginning. */
async function upcoming(
  tx: Queries,
  staffId: string,
  logged: readonly OutcomeInput[],
  today: Day,
): Promise<readonly Upcoming[]> {
  const numbers = (await latestList(tx, staffId))?.items ?? []
  const first = Math.min(
    ...logged.map(({ task, taskId }) => task ?? numbers.indexOf(taskId ?? '') + 1),
  )
  const following = [...numbers.slice(first), ...numbers.slice(0, first)]
  return firstOpen(tx, { ids: following.slice(0, AHEAD), by: today, most: logged.length })
}

function decide(facts: Facts, { items }: Input, { who, at }: Context): Decided | Refusal {
  const logged: Logged[] = []
  const refused: Text[] = []
  items.forEach((each, index) => {
    const found = facts.found[index]
    if (!found) return
    const { task } = found
    const past = each.nextDate && each.nextDate < at.today ? pastFault(each.nextDate) : null
    const fault = faultOf(found, facts.numbers.length, who) ?? complaintFault(task) ?? past
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
        touches: task.touches,
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

/** A complaint is settled by what the client says of it, and not by an outcome. */
const complaintFault = (task: TaskLine | null): Text | null =>
  task?.kind === 'complaint'
    ? {
        zh: `${task.clientName} 这件是投诉，处理好后发"投诉 结 ${task.clientName} 客户的答复"；还在处理就"改期"。`,
        en: `This one of ${task.clientName} is a complaint: when it is settled say "complaint close ${task.clientName}" and what the client said, or postpone it.`,
      }
    : null

const pastFault = (date: string): Text => ({
  zh: `${date} 不能作为下次联系的日期，请给今天或以后的日期。`,
  en: `${date} cannot be the next date; give today or a later day.`,
})

async function save(tx: Queries, { logged }: Decided, context: Context): Promise<void> {
  const { who, at, actId } = context
  for (const { item: each, task, next } of logged) {
    const { id: taskId, clientId } = task
    const noNext = 'none' in next ? next.none : null
    const { outcome: kind, amount, product, note, nextDate: agreedOn } = each
    // With the next task, in this order, in one way to the database.
    const changes = [
      closeWithOutcome(tx, {
        ...{ taskId, clientId, kind, amount, product, agreedOn, note, noNext },
        ...{ staffId: who.id, actId, today: at.today, now: at.now },
        visit: task.kind === 'visit',
      }),
    ]
    if ('task' in next) {
      const carried = {
        product: product ?? task.product,
        amount: amount ?? task.amount,
        note: kind === 'no-answer' ? task.note : note,
      }
      const planned = { ...next.task, managerId: task.managerId, clientId, ...carried }
      changes.push(openTask(tx, planned, actId, at.now))
    }
    await Promise.all(changes)
    if (kind === 'do-not-contact') {
      await silence(tx, clientId, note ?? '客户要求勿扰', actId, at.now)
    }
  }
  refreshList(context)
}
