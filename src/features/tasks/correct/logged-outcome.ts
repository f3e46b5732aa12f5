import type { Day } from '../../../core/calendar/time.ts'
import type { Stage } from '../../../core/outcome.ts'
import { toYuan } from '../../../infra/database/columns.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { MOST_CONTACTS } from '../../playbook/rules.ts'

/** What was logged today for a closed task, and still counts. */
export interface LoggedOutcome {
  readonly taskId: string
  readonly outcomeId: string
  readonly actId: string
  readonly clientId: string
  readonly staffId: string
  /** Who logged it, and whose client it is about. */
  readonly by: string
  readonly ownerId: string
  readonly kind: string
  readonly stage: Stage
  readonly amount: number | null
  readonly product: string | null
  readonly agreedOn: Day | null
  readonly agreedAt: string | null
  readonly note: string | null
  readonly campaignId: string | null
  /** What followed it has been worked on, moved or replaced since, or a department has its need. */
  readonly builtUpon: boolean
  /** The client's days of contact without it, newest first. */
  readonly contacts: readonly Day[]
}

/** By task, what of a day stands for these. */
export async function loggedOutcomes(
  tx: Queries,
  taskIds: readonly string[],
  today: Day,
): Promise<ReadonlyMap<string, LoggedOutcome>> {
  if (taskIds.length === 0) return new Map()
  const rows = await tx.$queryRaw<(Omit<LoggedOutcome, 'amount'> & { amount: bigint | null })[]>`
    select distinct on (told.task_id) told.task_id::text as "taskId", told.id::text as "outcomeId",
      told.act_id::text as "actId", told.client_id::text as "clientId",
      told.staff_id::text as "staffId", staff.name as by, client.owner_id::text as "ownerId",
      told.kind, told.stage, told.amount, told.product, told.next_on::text as "agreedOn",
      told.next_time as "agreedAt", told.note,
      told.campaign_id::text as "campaignId",
      exists (
        select from task as follows
        where follows.opened_by = told.act_id and follows.client_id = told.client_id
          and (follows.status = 'done'
            or (follows.no_next = 'replaced' and follows.closed_by is distinct from told.act_id)
            or exists (select from task_move
              where task_id = follows.id and task_move.undone_at is null))
      ) or exists (
        select from need join hand_over_row on need_id = need.id
        where need.act_id = told.act_id and need.client_id = told.client_id
      ) as "builtUpon",
      to_json(array(
        select logged_on from outcome as other
        where other.client_id = told.client_id and other.undone_at is null and other.id <> told.id
          and other.stage <> 'none'
        union select visited_on from visit
        where visit.client_id = told.client_id and visit.undone_at is null
        order by logged_on desc limit ${MOST_CONTACTS})) as contacts
    from outcome as told
    join staff on staff.id = told.staff_id join client on client.id = told.client_id
    where told.task_id = any(${taskIds}::uuid[]) and told.undone_at is null
      and told.logged_on = ${today}::date
    order by told.task_id, told.logged_at desc, told.id desc`
  return new Map(rows.map((row) => [row.taskId, { ...row, amount: toYuan(row.amount) }]))
}
