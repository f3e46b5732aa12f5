import { z } from 'zod'
import { type Context, command } from '../../../bot/command.ts'
import { type Asker, scopeOf } from '../../../bot/policy.ts'
import { Choice, Refusal, refuse } from '../../../core/decision.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { clientRef, resolveClient } from '../../clients/resolve-client.ts'
import { resolveColleague } from '../../staff/resolve-colleague.ts'
import { giveTask } from '../move/store.ts'
import * as policy from '../policy.ts'
import { type Given, givenCard, goneCard, gotCard } from './cards.ts'
import { GIVE_PHRASES, isSelf } from './give-words.ts'
import { othersTasks } from './store.ts'

const input = z.object({
  ...clientRef,
  taskId: z.uuid().optional(),
  /** A name or staff code; 我, me: whoever says it. */
  to: z.string().trim().min(1, '转给谁？ To whom?').max(40),
})
type Input = z.infer<typeof input>

/**
 * What is open with a client goes to somebody else, the client stays: a manager gives their own, a lead or head those of
 * their people, or takes them.
 */
export const giveTasks = command<Input, Given, Given>({
  name: 'give-task',
  may: policy.giveTasks,
  undoable: true,
  help: {
    usage: { zh: '李四的任务转给王五', en: 'give task of Tom to Lee' },
    purpose: {
      zh: '一位客户的任务交给别的同事；主管可以转组员的，或者转给我。客户归属不变',
      en: 'what is open with a client to a colleague; leads give those of their people, or take them',
    },
  },
  phrases: GIVE_PHRASES,
  input,
  load,
  decide({ tasks: open, to }) {
    const tasks = open.filter(({ managerId }) => managerId !== to.id)
    const name = open[0]?.clientName
    return tasks.length > 0
      ? { tasks, to }
      : refuse(
          `${name} 的任务已在 ${to.name} 名下。`,
          `The task with ${name} is with ${to.name} already.`,
        )
  },
  async save(tx, { tasks, to }, { who, at, actId, tell }) {
    for (const { id } of tasks) await giveTask(tx, id, to.id, actId, at.now)
    if (to.id !== who.id) {
      await tell(to.id, (language) => gotCard(who.name, tasks, at, language))
    }
    const before = Map.groupBy(tasks, ({ managerId }) => managerId)
    for (const [managerId, theirs] of before) {
      if (managerId === who.id) continue
      await tell(managerId, (language) => goneCard(who.name, theirs, to, language))
    }
  },
  reply: (given, _facts, { at, who }) => givenCard(given, at, who.language),
})

async function load(
  tx: Queries,
  asked: Input,
  asker: Context & Asker,
): Promise<Given | Refusal | Choice> {
  const { who, reach } = asker
  const intent = { command: 'give-task', input: asked }
  const client = asked.taskId ? null : await resolveClient(tx, { who, reach }, asked, intent)
  if (client && !('id' in client)) return client
  const to = isSelf(asked.to) ? who : await resolveColleague(tx, who, asked.to, intent, 'to')
  if (to instanceof Refusal || to instanceof Choice) return to
  const about = client ? { clientId: client.id } : { taskId: asked.taskId ?? '' }
  const tasks = await othersTasks(tx, about, scopeOf(asker))
  return tasks.length > 0 ? { tasks, to } : client ? noneOpen(client.name) : GONE
}

const GONE = refuse(
  '这件任务已经办结，或不在您名下、您的团队里。',
  'This task is closed already, or neither yours nor of your unit.',
)
const noneOpen = (name: string): Refusal =>
  refuse(
    `${name} 没有未办的任务；要派一件就说"派 姓名 联系${name} 明天"。`,
    `Nothing is open with ${name}; to set a task say "assign Name call ${name} tomorrow".`,
  )
