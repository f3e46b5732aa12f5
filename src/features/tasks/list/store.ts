import type { Day } from '../../../core/time.ts'
import { toDay, toYuan } from '../../../infra/database/columns.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { together } from '../../../infra/database/together.ts'
import type { Because } from '../care/priority-rules.ts'
import type { OutcomeKind, TaskKind } from '../playbook.ts'
import type { TaskReason } from '../rules.ts'

/** A task with what its line on the list says. */
export interface TaskLine {
  readonly id: string
  /** Who works it: the manager, or whoever stands in for them. */
  readonly readerId: string
  readonly managerId: string
  readonly clientId: string
  readonly status: 'open' | 'done' | 'cancelled'
  readonly kind: TaskKind
  readonly dueOn: Day
  readonly priority: number
  readonly reason: TaskReason
  readonly attempt: number
  /** How often it was put off. */
  readonly postponed: number
  readonly product: string | null
  readonly amount: number | null
  readonly note: string | null
  readonly clientName: string
  readonly businessName: string | null
  readonly phone: string | null
  readonly tier: string | null
  readonly provisional: boolean
  /** The tier that waits for approval; null when none does. */
  readonly pendingTier: string | null
  readonly doNotContact: string | null
  readonly negativeList: boolean
  readonly creditExpiresOn: Day | null
  /** Null too where the task's reason is not that the client is quiet. */
  readonly usageRate: number | null
  readonly lastTouchOn: Day | null
  /** The days that the contact ceiling counts, newest first. */
  readonly touches: readonly Day[]
  readonly unusedSince: Day | null
  /** `12:00-14:00`; null: as the playbook says. */
  readonly quietHours: string | null
  /** What raised the priority most; null: nothing did. */
  readonly because: Because | null
  /** How far it was carried for being overdue; null or 0: not at all. */
  readonly escalation: number | null
  readonly last: {
    readonly kind: OutcomeKind
    readonly on: Day
    readonly note: string | null
  } | null
  /** Who recommended the client, for a referral. */
  readonly referrer: string | null
  /** For a complaint: the day by which it is to be settled. */
  readonly answerBy: Day | null
  /** Whose client it is, where that is not the reader. */
  readonly whose: string | null
  /** Who set the task, where that was somebody above. */
  readonly assignedBy: string | null
}

interface Row extends Omit<TaskLine, 'amount' | 'last'> {
  amount: bigint | null
  lastKind: OutcomeKind | null
  lastOn: Day | null
  lastNote: string | null
}

/**
 * The columns of a line for the tasks in a table expression `picked (id, viewer, …)`; what few lines
 * say is looked up for those alone.
 */
const LINE = `
  select task.id, picked.viewer as "readerId", task.manager_id as "managerId", task.client_id as "clientId", task.status,
    task.kind, task.due_on::text as "dueOn", task.priority, task.reason, task.attempt, task.postponed,
    task.product, task.amount, task.note, client.name as "clientName", client.business_name as "businessName",
    client.phone, client_tier.tier, coalesce(client_tier.provisional, false) as provisional,
    waiting."to" as "pendingTier",
    client.do_not_contact as "doNotContact", client.negative_list as "negativeList",
    client.credit_expires_on::text as "creditExpiresOn",
    case when task.reason = 'quiet' then (
      select usage_rate from client_facts where client_facts.client_id = client.id
    ) end as "usageRate",
    client.last_touch_on::text as "lastTouchOn", coalesce(to_json(client.touches), '[]') as touches,
    client.unused_since::text as "unusedSince", client.quiet_hours as "quietHours", task.because, task.escalation,
    last.kind as "lastKind", last.logged_on::text as "lastOn", last.note as "lastNote",
    case when task.kind = 'referral' then (
      select coalesce(staff.name, referrer.name)
      from referral_entry
      join referral_link on referral_link.id = referral_entry.link_id
      left join staff on staff.id = referral_link.staff_id
      left join client as referrer on referrer.id = referral_link.client_id
      where referral_entry.client_id = client.id
      order by referral_entry.entered_at desc limit 1
    ) end as referrer,
    case when task.kind = 'complaint' then (
      select min(due_on)::text from complaint
      where complaint.task_id = task.id and complaint.status = 'open'
    ) end as "answerBy",
    case when client.owner_id <> picked.viewer then (
      select name from staff where id = client.owner_id
    ) end as whose,
    case when task.reason = 'assigned' then (
      select name from act join staff on staff.id = act.staff_id
      where act.id = task.opened_by and staff.id <> task.manager_id
    ) end as "assignedBy"
  from picked
  join task on task.id = picked.id
  join client on client.id = task.client_id
  left join client_tier on client_tier.client_id = client.id
  left join tier_change as waiting on waiting.client_id = client.id and waiting.status = 'pending'
  left join lateral (
    select kind, logged_on, note from outcome
    where outcome.client_id = client.id and undone_at is null order by logged_at desc limit 1
  ) as last on true`

