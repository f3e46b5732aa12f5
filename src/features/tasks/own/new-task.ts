import { z } from 'zod'
import { command, query } from '../../../bot/command.ts'
import { dayField, timeField } from '../../../bot/grammar/fields.ts'
import { serves } from '../../../bot/policy.ts'
import { type Day, sayWhen } from '../../../core/calendar/time.ts'
import { saySetDay } from '../../../core/calendar/workdays.ts'
import { Refusal, refuse } from '../../../core/decision.ts'
import type { Actor } from '../../../core/staff.ts'
import {
  type ClientRef,
  clientRef,
  nobodyCalledSo,
  resolveClient,
} from '../../clients/resolve-client.ts'
import { type Client, noMarketing } from '../../clients/rules.ts'
import { taskOpenedCard } from '../cards.ts'
import { newTaskFormCard } from '../form-cards.ts'
import { goneFault, isGone } from '../hours-rules.ts'
import { moveTask } from '../move/store.ts'
import * as policy from '../policy.ts'
import { joined } from '../rules.ts'
import { type OpenTask, openTask, openTasksOf } from '../store.ts'
import { NEW_TASK_PHRASES } from './new-task-words.ts'
import { isBare } from './planned-words.ts'

const input = z.object({
  ...clientRef,
  /** A call or a visit is the one that the client has open, put on that day; anything else stands by itself. */
  kind: z.enum(['call', 'visit', 'other']).default('other'),
  dueOn: dayField,
  dueTime: timeField,
  note: z.string().trim().min(1, '请写要做什么。 Please say what is to be done.').max(500),
})
type Input = z.infer<typeof input>

interface Facts {
  readonly client: Client
  readonly open: readonly OpenTask[]
}

interface Opened {
  readonly client: Client
  readonly kind: Input['kind']
  readonly dueOn: Day
  readonly dueTime: string | null
  readonly note: string
  /** The open call or visit that is put on that day instead; null: a task is opened. */
  readonly moved: OpenTask | null
}

/** What a task of one's own weighs: it was set on purpose. */
const PRIORITY = 80

/** A task that somebody sets themselves, for one of their clients. */
export const newTask = command<Input, Facts, Opened>({
  name: 'new-task',
  may: policy.setOwnTask,
  undoable: true,
  help: {
    usage: { zh: '新任务 张三 周五 送合同', en: 'new task Zhang Friday bring the contract' },
    purpose: {
      zh: '给自己的客户排一件任务；办完了就说"张三 办好了"',
      en: 'set yourself a task with a client; once it is done say "Zhang done"',
    },
  },
  phrases: NEW_TASK_PHRASES,
  input,
  askedInVain: nobodyCalledSo,
  async load(tx, task, asker) {
    const client = await resolveClient(tx, asker, task, { command: 'new-task', input: task })
    return 'id' in client ? { client, open: await openTasksOf(tx, client.id) } : client
  },
  decide({ client, open }, { kind: asked, dueOn: said, dueTime, note }, { who, at }) {
    const dueOn = said ?? at.today
    if (dueOn < at.today) {
      return refuse(
        `${dueOn} 已经过去，请给今天或以后的日期。`,
        `${dueOn} has gone by; give today or a later day.`,
      )
    }
    if (dueTime && isGone(dueOn, dueTime, at)) return new Refusal(goneFault(dueTime))
    if (client.doNotContact !== null) {
      return refuse(
        `${client.name} 已设勿扰（${client.doNotContact}），没有排任务。客户同意恢复联系时，发"可联系 ${client.name} 理由"。`,
        `${client.name} is marked "do not contact" (${client.doNotContact}), so no task was set. When they agree again say "may contact ${client.name} reason".`,
      )
    }
    const { kind, moved } = asSet({ client, open }, asked, who)
    const carried = moved?.dueTime && !isGone(dueOn, moved.dueTime, at) ? moved.dueTime : null
    const when = { dueOn, dueTime: dueTime ?? carried }
    const isSame = (task: OpenTask) =>
      task.dueOn === dueOn && task.dueTime === when.dueTime && serves(who, task.managerId)
    const same = moved
      ? isSame(moved) && (isBare(note) || moved.note === note)
      : open.some((task) => task.errand && task.note === note && isSame(task))
    if (same) {
      return refuse(
        `${client.name} 这件事已经排了："${note}"，没有再排一件。`,
        `"${note}" is set for ${client.name} already, so it was not set again.`,
      )
    }
    return { client, kind, ...when, note, moved }
  },
  async save(tx, { client, kind, dueOn, dueTime, note, moved }, { who, at, actId }) {
    if (moved) {
      const noted = isBare(note) ? moved.note : joined(moved.note, note)
      const to = { taskId: moved.id, dueOn, dueTime, managerId: moved.managerId, note: noted }
      return moveTask(tx, to, actId, at.now)
    }
    const what = { kind, reason: 'own', priority: PRIORITY, attempt: 0, asked: true } as const
    const task = { ...what, dueOn, dueTime, managerId: who.id, clientId: client.id, note }
    await openTask(tx, { ...task, product: null, amount: null }, actId, at.now)
  },
  reply({ client, dueOn, dueTime, note, moved }, _facts, { at, who: { language } }) {
    const stays = moved?.dueOn === dueOn && moved.dueTime === dueTime
    const movedFrom = moved && !stays ? sayWhen(moved, at.today, language) : null
    const due = saySetDay(dueOn, at, language, dueTime)
    return taskOpenedCard(client.name, due, note, movedFrom, language)
  },
})

/**
 * As what it is set: a call or visit moves the one that is open. What others work stays theirs, and nobody in F or on
 * the negative list is marketed to: with these it stands by itself.
 */
function asSet(
  { client, open }: Facts,
  asked: Input['kind'],
  who: Actor,
): Pick<Opened, 'kind' | 'moved'> {
  const there = open.find(({ kind, errand }) => kind === asked && !errand)
  if (noMarketing(client) || !serves(who, there?.managerId ?? client.ownerId)) {
    return { kind: 'other', moved: null }
  }
  return { kind: asked, moved: asked === 'other' ? null : (there ?? null) }
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
