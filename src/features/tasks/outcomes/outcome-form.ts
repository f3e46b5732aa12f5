import { z } from 'zod'
import { query } from '../../../bot/command.ts'
import { addDays } from '../../../core/calendar/time.ts'
import { refuse } from '../../../core/decision.ts'
import { type LoggedOutcome, loggedOutcomes } from '../correct/logged-outcome.ts'
import { mayCorrect } from '../correct/verdict.ts'
import { anyOutcomeFormCard, outcomeFormCard } from '../form-cards.ts'
import { linesFor, lockTasks, type TaskLine } from '../list/line-store.ts'
import { listOf } from '../list/store.ts'
import { SOON_DAYS } from '../list/today.ts'
import * as policy from '../policy.ts'

/** The form behind a task's button; without a task, one that begins by asking which. */
export const outcomeForm = query<{ taskId?: string | undefined }, Facts>({
  name: 'outcome-form',
  may: policy.openOutcomeForm,
  help: {
    usage: { zh: '清单上的"登记"按钮', en: 'the "Log" button on the list' },
    purpose: { zh: '用表单登记一件任务的结果', en: 'log the outcome of a task in a form' },
  },
  input: z.object({ taskId: z.uuid().optional() }),
  async load(tx, { taskId }, { who, at }) {
    if (!taskId) {
      const until = addDays(at.today, SOON_DAYS)
      const listed = await listOf(tx, { staffId: who.id, today: at.today, until })
      return {
        line: null,
        logged: null,
        due: await linesFor(tx, { readerId: who.id, ids: listed?.ids ?? [] }),
      }
    }
    const [line] = await lockTasks(tx, { readerId: who.id, ids: [taskId] })
    if (line) {
      const logged = line.status === 'open' ? null : await loggedOutcomes(tx, [line.id], at.today)
      return { line, due: [], logged: logged?.get(line.id) ?? null }
    }
    return refuse('这件任务已不存在。发"今日"看清单。', 'This task is gone. Say "today".')
  },
  fault: ({ line, logged }, { who }) =>
    !line || line.status === 'open' || (logged && mayCorrect(who, line, logged))
      ? null
      : refuse(
          `${line.clientName} 的这件任务已结束。发"今日"看剩下的。`,
          `This task of ${line.clientName} is closed. Say "today" for the rest.`,
        ),
  reply: ({ line, due }, _input, { at, who, shared }) =>
    line
      ? outcomeFormCard(line, at, who.language, shared)
      : anyOutcomeFormCard(due, at, who.language),
})

interface Facts {
  readonly line: TaskLine | null
  /** What was logged for it today, which may be corrected. */
  readonly logged: LoggedOutcome | null
  /** What may be logged, where no task was named. */
  readonly due: readonly TaskLine[]
}
