import type { Scope } from '../../../bot/policy.ts'
import type { Day } from '../../../core/calendar/time.ts'
import { Prisma } from '../../../generated/client.ts'
import type { Queries } from '../../../infra/database/index.ts'
import type { TaskKind } from '../../playbook/rules.ts'

/** An open task as whoever leads its manager sees it. */
export interface OthersTask {
  readonly id: string
  readonly clientId: string
  readonly clientName: string
  readonly kind: TaskKind
  readonly dueOn: Day
  readonly dueTime: string | null
  readonly managerId: string
  readonly managerName: string
}

/** What is open of a client, or one task, with people within reach, locked. */
export const othersTasks = (
  tx: Queries,
  about: { readonly clientId: string } | { readonly taskId: string },
  scope: Scope,
): Promise<OthersTask[]> => {
  const which =
    'clientId' in about
      ? Prisma.sql`task.client_id = ${about.clientId}::uuid`
      : Prisma.sql`task.id = ${about.taskId}::uuid`
  const whose =
    scope.kind === 'own'
      ? Prisma.sql`task.manager_id = any(${[...scope.staffIds]}::uuid[])`
      : Prisma.sql`starts_with(unit.path, ${scope.kind === 'subtree' ? scope.path : '/'})`
  return tx.$queryRaw<OthersTask[]>`
    select task.id::text, task.client_id::text as "clientId", client.name as "clientName", task.kind,
      task.due_on::text as "dueOn", task.due_time as "dueTime", task.manager_id::text as "managerId",
      staff.name as "managerName"
    from task join client on client.id = task.client_id
    join staff on staff.id = task.manager_id join unit on unit.id = staff.unit_id
    where task.status = 'open' and ${whose} and ${which}
    order by task.due_on, task.id for update of task`
}
