import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { noteField } from '../../../bot/grammar/fields.ts'
import { Choice, Refusal } from '../../../core/decision.ts'
import { resolveColleague } from '../../staff/resolve-colleague.ts'
import type { Named } from '../../staff/store.ts'
import { refreshList } from '../list/today.ts'
import { faultOf, noneListed } from '../outcomes/named-tasks.ts'
import * as policy from '../policy.ts'
import { joined } from '../rules.ts'
import type { Handed } from './cards.ts'
import { handedCard, receivedCard } from './cards.ts'
import { HAND_PHRASES } from './hand-words.ts'
import { refuseAll } from './postpone-task.ts'
import { findSaidTasks, type TasksSaid } from './said-tasks.ts'
import { moveTask } from './store.ts'

const input = z.object({
  tasks: z.array(z.int().positive()).max(20).default([]),
  taskId: z.uuid().optional(),
  /** Whose tasks, where no number is said. */
  named: z.array(z.string().trim().min(1).max(40)).max(20).default([]),
  clientId: z.uuid().optional(),
  to: z.string().trim().min(1, '转给谁？ To whom?').max(40),
  note: noteField,
})
type Input = z.infer<typeof input>

interface Facts extends TasksSaid {
  readonly to: Named
}

/** A task to a colleague of the same branch: it is on their list at once, with whose client it is. */
export const handTask = command<Input, Facts, Handed>({
  name: 'hand-task',
  may: policy.workTasks,
  undoable: true,
  help: {
    usage: { zh: '转给 3 王五', en: 'hand 3 to Lee' },
    purpose: {
      zh: '把一件任务交给本支行的同事，客户仍是您的',
      en: 'give a task to a colleague of your branch; the client stays yours',
    },
  },
  phrases: HAND_PHRASES,
  input,
  askedInVain: noneListed,
  async load(tx, asked, context) {
    const { who } = context
    const intent = { command: 'hand-task', input: asked }
    const to = await resolveColleague(tx, who, asked.to, intent, 'to')
    if (to instanceof Refusal || to instanceof Choice) return to
    const found = await findSaidTasks(tx, asked, intent, context)
    return found instanceof Refusal || found instanceof Choice ? found : { ...found, to }
  },
  decide({ found, numbers, to, faults: unknown }, { note }, { who }): Handed | Refusal {
    const faults = found.map((each) => faultOf(each, numbers.length, who))
    const refused = [...unknown, ...faults.filter((fault) => fault !== null)]
    const moved = found.flatMap(({ task }, index) => (task && !faults[index] ? [task] : []))
    return moved.length === 0 ? refuseAll(refused) : { to, moved, refused, note }
  },
  async save(tx, { to, moved, note }, context) {
    const { actId, at, who } = context
    for (const { id: taskId, dueOn, dueTime, note: before } of moved) {
      const become = { taskId, dueOn, dueTime, managerId: to.id, note: joined(before, note) }
      await moveTask(tx, become, actId, at.now)
    }
    await context.tell(to.id, (language) => receivedCard(who.name, moved, note, at, language))
    refreshList(context)
  },
  reply: (handed, _facts, { who }) => handedCard(handed, who.language),
})
