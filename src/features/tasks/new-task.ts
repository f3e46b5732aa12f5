import { z } from 'zod'
import { command, query } from '../../bot/command.ts'
import { takeDay } from '../../bot/grammar/day.ts'
import { dayField, timeField } from '../../bot/grammar/fields.ts'
import type { Doubt, Reading } from '../../bot/grammar/reading.ts'
import type { Day } from '../../core/calendar/time.ts'
import type { Workdays } from '../../core/calendar/workdays.ts'
import { saySetDay } from '../../core/calendar/workdays.ts'
import { Refusal, refuse } from '../../core/decision.ts'
import { type ClientRef, clientRef, resolveClient } from '../clients/resolve-client.ts'
import type { Client } from '../clients/rules.ts'
import { taskOpenedCard } from './cards.ts'
import { newTaskFormCard } from './form-cards.ts'
import { goneFault, isGone } from './hours-rules.ts'
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
  phrases: {
    words: ['新任务', 'new task'],
    free: ['note'],
    read: (rest, at) => readNewTask(rest, at.today, at.workdays),
  },
  input,
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

/** Reads "张三 周五 送合同": whose, when, what. */
function readNewTask(rest: string, today: Day, workdays: Workdays): Reading<unknown> {
  const [named, ...words] = rest.split(/\s+/)
  if (!named || words.length === 0) return { kind: 'no' }
  const taken = takeDay(words.join(' '), today, workdays)
  const note = taken?.rest ?? words.join(' ')
  const dueOn = taken && 'day' in taken ? taken.day : null
  const doubts: Doubt[] = []
  if (taken && 'fault' in taken) {
    const zh = `日期"${taken.said}"不确定，是哪一天？比如 12月3日。`
    const en = `I am not sure about "${taken.said}". Which day? For example 3 Dec.`
    doubts.push({ question: { zh, en }, slots: ['dueOn'], expects: 'day' })
  }
  if (!note) {
    const question = { zh: `要为 ${named} 做什么？`, en: `What is to be done for ${named}?` }
    doubts.push({ question, slots: ['note'], expects: 'text' })
  }
  const [first, ...more] = doubts
  const found = { named, dueOn, note }
  return first
    ? { kind: 'asks', input: found, doubts: [first, ...more] }
    : { kind: 'understood', input: found }
}

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
