import { z } from 'zod'
import { query } from '../../bot/command.ts'
import { refuse } from '../../core/decision.ts'
import { outcomeFormCard } from './cards.ts'
import { lockTasks, type TaskLine } from './store.ts'

/** The form behind a task's button. */
export const outcomeForm = query<{ taskId: string }, TaskLine>({
  name: 'outcome-form',
  roles: ['manager', 'lead'],
  help: {
    usage: { zh: '清单上的"登记"按钮', en: 'the "Log" button on the list' },
    purpose: { zh: '用表单登记一件任务的结果', en: 'log the outcome of a task in a form' },
  },
  input: z.object({ taskId: z.uuid() }),
  async load(tx, { taskId }) {
    const [line] = await lockTasks(tx, [taskId])
    return line ?? refuse('这件任务已不存在。发"今日"看清单。', 'This task is gone. Say "today".')
  },
  allow(who, line) {
    if (line.managerId !== who.id) {
      return refuse('这件任务不在您名下。', 'This task is not yours.')
    }
    if (line.status !== 'open') {
      return refuse(
        `${line.clientName} 的这件任务已结束。发"今日"看剩下的。`,
        `This task of ${line.clientName} is closed. Say "today" for the rest.`,
      )
    }
    return null
  },
  reply: (line, _input, { at, who, shared }) => outcomeFormCard(line, at, who.language, shared),
})