const toLine = (row: Row): TaskLine => {
  const { lastKind, lastOn, lastNote, ...line } = row
  return {
    ...line,
    amount: toYuan(row.amount),
    last: lastKind && lastOn ? { kind: lastKind, on: lastOn, note: lastNote } : null,
  }
}

/** Open tasks of one manager that a day's list holds at most. */
const MOST_LINES = 60

/** A person's list of a day: its tasks in order, and how many of them are due. */
export interface Listed {
  readonly readerId: string
  readonly ids: readonly string[]
  readonly due: number
}

/**
 * The open tasks that each of these people works, due until a day: their own, and those of whom they
 * stand in for today. Overdue and due first, by priority, then by day. Who has none is left out.
 */
export async function listsOf(
  tx: Queries,
  staffIds: readonly string[],
  today: Day,
  until: Day,
): Promise<Listed[]> {
  return tx.$queryRawUnsafe<Listed[]>(
    `select viewer.id as "readerId", listed.ids, listed.due
     from unnest($1::uuid[]) with ordinality as viewer (id, place)
     cross join lateral (
       select json_agg(id) as ids, count(*) filter (where due_on <= $2::date)::int as due
       from (
         select task.id, due_on from (
           select viewer.id union all
           select staff_id from absence where stand_in_id = viewer.id and cancelled_at is null
             and $2::date between from_day and until_day
         ) as manager
         join task on manager_id = manager.id and status = 'open' and due_on <= $3::date
         order by (due_on > $2::date), (due_on = $2::date), coalesce(escalation, 0) = 0,
           priority desc, due_on, task.id
         limit ${MOST_LINES}
       ) as ordered
     ) as listed
     where listed.ids is not null order by viewer.place`,
    staffIds,
    today,
    until,
  )
}

