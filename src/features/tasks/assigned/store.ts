import type { Day } from '../../../core/calendar/time.ts'
import { batchPerTransaction } from '../../../infra/batch.ts'
import { toYuan } from '../../../infra/database/columns.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { listed } from '../../../infra/database/quoted.ts'
import type { TaskKind } from '../../playbook/rules.ts'

/** A task that somebody from above set for somebody, and what came of it. */
export interface AssignedTask {
  readonly taskId: string
  readonly clientId: string
  readonly clientName: string
  readonly kind: TaskKind
  readonly note: string | null
  readonly status: 'open' | 'done' | 'cancelled'
  readonly dueOn: Day
  readonly dueTime: string | null
  readonly managerName: string
  /** Who set it. */
  readonly setBy: string
  /** What was logged in the act that closed it; null: nothing was, or it is open. */
  readonly outcome: {
    readonly kind: string
    readonly amount: number | null
    readonly note: string | null
  } | null
  /** What was seen on a visit by that act; null: none was paid. */
  readonly visit: { readonly note: string | null } | null
  /** When the client is next on the list by that act; null: on no day. */
  readonly nextOn: Day | null
}

type Row = Omit<AssignedTask, 'outcome'> & {
  readonly outcome: { kind: string; amount: string | null; note: string | null } | null
  readonly actId: string
}

/** Of tasks that are picked, each with the act that closed it or corrected what was logged. */
const OF_PICKED = `
  select task.id::text as "taskId", task.client_id::text as "clientId", client.name as "clientName",
    task.kind, task.note, task.status, task.due_on::text as "dueOn", task.due_time as "dueTime",
    manager.name as "managerName", opener.staff_id::text as "setBy", picked.act_id::text as "actId",
    (select json_build_object('kind', kind, 'amount', amount::text, 'note', note) from outcome
      where undone_at is null
        and (task_id = task.id or (act_id = picked.act_id and client_id = task.client_id))
      order by id desc limit 1) as outcome,
    (select json_build_object('note', note) from visit
      where act_id = picked.act_id and client_id = task.client_id and undone_at is null
      limit 1) as visit,
    (select min(due_on)::text from task as next
      where next.opened_by = picked.act_id and next.client_id = task.client_id
        and next.status = 'open') as "nextOn"
  from picked
  join task on task.id = picked.id and task.reason = 'assigned'
  join act as opener on opener.id = task.opened_by and opener.staff_id <> task.manager_id
  join client on client.id = task.client_id
  join staff as manager on manager.id = task.manager_id`

const toAssigned = ({ outcome, ...row }: Row): AssignedTask => ({
  ...row,
  outcome: outcome && {
    ...outcome,
    amount: toYuan(outcome.amount === null ? null : BigInt(outcome.amount)),
  },
})

/** The tasks from above that an act closed, or whose outcome it corrected. */
export const closedBy = batchPerTransaction(async (tx, actIds: readonly string[]) => {
  const rows = await tx.$queryRawUnsafe<Row[]>(
    `with picked as (
       select id, closed_by as act_id from task where closed_by = any($1::uuid[])
       union select task_id, act_id from outcome where act_id = any($1::uuid[]) and task_id is not null
     ) ${OF_PICKED} order by task.id`,
    actIds,
  )
  const byAct = Map.groupBy(rows, ({ actId }) => actId)
  return actIds.map((id): readonly AssignedTask[] => (byAct.get(id) ?? []).map(toAssigned))
})

/** Why a task that was set ended without anybody having worked on it. */
const NEVER_WAS = ['undone']

/** What somebody set for others since a day: what is open first, the most overdue before. */
export async function assignedBy(
  tx: Queries,
  staffId: string,
  since: Day,
  most: number,
): Promise<AssignedTask[]> {
  const rows = await tx.$queryRawUnsafe<Row[]>(
    `with picked as (
       select task.id, closed_by as act_id from act join task on task.opened_by = act.id
       where act.staff_id = $1::uuid and act.at >= $2::date and act.command = 'assign'
     ) ${OF_PICKED}
     where (task.no_next is null or task.no_next not in (${listed(NEVER_WAS)}))
     order by task.status <> 'open', case when task.status = 'open' then task.due_on end,
       task.closed_at desc, task.id limit $3`,
    staffId,
    since,
    most,
  )
  return rows.map(toAssigned)
}
