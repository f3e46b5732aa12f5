import type { Day } from '../../../core/calendar/time.ts'
import { Choice, type Refusal, refuse } from '../../../core/decision.ts'
import type { OutcomeKinds } from '../../../core/outcome.ts'
import type { Language } from '../../../core/text.ts'
import { toYuan } from '../../../infra/database/columns.ts'
import type { Queries } from '../../../infra/database/index.ts'
import type { OutcomeItem } from '../outcomes/rules.ts'
import type { NamedOutcome } from './correct.ts'
import { outcomeWords } from './verdict.ts'

/** An outcome that somebody logged last. */
interface LastLogged extends NamedOutcome {
  /** Null: it was of a contact, and closed no task. */
  readonly taskId: string | null
}

/** What this person's last act of the day logged that still counts: one outcome, or all of one line. */
const lastLogged = (tx: Queries, staffId: string, today: Day) =>
  tx.$queryRaw<LastLogged[]>`
    select outcome.task_id::text as "taskId", client.name as "clientName", outcome.kind,
      outcome.amount, outcome.note
    from outcome join client on client.id = outcome.client_id
    where outcome.staff_id = ${staffId}::uuid and outcome.undone_at is null
      and outcome.logged_on = ${today}::date
      and outcome.act_id = (
        select act_id from outcome as last
        where last.staff_id = ${staffId}::uuid and last.undone_at is null
          and last.logged_on = ${today}::date
        order by last.logged_at desc, last.id desc limit 1)
    order by outcome.id`

interface Asking {
  readonly staffId: string
  readonly today: Day
  readonly kinds: OutcomeKinds
  readonly language: Language
}

/**
 * Items with the task that 改成拒绝, which names none, is about: the last that was logged. Of several that one line
 * logged it is asked which.
 */
export async function withLast(
  tx: Queries,
  items: readonly OutcomeItem[],
  { staffId, today, kinds, language }: Asking,
): Promise<readonly OutcomeItem[] | Choice | Refusal> {
  const place = items.findIndex(({ last }) => last)
  const item = items[place]
  if (!item) return items
  const logged = await lastLogged(tx, staffId, today)
  const tasks = logged.flatMap((each) => (each.taskId ? [{ ...each, taskId: each.taskId }] : []))
  const [one, ...more] = tasks
  if (!one) {
    const [contact] = logged
    return contact
      ? refuse(
          `刚才登记的是${contact.clientName}的来电，不在任务里：先"撤销"，再说一次"${contact.clientName} 结果"。`,
          `What you logged last was a call of ${contact.clientName} without a task: say "undo", then "${contact.clientName}" with the outcome.`,
        )
      : refuse(
          '今天还没有登记过结果。请带上编号或姓名，例如"1 拒绝"。',
          'You logged no outcome today. Say it with its number or name, such as "1 declined".',
        )
  }
  const about = (taskId: string) => items.with(place, { ...item, last: undefined, taskId })
  if (more.length === 0) return about(one.taskId)
  return new Choice(
    { zh: '改哪一个？', en: 'Which one is to be put right?' },
    tasks.map((each) => ({
      label: `${each.clientName} ${outcomeWords({ ...each, amount: toYuan(each.amount) }, kinds, language)}`,
      intent: { command: 'log-outcome', input: { items: about(each.taskId) } },
    })),
  )
}
