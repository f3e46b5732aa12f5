import type { Day } from '../../../core/calendar/time.ts'
import { batchPerTransaction } from '../../../infra/batch.ts'
import { toDay } from '../../../infra/database/columns.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { listed } from '../../../infra/database/quoted.ts'
import { idsIn, idsOf } from '../../../infra/database/raw-statements.ts'
import { PRESSING } from '../rules.ts'
import type { ShownLine } from './shown.ts'

/** Open tasks of one manager that a day's list holds at most. */
const MOST_LINES = 60

/** A person's list of a day: its tasks in order, and how many of them are due or come first anyhow. */
export interface Listed {
  readonly readerId: string
  readonly ids: readonly string[]
  readonly due: number
}

/**
 * The open tasks that each of these people works, due until a day: their own, and those of whom they
 * stand in for today. Complaints first, the most pressing before, then who was recommended, unless they
 * were put off; then overdue and due, what has an hour today by its hour, the rest by priority, then by day. Who has none is left out.
 */
export async function listsOf(
  tx: Queries,
  staffIds: readonly string[],
  today: Day,
  until: Day,
): Promise<Listed[]> {
  return tx.$queryRawUnsafe<Listed[]>(
    `select viewer.id as "readerId", listed.ids, listed.due
     from unnest(${idsIn('$1')}) with ordinality as viewer (id, place)
     cross join lateral (
       select json_agg(id) as ids, count(*) filter (where first or due_on <= $2::date)::int as due
       from (
         select task.id, due_on, first from (
           select viewer.id union all
           select staff_id from absence where stand_in_id = viewer.id and cancelled_at is null
             and $2::date between from_day and until_day
         ) as manager
         join task on manager_id = manager.id and status = 'open' and due_on <= $3::date
         cross join lateral (
           select kind in (${listed(PRESSING)})
             and (due_on <= $2::date or postponed = 0) as first
         ) as pressing
         order by not first, first and kind <> 'complaint', case when first then answer_by end,
           (due_on > $2::date), (due_on = $2::date), coalesce(escalation, 0) = 0,
           case when due_on = $2::date then due_time end, priority desc, due_on, task.id
         limit ${MOST_LINES}
       ) as ordered
     ) as listed
     where listed.ids is not null order by viewer.place`,
    JSON.stringify(staffIds),
    today,
    until,
  )
}

/** One person's list, as `listsOf` gives them; null: there is none. */
export const listOf = batchPerTransaction(
  async (
    tx,
    asked: readonly { readonly staffId: string; readonly today: Day; readonly until: Day }[],
  ) => {
    const lists = new Map<string, Listed>()
    const spans = Map.groupBy(asked, ({ today, until }) => `${today} ${until}`)
    for (const [span, those] of spans) {
      const [{ today, until }] = those as [(typeof asked)[number]]
      const ids = [...new Set(those.map(({ staffId }) => staffId))]
      for (const list of await listsOf(tx, ids, today, until))
        lists.set(`${span} ${list.readerId}`, list)
    }
    return asked.map(
      ({ staffId, today, until }) => lists.get(`${today} ${until} ${staffId}`) ?? null,
    )
  },
)

/** Among which of these tasks, in their order, is looked for the first so many that are open and due. */
interface Following {
  readonly ids: readonly string[]
  readonly by: Day
  readonly most: number
}

/** How many are looked at first for each that is wanted: mostly the very next one is open. */
const NEAR = 3

/** The first so many of these tasks that are open and due by a day. */
export const firstOpen = batchPerTransaction(async (tx, asked: readonly Following[]) => {
  const near = await openAmong(
    tx,
    asked.map((each) => ({ ...each, ids: each.ids.slice(0, NEAR * each.most) })),
  )
  const wanting = asked.filter(
    ({ ids, most }, turn) => near[turn]?.length === 0 && ids.length > NEAR * most,
  )
  if (wanting.length === 0) return near
  const further = await openAmong(tx, wanting)
  return asked.map((each, turn) => further[wanting.indexOf(each)] ?? near[turn] ?? [])
})

async function openAmong(tx: Queries, asked: readonly Following[]) {
  const candidates = asked.flatMap(({ ids, by, most }, turn) =>
    ids.map((id) => ({ id, turn, by, most })),
  )
  if (candidates.length === 0) return asked.map(() => [])
  const rows = await tx.$queryRaw<{ turn: number; id: string }[]>`
    select turn, first.id::text
    from (
      select turn, task.id, most,
        row_number() over (partition by turn order by place) as nth
      from rows from (
          json_to_recordset(${JSON.stringify(candidates)}::json)
            as (id uuid, turn int, by date, most int)
        ) with ordinality as candidate (id, turn, by, most, place)
      join task on task.id = candidate.id
      where status = 'open' and due_on <= by
    ) as first
    where nth <= most order by turn, nth`
  const byTurn = Map.groupBy(rows, ({ turn }) => turn)
  return asked.map((_, turn) => byTurn.get(turn) ?? [])
}

