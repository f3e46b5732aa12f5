import { z } from 'zod'
import { command, query } from '../../bot/command.ts'
import { dayField, timeField } from '../../bot/grammar/fields.ts'
import type { Day } from '../../core/calendar/time.ts'
import { saySetDay } from '../../core/calendar/workdays.ts'
import { Refusal, refuse } from '../../core/decision.ts'
import {
  type ClientRef,
  clientRef,
  nobodyCalledSo,
  resolveClient,
} from '../clients/resolve-client.ts'
import type { Client } from '../clients/rules.ts'
import { taskOpenedCard } from './cards.ts'
import { newTaskFormCard } from './form-cards.ts'
import { goneFault, isGone } from './hours-rules.ts'
import { NEW_TASK_PHRASES } from './move/new-task-words.ts'
import * as policy from './policy.ts'
import { openTask } from './store.ts'

const input = z.object({
  ...clientRef,
  dueOn: dayField,
  dueTime: timeField,
  note: z.string().trim().min(1, '请写要做什么。 Please say what is to be done.').max(500),
})
type Input = z.infer<typeof input>

interface Opened {
  readonly client: Client
  readonly dueOn: Day
  readonly dueTime: string | null
  readonly note: string
}

/** What a task of one's own weighs: it was set on purpose. */
const PRIORITY = 80

/** A task that somebody sets themselves, for one of their clients. */
export const newTask = command<Input, Client, Opened>({
  name: 'new-task',
  may: policy.setOwnTask,
  undoable: true,
  help: {
    usage: { zh: '新任务 张三 周五 送合同', en: 'new task Zhang Friday bring the contract' },
    purpose: { zh: '给自己的客户排一件任务', en: 'set yourself a task with a client' },
  },
  phrases: NEW_TASK_PHRASES,
  input,
  askedInVain: nobodyCalledSo,
  load: (tx, task, asker) => resolveClient(tx, asker, task, { command: 'new-task', input: task }),
  decide(client, { dueOn, dueTime, note }, { at }) {
    const due = dueOn ?? at.today
    if (due < at.today) {
      return refuse(
        `${due} 已经过去，请给今天或以后的日期。`,
        `${due} has gone by; give today or a later day.`,
      )
    }
    if (dueTime && isGone(due, dueTime, at)) return new Refusal(goneFault(dueTime))
    return { client, dueOn: due, dueTime, note }
  },
  async save(tx, { client, dueOn, dueTime, note }, { who, at, actId }) {
    const what = { kind: 'other', reason: 'own', priority: PRIORITY, attempt: 0 } as const
    const task = { ...what, dueOn, dueTime, managerId: who.id, clientId: client.id, note }
    await openTask(tx, { ...task, product: null, amount: null }, actId, at.now)
  },
  reply: ({ client, dueOn, dueTime, note }, _facts, { at, who }) =>
    taskOpenedCard(client.name, saySetDay(dueOn, at, who.language, dueTime), note, who.language),
})

/** The form of it, with a note to begin with. */
export const newTaskForm = query<ClientRef & { note?: string | undefined }, null>({
  name: 'new-task-form',
  may: policy.setOwnTask,
  help: {
    usage: { zh: '新任务', en: 'new task' },
    purpose: { zh: '用表单排一件任务', en: 'set a task in a form' },
  },
  phrases: {
    words: ['新任务', 'new task'],
    read: (rest) => (rest ? { kind: 'no' } : { kind: 'understood', input: {} }),
  },
  input: z.object({ ...clientRef, note: z.string().max(500).optional() }),
  load: async () => null,
  reply: (_facts, { named, note }, { at, who }) =>
    newTaskFormCard({ named: named ?? '', note: note ?? '', today: at.today }, who.language),
})
