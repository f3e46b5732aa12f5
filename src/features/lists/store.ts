import { type Asker, pathOf } from '../../bot/policy.ts'
import type { Day } from '../../core/calendar/time.ts'
import { type Refusal, refuse } from '../../core/decision.ts'
import { Prisma } from '../../generated/client.ts'
import type { Queries } from '../../infra/database/index.ts'
import type { TargetList } from './rules.ts'

/** So many are listed, the latest first. */
export const MOST_LISTED = 10

const COLUMNS = Prisma.sql`target_list.id, target_list.name, made_by as "madeBy", staff.name as "makerName", within,
  product, talking_points as "talkingPoints", starts_on::text as "startsOn", ends_on::text as "endsOn",
  made_at as "madeAt", recalled_at as "recalledAt"`

/** Whether somebody sees it: their part of the bank has to do with it; a manager, where something of it is theirs. */
const seenBy = (asker: Asker): Prisma.Sql =>
  asker.reach === 'own book'
    ? Prisma.sql`exists (select from target_list_row as row join task on task.id = row.task_id
        where row.list_id = target_list.id and task.manager_id = ${asker.who.id}::uuid)`
    : Prisma.sql`(starts_with(within, ${pathOf(asker)}) or starts_with(${pathOf(asker)}, within))`

/** The lists that somebody sees. */
export const listsSeenBy = (tx: Queries, asker: Asker): Promise<TargetList[]> =>
  tx.$queryRaw<TargetList[]>`
    select ${COLUMNS} from target_list join staff on staff.id = made_by
    where ${seenBy(asker)} order by made_at desc, target_list.id limit ${MOST_LISTED}`

/** The list of a name that somebody sees; without a name the latest. */
export async function listMeant(
  tx: Queries,
  asker: Asker,
  name: string | null,
): Promise<TargetList | Refusal> {
  const [list] = await tx.$queryRaw<TargetList[]>`
    select ${COLUMNS} from target_list join staff on staff.id = made_by
    where (${name}::text is null or key = name_key(${name})) and ${seenBy(asker)}
    order by made_at desc, target_list.id limit 1`
  if (list) return list
  return name === null
    ? refuse('还没有名单。', 'There is no list yet.')
    : refuse(
        `没有名单"${name}"。说"名单"看都有哪些。`,
        `There is no list "${name}"; say "lists" to see them.`,
      )
}

/** A list that somebody sees; null: there is none of that id, or they do not see it. */
export async function listSeenBy(
  tx: Queries,
  asker: Asker,
  id: string,
): Promise<TargetList | null> {
  const [list] = await tx.$queryRaw<TargetList[]>`
    select ${COLUMNS} from target_list join staff on staff.id = made_by
    where target_list.id = ${id}::uuid and ${seenBy(asker)}`
  return list ?? null
}

/** The lists whose last day was in a time, but for those that were recalled. */
export const listsEnded = (tx: Queries, from: Day, until: Day): Promise<TargetList[]> =>
  tx.$queryRaw<TargetList[]>`
    select ${COLUMNS} from target_list join staff on staff.id = made_by
    where ends_on between ${from}::date and ${until}::date and recalled_at is null
    order by made_at, target_list.id`

/** Whether there is a list of that name, whoever sees it. */
export async function isTaken(tx: Queries, name: string): Promise<boolean> {
  const found = await tx.$queryRaw<unknown[]>`
    select 1 from target_list where key = name_key(${name})`
  return found.length > 0
}