/** The numbers a person saw on a day. */
interface SeenList {
  readonly day: Day
  readonly items: readonly string[]
}

interface SavedList extends SeenList {
  readonly staffId: string
  /** What is shown now and was not before. */
  readonly shown?: readonly ShownLine[]
}

/** The numbers a person saw last: of today, else of their latest list. */
export const latestList = batchPerTransaction(async (tx, staffIds: readonly string[]) => {
  const rows = await tx.$queryRaw<{ staffId: string; day: Date; items: string[] }[]>`
    select asked.id::text as "staffId", latest.*
    from (select distinct unnest(${idsOf(staffIds)}) as id) as asked
    cross join lateral (
      select day, to_json(items) as items from task_list where staff_id = asked.id order by day desc limit 1
    ) as latest`
  const byStaff = new Map(
    rows.map(({ staffId, day, items }) => [staffId, { day: toDay(day), items }]),
  )
  return staffIds.map((id): SeenList | null => byStaff.get(id) ?? null)
})

/**
 * The numbers that a person saw on a day, and the ids of the lines shown under them, locked until they
 * are written anew; null: there is no list of that day.
 */
export const lockList = batchPerTransaction(
  async (tx, asked: readonly { readonly staffId: string; readonly day: Day }[]) => {
    const rows = await tx.$queryRaw<
      { staffId: string; day: Date; items: string[]; shown: string[] }[]
    >`
      select staff_id::text as "staffId", task_list.day, to_json(items) as items,
        coalesce(jsonb_path_query_array(shown, '$[*].id'), '[]') as shown
      from unnest(${asked.map(({ staffId }) => staffId)}::uuid[],
          ${asked.map(({ day }) => day)}::date[]) as asked (staff_id, day)
      join task_list using (staff_id, day)
      order by staff_id for update of task_list`
    const lists = new Map(
      rows.map(({ staffId, day, items, shown }) => [`${staffId} ${toDay(day)}`, { items, shown }]),
    )
    return asked.map(({ staffId, day }) => lists.get(`${staffId} ${day}`) ?? null)
  },
)

/** Keeps the numbers that a person sees on a day, the same day's replaced, and what was shown, added. */
export const saveList = batchPerTransaction(async (tx, lists: readonly SavedList[]) => {
  const latest = new Map(lists.map((list) => [`${list.staffId} ${list.day}`, list]))
  await tx.$executeRaw`
      insert into task_list (staff_id, day, items, shown)
      select "staffId", day, items, shown
      from jsonb_to_recordset(${JSON.stringify([...latest.values()])}::jsonb)
        as list ("staffId" uuid, day date, items uuid[], shown jsonb)
      order by "staffId", day
      on conflict (staff_id, day) do update set items = excluded.items,
        shown = coalesce(task_list.shown || excluded.shown, task_list.shown, excluded.shown)`
  return lists.map(() => undefined)
})

/** How many of these tasks are done. */
export const countDone = batchPerTransaction(async (tx, asked: readonly (readonly string[])[]) => {
  const ids = asked.flat()
  if (ids.length === 0) return asked.map(() => 0)
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id::text from task where id = any(${ids}::uuid[]) and status = 'done'`
  const done = new Set(rows.map(({ id }) => id))
  return asked.map((each) => each.filter((id) => done.has(id)).length)
})

/** Whose these tasks are, in their order. */
export async function whoseTasks(tx: Queries, taskIds: readonly string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ clientId: string }[]>`
    select client_id as "clientId" from unnest(${taskIds}::uuid[]) with ordinality as listed (id, place)
    join task on task.id = listed.id where client_id is not null order by place`
  return rows.map(({ clientId }) => clientId)
}

/** Of so many acts the last ones are looked through for clients. */
const ACTS_LOOKED_THROUGH = 20

/** The clients whom somebody looked at last, one at a time, the latest first. */
export async function lastLookedAt(tx: Queries, staffId: string, most: number): Promise<string[]> {
  const rows = await tx.$queryRaw<{ clientId: string }[]>`
    select seen[1] as "clientId" from (
      select seen, at from act where staff_id = ${staffId}::uuid
      order by at desc limit ${ACTS_LOOKED_THROUGH}
    ) as latest
    where cardinality(seen) = 1 group by seen[1] order by max(at) desc limit ${most}`
  return rows.map(({ clientId }) => clientId)
}
