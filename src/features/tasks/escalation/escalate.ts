import { z } from 'zod'
import { command, query } from '../../../bot/command.ts'
import { wholeLine } from '../../../bot/grammar/reading.ts'
import { dayEnd, isWorkedAnywhere, type Moment } from '../../../bot/moment.ts'
import { addressesOf, enqueue } from '../../../bot/outbox/enqueue.ts'
import { pathOf } from '../../../bot/policy.ts'
import type { Services } from '../../../bot/services.ts'
import { instantOf } from '../../../core/calendar/time.ts'
import { textCard } from '../../../core/card.ts'
import { Choice, Refusal, refuse } from '../../../core/decision.ts'
import type { Queries } from '../../../infra/database/index.ts'
import type { Playbook } from '../../playbook/rules.ts'
import { resolveColleague } from '../../staff/resolve-colleague.ts'
import type { Named } from '../../staff/store.ts'
import { moveTask } from '../move/store.ts'
import * as policy from '../policy.ts'
import { escalationCard, toldCard } from './cards.ts'
import { type Escalated, escalate, escalatedBelow, overdueTask } from './store.ts'

/**
 * On workdays, what nobody worked on goes a step further; each lead hears of what is new in one
 * message, in the morning. Resolves to how many tasks came to leads.
 */
export async function escalateAll(
  tx: Queries,
  services: Services,
  playbook: Playbook,
  at: Moment,
): Promise<number> {
  if (!isWorkedAnywhere(at)) return 0
  const tasks = await escalate(tx, playbook, at)
  const byChief = Map.groupBy(tasks, ({ chiefId }) => chiefId)
  const morning = instantOf(at.today, services.morning.at, at.timezone)
  const letters = (await addressesOf(tx, [...byChief.keys()])).map((to) => ({
    channel: to.channel,
    conversation: to.conversation,
    card: escalationCard(byChief.get(to.staffId) ?? [], at, to.language),
    onceKey: `escalation:${at.today}:${to.staffId}`,
    replaces: null,
    notBefore: new Date(Math.max(morning.getTime(), at.now.getTime())),
    staleAt: dayEnd(at),
  }))
  await enqueue(tx, letters, at.now)
  return [...byChief.values()].reduce((sum, those) => sum + countOf(those), 0)
}

/** Each step says of how many its tasks are the first. */
const countOf = (tasks: readonly Escalated[]): number =>
  [...new Map(tasks.map(({ step, count }) => [step, count])).values()].reduce((a, b) => a + b, 0)

/** What is overdue among my people so long that it came to me. */
export const showOverdue = query<unknown, Escalated[]>({
  name: 'overdue',
  may: policy.decideOverdue,
  help: {
    usage: { zh: '逾期', en: 'overdue' },
    purpose: {
      zh: '组员久未办理的任务，可改派',
      en: 'what your people left undone, to be given to others',
    },
  },
  phrases: { words: ['逾期', '升级', 'overdue'], read: wholeLine({}) },
  input: z.unknown(),
  load: (tx, _input, asker) => escalatedBelow(tx, asker, asker.at.today),
  reply: (tasks, _input, { at, who }) => escalationCard(tasks, at, who.language),
})

type Overdue = NonNullable<Awaited<ReturnType<typeof overdueTask>>>
interface Reassigned {
  readonly task: Overdue
  readonly to: Named
}

const GONE = refuse(
  '这件任务已经办结，或不在您的团队里。',
  'This task is closed already, or not of your unit.',
)

/** An overdue task goes to a colleague's list of today; the client stays with its manager. */
export const reassign = command<{ taskId: string; to: string }, Reassigned, Reassigned>({
  name: 'reassign',
  may: policy.decideOverdue,
  undoable: true,
  help: {
    usage: { zh: '逾期清单上的"转给"', en: 'the button "To" of the overdue list' },
    purpose: { zh: '把逾期任务改派给同事', en: 'give an overdue task to somebody else' },
  },
  input: z.object({ taskId: z.uuid(), to: z.string().trim().min(1).max(40) }),
  async load(tx, input, asker) {
    const task = await overdueTask(tx, input.taskId, pathOf(asker))
    if (!task) return GONE
    const to = await resolveColleague(tx, asker.who, input.to, { command: 'reassign', input }, 'to')
    return to instanceof Refusal || to instanceof Choice ? to : { task, to }
  },
  decide: ({ task, to }) =>
    task.managerId === to.id
      ? refuse(`这件已在 ${to.name} 名下。`, `It is with ${to.name} already.`)
      : { task, to },
  async save(tx, { task, to }, { at, actId, tell, who }) {
    const dueOn = at.workdays.of(to.unitPath).onOrAfter(at.today)
    const become = { taskId: task.id, dueOn, dueTime: null, managerId: to.id, note: task.note }
    await moveTask(tx, become, actId, at.now)
    await tell(to.id, (language) => toldCard(who.name, task.clientName, false, language))
  },
  reply: ({ task, to }, _facts, { say }) =>
    textCard(
      say(
        `已把 ${task.clientName} 从 ${task.managerName} 改派给 ${to.name}，排在今天。`,
        `The task with ${task.clientName} went from ${task.managerName} to ${to.name}, due today.`,
      ),
    ),
})

/** An overdue task stays with its manager, who is asked to do it today. */
export const keepTask = command<{ taskId: string }, Overdue, Overdue>({
  name: 'keep-task',
  may: policy.decideOverdue,
  undoable: true,
  help: {
    usage: { zh: '逾期清单上的"留给"', en: 'the button "Leave to" of the overdue list' },
    purpose: { zh: '逾期任务仍由原经理今天办', en: 'its manager does the overdue task today' },
  },
  input: z.object({ taskId: z.uuid() }),
  load: async (tx, { taskId }, asker) => (await overdueTask(tx, taskId, pathOf(asker))) ?? GONE,
  decide: (task) => task,
  async save(tx, task, { at, actId, tell, who }) {
    const { id: taskId, managerId, note } = task
    const dueOn = at.workdays.of(task.unitPath).onOrAfter(at.today)
    await moveTask(tx, { taskId, dueOn, dueTime: null, managerId, note }, actId, at.now)
    await tell(managerId, (language) => toldCard(who.name, task.clientName, true, language))
  },
  reply: (task, _facts, { say }) =>
    textCard(
      say(
        `${task.clientName} 仍由 ${task.managerName} 跟进，已排在今天并提醒本人。`,
        `${task.managerName} keeps the task with ${task.clientName}; it is due today and they were told.`,
      ),
    ),
})
