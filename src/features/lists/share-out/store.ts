import type { Scope } from '../../../bot/policy.ts'
import type { Day } from '../../../core/calendar/time.ts'
import { Prisma } from '../../../generated/client.ts'
import { secret } from '../../../infra/database/encryption/secret.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { NEW_ID } from '../../../infra/database/new-id.ts'
import { type FilterAbout, filterSql } from '../../clients/filter/store.ts'
import { within } from '../../questions/sources/store.ts'
import type { Choosing, Receiver, Shares, Skip, TargetList, Way } from '../rules.ts'

/** Who gets which clients of a list, and when. */
export interface SharingOut {
  readonly choosing: Choosing
  /** Clients beyond it are not chosen. */
  readonly scope: Scope
  readonly about: FilterAbout
  readonly way: Way
  /** Ids of those at work, in the order in which they get clients. */
  readonly receivers: readonly string[]
  /** The workdays on which the tasks fall due. */
  readonly days: readonly Day[]
  /** As many tasks of lists fall due for somebody on one day. */
  readonly perDay: number
}

/** The clients that are chosen, beside `client`, with whom the workbook names for each. */
const chosenBy = (choosing: Choosing): Prisma.Sql =>
  'filter' in choosing
    ? Prisma.sql`cross join (select null::uuid as owner_id) as brought`
    : Prisma.sql`join (
        select distinct on (client_id) client_id, coalesce(coded.id, called.id) as owner_id
        from import_row left join staff as coded on lower(coded.code) = lower(says->'owner'->>'code')
        left join (select name, min(id::text)::uuid as id from staff where active
          group by name having count(*) = 1) as called on called.name = says->'owner'->>'name'
        where import_id = ${choosing.importId}::uuid and kind = 'client' and client_id is not null
          and verdict in ('new', 'changed', 'same', 'also', 'twice')
        order by client_id, coalesce(coded.id, called.id) is null, number
      ) as brought on brought.client_id = client.id`

/** Clients with who is to get them, as `wish (client_id, manager_id, tier, why)`; `why` nobody does. */
const WISHES: Readonly<Record<'owner' | 'region', Prisma.Sql>> = {
  owner: Prisma.sql`
    select chosen.id as client_id, receiver.id as manager_id, chosen.tier,
      case when wanted_id is null then 'nobody' when not staff.active then 'left'
        when exists (select from absence where staff_id = staff.id and cancelled_at is null
          and absence.until_day >= asked.today and absence.from_day <= asked.today) then 'away'
        else 'elsewhere' end as why
    from chosen cross join asked left join receiver on receiver.id = wanted_id
    left join staff on staff.id = wanted_id where chosen.skip is null`,
  region: Prisma.sql`
    select ordered.id as client_id, cover.manager_id, ordered.tier, 'no-region' as why
    from (select id, region_id, tier, row_number() over (partition by region_id order by tier, id) as place
      from chosen where skip is null) as ordered
    left join (
      select region_id, owner_id as manager_id, count(*) over (partition by region_id) as many,
        row_number() over (partition by region_id order by receiver.place) - 1 as turn
      from (select distinct region_id, owner_id from client
        where region_id is not null and owner_id in (select id from receiver)) as book
      join receiver on receiver.id = owner_id
    ) as cover on cover.region_id = ordered.region_id and cover.turn = (ordered.place - 1) % cover.many`,
}

/**
 * Who gets each chosen client and when, as `given (client_id, manager_id, due_on, skip)`. A manager has a slot
 * for each task that a day may take; clients whose manager is settled take that one's slots in turn, all others
 * the slots of everybody: each one's first before anybody's second, or with `load` where the least is open.
 */
function givenSql({
  choosing,
  scope,
  about,
  way,
  receivers,
  days,
  perDay,
}: SharingOut): Prisma.Sql {
  const wanted = way === 'sheet' ? Prisma.sql`brought.owner_id` : Prisma.sql`client.owner_id`
  const open =
    way === 'load'
      ? Prisma.sql`(select count(*) from task where manager_id = slot.manager_id and status = 'open')`
      : Prisma.sql`0`
  const settled = way !== 'evenly' && way !== 'load'
  const wishes = way === 'region' ? WISHES.region : WISHES.owner
  return Prisma.sql`
    asked as (select ${about.today}::date as today),
    receiver as (
      select id, place::int from unnest(${[...receivers]}::uuid[]) with ordinality as each (id, place)
    ), chosen as (
      select client.id, client.region_id, coalesce(client_tier.tier, 'z') as tier, ${wanted} as wanted_id,
        case when client.negative_list then 'negative-list' when client_tier.tier = 'F' then 'exit-tier'
          when client.do_not_contact is not null then 'do-not-contact'
          when exists (select from task where task.client_id = client.id and task.status = 'open'
            and task.kind = 'list') then 'other-list' end as skip
      from client ${chosenBy(choosing)} left join client_tier on client_tier.client_id = client.id
      where ${within(Prisma.sql`client.owner_id`, scope)}
        and ${filterSql('filter' in choosing ? choosing.filter : [], about)}
    ), slot as (
      select receiver.id as manager_id, receiver.place, day.due_on,
        row_number() over (partition by receiver.id order by day.due_on) as turn
      from receiver cross join unnest(${[...days]}::date[]) as day (due_on)
      left join (
        select manager_id, due_on, count(*)::int as tasks from task
        where status = 'open' and kind = 'list' and manager_id in (select id from receiver)
        group by manager_id, due_on
      ) as taken on taken.manager_id = receiver.id and taken.due_on = day.due_on
      cross join generate_series(coalesce(taken.tasks, 0) + 1, ${perDay}::int)
    ), given as (
      select id as client_id, null::uuid as manager_id, null::date as due_on, skip
      from chosen where skip is not null
      union all
      ${
        settled
          ? Prisma.sql`
            select client_id, slot.manager_id, due_on,
              case when wish.manager_id is null then why when slot.manager_id is null then 'full' end
            from (select *, row_number() over (partition by manager_id order by tier, client_id) as turn
              from (${wishes}) as each) as wish
            left join slot on slot.manager_id = wish.manager_id and slot.turn = wish.turn`
          : Prisma.sql`
            select ordered.id, ranked.manager_id, due_on,
              case when ranked.manager_id is null then 'full' end
            from (select id, row_number() over (order by tier, id) as turn
              from chosen where skip is null) as ordered
            left join (
              select manager_id, due_on, row_number() over (order by ${open} + turn, place) as turn from slot
            ) as ranked on ranked.turn = ordered.turn`
      }
    )`
}

