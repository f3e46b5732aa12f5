import type { Scope } from '../../../bot/policy.ts'
import { Prisma } from '../../../generated/client.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { within } from '../../questions/sources/store.ts'

/** The open tasks of a list that people within reach have, of one of them or (null) of all. */
const openOf = (listId: string, staffId: string | null, scope: Scope): Prisma.Sql => Prisma.sql`
  select task.id, task.client_id, task.manager_id, task.due_on, task.due_time, task.note
  from target_list_row as row join task on task.id = row.task_id and task.status = 'open'
  where row.list_id = ${listId}::uuid and (${staffId}::uuid is null or task.manager_id = ${staffId}::uuid)
    and ${within(Prisma.sql`task.manager_id`, scope)}`

/** What somebody loses or gets. */
interface Part {
  readonly staffId: string
  readonly clients: number
}

/** Who has open tasks of a list, and how many. */
export const openParts = (
  tx: Queries,
  listId: string,
  staffId: string | null,
  scope: Scope,
): Promise<Part[]> =>
  tx.$queryRaw<Part[]>`
    select manager_id::text as "staffId", count(*)::int as clients
    from (${openOf(listId, staffId, scope)}) as open group by manager_id order by manager_id`

/** Cancels open tasks of a list; with nobody named the list has ended. */
export async function recall(
  tx: Queries,
  listId: string,
  staffId: string | null,
  { scope, actId, now }: { readonly scope: Scope; readonly actId: string; readonly now: Date },
): Promise<void> {
  await tx.$executeRaw`
    update task set status = 'cancelled', closed_by = ${actId}::uuid, closed_at = ${now}::timestamptz,
      no_next = 'recalled'
    from (${openOf(listId, staffId, scope)}) as open where task.id = open.id`
  if (staffId === null) {
    await tx.$executeRaw`
      update target_list set recalled_at = ${now}::timestamptz where id = ${listId}::uuid`
  }
}

/** Gives somebody's open tasks of a list to others in turn, on the days they are due; notes whose they were. */
export async function passOn(
  tx: Queries,
  listId: string,
  staffId: string,
  receivers: readonly string[],
  { scope, actId, now }: { readonly scope: Scope; readonly actId: string; readonly now: Date },
): Promise<void> {
  await tx.$executeRaw`
    with moved as (
      insert into task_move (id, act_id, task_id, from_due_on, to_due_on, from_time, from_manager_id,
        to_manager_id, from_note, moved_at)
      select gen_random_uuid(), ${actId}::uuid, id, due_on, due_on, due_time, manager_id,
        (${[...receivers]}::uuid[])[1 + (row_number() over (order by due_on, id) - 1) % ${receivers.length}::int],
        note, ${now}::timestamptz
      from (${openOf(listId, staffId, scope)}) as open
      returning task_id, to_manager_id
    )
    update task set manager_id = to_manager_id from moved where task.id = task_id`
}
