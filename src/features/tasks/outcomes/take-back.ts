import type { Context } from '../../../bot/command.ts'
import type { Undoing } from '../../../bot/commands/undo-snapshot.ts'
import { textCard } from '../../../core/card.ts'
import { few, type Language, speaker, text } from '../../../core/text.ts'
import { toYuan } from '../../../infra/database/columns.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { recountContacts } from '../care/store.ts'
import { contactBack } from '../contact/contact-store.ts'
import { CORRECTED_SINCE, correctedBack, outcomesBefore, REOPENED } from '../correct/correct.ts'
import { outcomeWords } from '../correct/verdict.ts'
import { isErrand } from '../errands/errand.ts'
import { moveBack } from '../move/store.ts'

/**
 * What an act opened is cancelled, what it closed is open again, what it moved is where it was, what
 * it logged no longer counts.
 */
export const undo: Undoing = {
  what: {
    'log-outcome': text('结果', 'the outcome'),
    postpone: text('改期', 'the postponement'),
    'hand-task': text('转交', 'the hand-over'),
    'give-task': text('任务转交', 'the hand-over of a task'),
    assign: text('交办', 'the task'),
    'new-task': text('任务', 'the task'),
    'finish-errand': text('办结', 'what was done'),
    'visit-cluster': text('集群走访', 'the visits to a cluster'),
    'pass-list-on': text('名单转派', 'the reassignment of a list'),
    'do-not-contact': text('勿扰', 'the do-not-contact mark'),
    'may-contact': text('可联系', 'the lifting of the do-not-contact mark'),
    'quiet-hours': text('免打扰', 'the quiet hours'),
  },
  clients: `
    select client_id from outcome where act_id = act.id
    union all select client_id from task where opened_by = act.id or closed_by = act.id
    union all select id from client where silenced_by = act.id
    union all select client_id from task_move join task on task.id = task_id
      where act_id = act.id and not by_calendar`,
  // Worked on, put off again, or another task in the place of one that would be open again.
  builtUpon: `
    exists (select from task where opened_by = act.id and status <> 'open')
    or exists (select from task_move join task on task.id = task_id
      where act_id = act.id and not by_calendar and (status <> 'open' or exists (
        select from task_move as later where later.task_id = task.id
          and later.moved_at > task_move.moved_at and later.undone_at is null)))
    or exists (select from task join task as later on later.client_id = task.client_id
        and later.kind = task.kind and later.status = 'open'
        and later.opened_by is distinct from act.id and later.id not in ${REOPENED}
        and not ${isErrand('later')}
      where task.closed_by = act.id and not ${isErrand('task')})
    or ${CORRECTED_SINCE}`,
  async stands(tx, actId, { at }) {
    const before = await outcomesBefore(tx, actId)
    return before.map((each) => {
      const was = (language: Language) =>
        `${each.clientName} ${outcomeWords({ ...each, amount: toYuan(each.amount) }, at.kinds, language)}`
      return text(was('zh'), was('en'))
    })
  },
  async takeBack(tx, actId, context) {
    const { at, actId: by } = context
    await tellOthers(tx, actId, context)
    await moveBack(tx, actId, at.now)
    await correctedBack(tx, actId)
    await tx.$executeRaw`
      update task set status = 'cancelled', closed_by = ${by}::uuid, closed_at = ${at.now}::timestamptz,
        no_next = 'undone', generated_for = null
      where opened_by = ${actId}::uuid and status = 'open'`
    await tx.$executeRaw`
      update task set status = 'open', closed_by = null, closed_at = null, no_next = null
      where closed_by = ${actId}::uuid`
    await contactBack(tx, actId, at.now)
    const contacted = await tx.$queryRaw<{ clientId: string }[]>`
      update outcome set undone_at = ${at.now}::timestamptz where act_id = ${actId}::uuid
      returning client_id as "clientId"`
    await recountContacts(
      tx,
      contacted.map(({ clientId }) => clientId),
    )
  },
}

/** Whoever was given a task by this act hears that it is gone. */
async function tellOthers(tx: Queries, actId: string, { who, tell }: Context): Promise<void> {
  const given = await tx.$queryRaw<{ staffId: string; clients: string[] }[]>`
    with given as materialized (
      select id from task where opened_by = ${actId}::uuid
      union select task_id from task_move
        where act_id = ${actId}::uuid and to_manager_id <> from_manager_id
    )
    select manager_id as "staffId", array_agg(client.name order by client.name) as clients
    from given join task using (id) join client on client.id = client_id
    where task.status = 'open' and manager_id <> ${who.id}::uuid
    group by manager_id`
  for (const { staffId, clients } of given) {
    await tell(staffId, (language) =>
      textCard(
        speaker(language)(
          `${who.name}收回了刚才给您的任务：${few(clients, 'zh')}。`,
          `${who.name} took back the task just given to you: ${few(clients, 'en')}.`,
        ),
      ),
    )
  }
}