interface Part {
  readonly staffId: string | null
  readonly skip: Skip | null
  readonly clients: number
  readonly until: Day | null
}

/** What everybody would get, and why some clients nobody. */
export async function sharesOf(tx: Queries, out: SharingOut): Promise<Shares> {
  const parts = await tx.$queryRaw<Part[]>`
    with ${givenSql(out)}
    select manager_id::text as "staffId", skip, count(*)::int as clients, max(due_on)::text as until
    from given group by manager_id, skip order by manager_id, skip`
  return {
    given: parts.flatMap(({ staffId, clients, until }) =>
      staffId && until ? [{ staffId, clients, until }] : [],
    ),
    skipped: Object.fromEntries(
      parts.flatMap(({ skip, clients }) => (skip ? [[skip, clients]] : [])),
    ),
  }
}

/** What a task of a list weighs: it was asked for from above, and has until the list ends. */
const PRIORITY = 55

export type NewList = Omit<TargetList, 'makerName' | 'recalledAt'> & { readonly actId: string }

/** Keeps a list and opens a task for each client that somebody gets. */
export async function shareOut(tx: Queries, list: NewList, out: SharingOut): Promise<void> {
  const { choosing } = out
  const filter = 'filter' in choosing ? JSON.stringify(choosing.filter) : null
  const importId = 'importId' in choosing ? choosing.importId : null
  await tx.$executeRaw`
    insert into target_list (id, name, key, made_by, within, filter, import_id, way, product, talking_points,
      starts_on, ends_on, act_id, made_at)
    values (${list.id}::uuid, ${list.name}, name_key(${list.name}), ${list.madeBy}::uuid, ${list.within},
      ${filter}::jsonb, ${importId}::uuid, ${out.way}, ${list.product}, ${list.talkingPoints},
      ${list.startsOn}::date, ${list.endsOn}::date, ${list.actId}::uuid, ${list.madeAt}::timestamptz)`
  await tx.$executeRaw`
    with ${givenSql(out)}, made as materialized (
      select client_id, manager_id, due_on, skip,
        case when manager_id is not null then ${Prisma.raw(NEW_ID)} end as task_id
      from given
    ), opened as (
      insert into task (id, manager_id, client_id, kind, due_on, status, priority, base, reason, asked,
        attempt, product, note, opened_by, created_at)
      select task_id, manager_id, client_id, 'list', due_on, 'open', ${PRIORITY}::int, ${PRIORITY}::int,
        'list', false, 0, ${list.product}, ${secret('note', list.talkingPoints)}, ${list.actId}::uuid,
        ${list.madeAt}::timestamptz
      from made where task_id is not null
    )
    insert into target_list_row (list_id, client_id, task_id, skip)
    select ${list.id}::uuid, client_id, task_id, skip from made`
}

/** Whom paths and ids mean: managers of the units, and managers and leads who are named. */
export const receiversOf = (
  tx: Queries,
  paths: readonly string[],
  staffIds: readonly string[],
  today: Day,
): Promise<Receiver[]> =>
  tx.$queryRaw<Receiver[]>`
    select staff.id::text, staff.code, staff.name, exists (select from absence
        where absence.staff_id = staff.id and cancelled_at is null
          and ${today}::date between from_day and until_day) as away
    from staff join unit on unit.id = staff.unit_id
    where staff.active and (staff.role = 'manager' and exists (
        select from unnest(${[...paths]}::text[]) as path where starts_with(unit.path, path))
      or staff.role in ('manager', 'lead') and staff.id = any(${[...staffIds]}::uuid[]))
    order by staff.code`

/** The book of clients that somebody brought in, as it is on file; without an id their last. Null: there is none. */
export async function lastImport(
  tx: Queries,
  staffId: string,
  importId: string | null,
): Promise<{ readonly id: string } | null> {
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    select id::text from import
    where staff_id = ${staffId}::uuid and kind = 'clients' and state = 'done'
      and (${importId}::uuid is null or id = ${importId}::uuid)
    order by ended_at desc limit 1`
  return row ?? null
}