/** One person's list, as `listsOf` gives them; null: there is none. */
export const listOf = together(
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

/**
 * What the lines of these tasks say to whom, in the order asked for. They are asked for in one value:
 * by the length of an array the statement would be planned anew, which takes longer than its work.
 */
export async function linesOf(
  tx: Queries,
  asked: readonly { readonly id: string; readonly readerId: string }[],
): Promise<TaskLine[]> {
  if (asked.length === 0) return []
  const rows = await tx.$queryRawUnsafe<Row[]>(
    `with picked as (
       select id, viewer, place
       from rows from (json_to_recordset($1::json) as (id uuid, "readerId" uuid))
         with ordinality as asked (id, viewer, place)
     ) ${LINE} order by picked.place`,
    JSON.stringify(asked),
  )
  return rows.map(toLine)
}

/** Whose lines, of which tasks. */
interface Reading {
  readonly readerId: string
  readonly ids: readonly string[]
}

async function readTasks(tx: Queries, asked: readonly Reading[]): Promise<TaskLine[][]> {
  const all = asked.flatMap(({ readerId, ids }) => ids.map((id) => ({ id, readerId })))
  const lines = new Map(
    (await linesOf(tx, all)).map((line) => [`${line.readerId} ${line.id}`, line]),
  )
  return asked.map(({ readerId, ids }) => ids.flatMap((id) => lines.get(`${readerId} ${id}`) ?? []))
}

/** The first so many of these tasks that are open and due by a day, and whom they are about. */
export const firstOpen = together(
  async (
    tx,
    asked: readonly { readonly ids: readonly string[]; readonly by: Day; readonly most: number }[],
  ) => {
    const candidates = asked.flatMap(({ ids, by, most }, turn) =>
      ids.map((id) => ({ id, turn, by, most })),
    )
    const rows = await tx.$queryRaw<{ turn: number; id: string; clientName: string }[]>`
      select turn, first.id::text, client.name as "clientName"
      from (
        select turn, task.id, client_id, most,
          row_number() over (partition by turn order by place) as nth
        from rows from (
            json_to_recordset(${JSON.stringify(candidates)}::json)
              as (id uuid, turn int, by date, most int)
          ) with ordinality as candidate (id, turn, by, most, place)
        join task on task.id = candidate.id
        where status = 'open' and due_on <= by
      ) as first join client on client.id = client_id
      where nth <= most order by turn, nth`
    const byTurn = Map.groupBy(rows, ({ turn }) => turn)
    return asked.map((_, turn) => byTurn.get(turn) ?? [])
  },
)

/** The lines that one person reads, as `linesOf` gives them. */
export const linesFor = together(readTasks)

/**
 * The tasks of these ids as their reader reads them, locked, in the order asked for; ids that are none
 * are left out.
 */
export const lockTasks = together(async (tx, asked: readonly Reading[]) => {
  const ids = asked.flatMap((each) => each.ids)
  await tx.$queryRaw`select id from task where id = any(${ids}::uuid[]) order by id for update`
  return readTasks(tx, asked)
})

/** The numbers a person saw on a day. */
interface SeenList {
  readonly day: Day
  readonly items: readonly string[]
}

/** The numbers a person saw last: of today, else of their latest list. */
export const latestList = together(async (tx, staffIds: readonly string[]) => {
  const rows = await tx.$queryRaw<{ staffId: string; day: Date; items: string[] }[]>`
    select asked.id::text as "staffId", latest.*
    from (select distinct unnest(${staffIds}::uuid[]) as id) as asked
    cross join lateral (
      select day, to_json(items) as items from task_list where staff_id = asked.id order by day desc limit 1
    ) as latest`
  const byStaff = new Map(
    rows.map(({ staffId, day, items }) => [staffId, { day: toDay(day), items }]),
  )
  return staffIds.map((id): SeenList | null => byStaff.get(id) ?? null)
})

/**
 * The numbers that a person saw on a day, locked until they are written anew; null: there is no list
 * of that day.
 */
export const lockList = together(
  async (tx, asked: readonly { readonly staffId: string; readonly day: Day }[]) => {
    const rows = await tx.$queryRaw<{ staffId: string; day: Date; items: string[] }[]>`
      select staff_id::text as "staffId", task_list.day, to_json(items) as items
      from unnest(${asked.map(({ staffId }) => staffId)}::uuid[],
          ${asked.map(({ day }) => day)}::date[]) as asked (staff_id, day)
      join task_list using (staff_id, day)
      order by staff_id for update of task_list`
    const lists = new Map(
      rows.map(({ staffId, day, items }) => [`${staffId} ${toDay(day)}`, items]),
    )
    return asked.map(({ staffId, day }) => lists.get(`${staffId} ${day}`) ?? null)
  },
)

/** Keeps the numbers that a person sees on a day; the same day's are replaced. */
export const saveList = together(
  async (tx, lists: readonly (SeenList & { readonly staffId: string })[]) => {
    const latest = new Map(lists.map((list) => [`${list.staffId} ${list.day}`, list]))
    await tx.$executeRaw`
      insert into task_list (staff_id, day, items)
      select "staffId", day, items
      from jsonb_to_recordset(${JSON.stringify([...latest.values()])}::jsonb)
        as list ("staffId" uuid, day date, items uuid[])
      order by "staffId", day
      on conflict (staff_id, day) do update set items = excluded.items`
    return lists.map(() => undefined)
  },
)

/** How many of these tasks are done. */
export const countDone = together(async (tx, asked: readonly (readonly string[])[]) => {
  const ids = asked.flat()
  if (ids.length === 0) return asked.map(() => 0)
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id::text from task where id = any(${ids}::uuid[]) and status = 'done'`
  const done = new Set(rows.map(({ id }) => id))
  return asked.map((each) => each.filter((id) => done.has(id)).length)
})
