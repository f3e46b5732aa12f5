import type { Scope } from '../../../bot/policy.ts'
import { APPLIED_STAGES } from '../../../core/outcome.ts'
import type { Actor } from '../../../core/staff.ts'
import { Prisma } from '../../../generated/client.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { within } from '../../questions/sources/store.ts'
import { SKIPS, type Skip, type TargetList } from '../rules.ts'

/** How far people are with their clients of a list. */
export interface Counts {
  readonly clients: number
  /** Tasks of it that are open still; clients whose task is done, or of whom anything was logged since. */
  readonly open: number
  readonly done: number
  /** Clients who came that far since, by any outcome. */
  readonly reached: number
  readonly interested: number
  readonly applied: number
  readonly granted: number
}

/** How far somebody is with theirs. */
export interface Progress extends Counts {
  readonly staffId: string
  readonly name: string
  readonly code: string
  readonly unitName: string
}

/** What an outcome since the list came says of a client, as `said`. */
const SAID = Prisma.sql`left join lateral (
  select count(*) > 0 as some, bool_or(stage <> 'none') as reached,
    bool_or(stage = 'interested' or stage = any(${[...APPLIED_STAGES]}::text[])) as interested,
    bool_or(stage = any(${[...APPLIED_STAGES]}::text[])) as applied,
    bool_or(stage = 'granted') as granted
  from outcome where outcome.client_id = row.client_id and undone_at is null and corrected_by is null
    and logged_at >= target_list.made_at
) as said on true`

const COUNTED = Prisma.sql`
  count(*)::int as clients, count(*) filter (where task.status = 'open')::int as open,
  count(*) filter (where task.status = 'done' or said.some)::int as done,
  count(*) filter (where said.reached)::int as reached,
  count(*) filter (where said.interested)::int as interested,
  count(*) filter (where said.applied)::int as applied,
  count(*) filter (where said.granted)::int as granted`

/** The clients that people within reach have of lists, but for those that were recalled untouched. */
const given = (listIds: readonly string[], scope: Scope): Prisma.Sql => Prisma.sql`
  target_list.id = any(${[...listIds]}::uuid[]) and ${within(Prisma.sql`task.manager_id`, scope)}
    and (said.some or task.no_next is distinct from 'recalled')`

/** The people within reach who have clients of a list, who has done least first. */
export const progressOf = (tx: Queries, listId: string, scope: Scope): Promise<Progress[]> =>
  tx.$queryRaw<Progress[]>`
    select staff.id::text as "staffId", staff.name, staff.code, unit.name as "unitName", ${COUNTED}
    from target_list join target_list_row as row on row.list_id = target_list.id
    join task on task.id = row.task_id
    join staff on staff.id = task.manager_id join unit on unit.id = staff.unit_id ${SAID}
    where ${given([listId], scope)}
    group by staff.id, unit.name
    order by done, clients desc, staff.code`

/** How far all people within reach are with each of these lists; a list of which they have nothing is not there. */
export const totalsOf = (
  tx: Queries,
  listIds: readonly string[],
  scope: Scope,
): Promise<(Counts & { readonly listId: string })[]> =>
  tx.$queryRaw<(Counts & { readonly listId: string })[]>`
    select target_list.id::text as "listId", ${COUNTED}
    from target_list join target_list_row as row on row.list_id = target_list.id
    join task on task.id = row.task_id ${SAID}
    where ${given(listIds, scope)} group by target_list.id`

/** Who hears how a list ended: its maker, and the leads of whoever has clients of it. */
export const readersOf = (tx: Queries, { id, madeBy }: TargetList): Promise<Actor[]> =>
  tx.$queryRaw<Actor[]>`
    select staff.id, staff.code, staff.name, staff.role, staff.unit_id as "unitId",
      unit.path as "unitPath", staff.language, '{}'::uuid[] as "standsInFor"
    from staff join unit on unit.id = staff.unit_id
    where staff.active and (staff.id = ${madeBy}::uuid or (staff.role = 'lead' and exists (
      select from target_list_row as row join task on task.id = row.task_id
        join staff as manager on manager.id = task.manager_id join unit as own on own.id = manager.unit_id
      where row.list_id = ${id}::uuid and starts_with(own.path, unit.path))))
    order by staff.code`

const LEFT_OUT = [...SKIPS, 'recalled'] as const

/** How many of a list nobody got, by reason, and how many were recalled. */
export async function leftOut(
  tx: Queries,
  listId: string,
): Promise<readonly (readonly [Skip | 'recalled', number])[]> {
  const rows = await tx.$queryRaw<{ why: Skip | 'recalled'; clients: number }[]>`
    select coalesce(skip, 'recalled') as why, count(*)::int as clients
    from target_list join target_list_row as row on row.list_id = target_list.id
    left join task on task.id = row.task_id ${SAID}
    where row.list_id = ${listId}::uuid and (skip is not null or no_next = 'recalled' and not said.some)
    group by 1`
  const counts = new Map(rows.map(({ why, clients }) => [why, clients]))
  return LEFT_OUT.flatMap((why) => {
    const clients = counts.get(why)
    return clients ? [[why, clients] as const] : []
  })
}

/** A client of a list, row by row. */
export interface ListedClient {
  readonly clientId: string
  readonly name: string
  readonly businessName: string | null
  readonly managerName: string | null
  readonly managerCode: string | null
  readonly dueOn: string | null
  readonly status: string | null
  readonly skip: Skip | null
  readonly recalled: boolean
  /** The code of the last outcome since the list came, and its day; null: none. */
  readonly outcome: string | null
  readonly outcomeOn: string | null
  readonly note: string | null
}

/** Before the id of any client. */
export const BEFORE_ALL = '00000000-0000-0000-0000-000000000000'

/** The rows of a list after one, by client, as far as they are of people within reach. */
export const rowsAfter = (
  tx: Queries,
  list: Pick<TargetList, 'id' | 'madeAt'>,
  scope: Scope,
  after: string,
  most: number,
): Promise<ListedClient[]> =>
  tx.$queryRaw<ListedClient[]>`
    select client.id::text as "clientId", client.name, client.business_name as "businessName",
      staff.name as "managerName", staff.code as "managerCode", task.due_on::text as "dueOn",
      task.status, skip, coalesce(task.no_next = 'recalled', false) as recalled,
      last.kind as outcome, last.logged_on::text as "outcomeOn", last.note
    from target_list_row as row join client on client.id = row.client_id
    left join task on task.id = row.task_id left join staff on staff.id = task.manager_id
    left join lateral (
      select kind, logged_on, note from outcome
      where outcome.client_id = row.client_id and undone_at is null and corrected_by is null
        and logged_at >= ${list.madeAt}::timestamptz order by logged_at desc limit 1
    ) as last on true
    where row.list_id = ${list.id}::uuid and row.client_id > ${after}::uuid
      and ${within(Prisma.sql`coalesce(task.manager_id, client.owner_id)`, scope)}
    order by row.client_id limit ${most}`
