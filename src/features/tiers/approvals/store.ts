import type { Day } from '../../../core/calendar/time.ts'
import { Prisma } from '../../../generated/client.ts'
import { toDay, toYuan } from '../../../infra/database/columns.ts'
import { secret } from '../../../infra/database/encryption/secret.ts'
import type { Queries } from '../../../infra/database/index.ts'
import type { ApproverRole } from '../../tier-rules/rules.ts'
import { madeBy, type PendingMove, type Stage } from './rules.ts'

interface Row extends Omit<PendingMove, 'on' | 'creditLimit'> {
  on: Date
  creditLimit: bigint | null
}

/**
 * Who brought the move `change` about: whoever recorded facts or took them back since the client's
 * tier came into force, whoever named the client where the nomination is in force, or ended it. A tier that
 * held at once has no moment, only its place among the ids; what is in doubt counts.
 */
const MAKERS = Prisma.sql`(
  select coalesce(json_agg(distinct jsonb_build_object('id', made.id, 'did', made.did)), '[]')
  from (select 1) as once
  left join lateral (
    select id, decided_at, coalesce(decided_at, changed_on - interval '1 day') as at
    from tier_change where client_id = change.client_id and status = 'applied'
    order by id desc limit 1
  ) as held on true
  cross join lateral (
    select staff_id as id, 'recorded' as did from fact_entry as entry
    where entry.client_id = change.client_id and staff_id is not null and fact not like 'namedBy%'
      and coalesce(case when held.decided_at is null then entry.id > held.id
          else recorded_at >= held.decided_at end, true)
        <> coalesce(undone_at >= held.at, undone_at is not null)
    union all
    select case when ended_at is null then staff_id else ended_by end,
      case when ended_at is null then 'named' else 'released' end
    from tier_nomination as nomination
    where nomination.client_id = change.client_id and nomination.role = change.approver_role
      and (ended_at is null or (ended_by is not null and ended_at >= coalesce(held.at, ended_at)
        and not exists (select from tier_nomination as later where later.client_id = nomination.client_id
          and later.role = nomination.role and later.id > nomination.id)))
  ) as made)`

const SELECT = Prisma.sql`
  select change.id, change.client_id as "clientId", client.name,
    client.business_name as "businessName", owner.id as "ownerId", owner.name as "ownerName",
    change."from", change."to", change.changed_on as on, client_facts.credit_limit as "creditLimit",
    ${MAKERS} as makers, (
      select json_build_object('by', owner.name, 'dueOn', min(due_on)) from enquiry
      where move_id = change.id and enquiry.status = 'open' having count(*) > 0) as enquiry
  from tier_change as change
  join client on client.id = change.client_id and change."from" is not null
  join staff as owner on owner.id = client.owner_id
  left join client_facts on client_facts.client_id = client.id`

const toMove = (row: Row): PendingMove => ({
  ...row,
  on: toDay(row.on),
  creditLimit: toYuan(row.creditLimit),
})

/** What waits for a role: those that wait longest first, then the largest credit lines. */
export async function pendingMoves(
  tx: Queries,
  role: ApproverRole,
  { from, limit }: { readonly from: number; readonly limit: number },
): Promise<PendingMove[]> {
  const rows = await tx.$queryRaw<Row[]>`
    ${SELECT} where change.status = 'pending' and change.approver_role = ${role}
    order by change.changed_on, client_facts.credit_limit desc nulls last, change.id
    offset ${from} limit ${limit}`
  return rows.map(toMove)
}

/** Those of these moves that still wait for this role, locked, in the order asked for. */
export async function lockPending(
  tx: Queries,
  role: ApproverRole,
  ids: readonly string[],
): Promise<PendingMove[]> {
  await tx.$queryRaw`
    select id from tier_change where id = any(${ids}::uuid[]) order by id for update`
  const rows = await tx.$queryRaw<Row[]>`
    ${SELECT} join unnest(${ids}::uuid[]) with ordinality as asked (id, place)
      on asked.id = change.id
    where change.status = 'pending' and change.approver_role = ${role} order by asked.place`
  return rows.map(toMove)
}

/** The ids of everything that waits for a role, up to and including the day of asking. */
export async function pendingIds(tx: Queries, role: ApproverRole): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id from tier_change where status = 'pending' and approver_role = ${role}
    order by changed_on, id`
  return rows.map(({ id }) => id)
}

/** The move of this client that waits for a role; null when none does. */
export async function pendingOf(
  tx: Queries,
  role: ApproverRole,
  clientId: string,
): Promise<string | null> {
  const row = await tx.tierChange.findFirst({
    where: { clientId, status: 'pending', approverRole: role },
  })
  return row?.id ?? null
}

export async function countPending(tx: Queries, role: ApproverRole): Promise<number> {
  return tx.tierChange.count({ where: { status: 'pending', approverRole: role } })
}

/** What waits for a role and was brought about by this person, who does not decide it. */
export async function pendingOfOwn(
  tx: Queries,
  role: ApproverRole,
  staffId: string,
): Promise<PendingMove[]> {
  const rows = await tx.$queryRaw<Row[]>`
    ${SELECT} where change.status = 'pending' and change.approver_role = ${role} and (
      exists (select from fact_entry where client_id = change.client_id
        and staff_id = ${staffId}::uuid)
      or exists (select from tier_nomination where client_id = change.client_id
        and ${staffId}::uuid in (staff_id, ended_by)))
    order by change.changed_on, change.id`
  return rows.map(toMove).filter((move) => madeBy(move, staffId) !== null)
}

/** What waits for a role and for the answer to a question: it is not decided meanwhile. */
export async function pendingEnquired(tx: Queries, role: ApproverRole): Promise<PendingMove[]> {
  const rows = await tx.$queryRaw<Row[]>`
    ${SELECT} where change.status = 'pending' and change.approver_role = ${role}
      and change.id in (select move_id from enquiry where status = 'open')
    order by change.changed_on, change.id`
  return rows.map(toMove)
}

/** How many of each move wait, the most frequent first. */
export const pendingPaths = (
  tx: Queries,
  role: ApproverRole,
): Promise<{ from: string; to: string; count: number }[]> => tx.$queryRaw`
  select "from", "to", count(*)::int as count from tier_change
  where status = 'pending' and approver_role = ${role} and "from" is not null
  group by 1, 2 order by 3 desc, 1, 2`

/** The numbers that an approver sees: move n is items[n-1]. */
export async function saveNumbers(tx: Queries, staffId: string, items: readonly string[]) {
  await tx.approvalList.upsert({
    where: { staffId },
    create: { staffId, items: [...items] },
    update: { items: [...items] },
  })
}

export async function numbersOf(tx: Queries, staffId: string): Promise<string[]> {
  return (await tx.approvalList.findUnique({ where: { staffId } }))?.items ?? []
}

/** Decides moves that wait: an approved one holds from today, a rejected one leaves the old tier. */
export async function decideMoves(
  tx: Queries,
  ids: readonly string[],
  verdict: { readonly approved: boolean; readonly reason: string | null },
  by: { readonly staffId: string; readonly today: Day; readonly now: Date },
): Promise<void> {
  await tx.$executeRaw`
    with decided as (
      update tier_change set status = ${verdict.approved ? 'applied' : 'rejected'},
        decided_by = ${by.staffId}::uuid, decided_at = ${by.now}::timestamptz,
        reason = ${secret('note', verdict.reason)}
      where id = any(${ids}::uuid[]) and status = 'pending'
      returning client_id, "to"
    )
    update client_tier set tier = "to", since = ${by.today}::date from decided
    where client_tier.client_id = decided.client_id and ${verdict.approved}`
}

/** How far a move has been carried, as `tier_change.told` counts it. */
const [TOLD, REMINDED, ESCALATED] = [1, 2, 3]

/** A move with what is due to be said of it, and who brought it about. */
export type Carried = Pick<PendingMove, 'makers'> & { readonly stage: Stage }

/**
 * Marks what is due to be said of the moves that wait for a role: those nobody heard of, those that
 * wait since `lateSince` or before, and since `overdueSince`. Resolves to those of which it is new.
 */
export const carryPending = (
  tx: Queries,
  role: ApproverRole,
  lateSince: Day,
  overdueSince: Day,
): Promise<Carried[]> => tx.$queryRaw<Carried[]>`
  with due as (
    select id, told as was, case when changed_on <= ${overdueSince}::date then ${ESCALATED}::smallint
      when changed_on <= ${lateSince}::date then ${REMINDED}::smallint else ${TOLD}::smallint end as stage
    from tier_change where status = 'pending' and approver_role = ${role}
  ), carried as (
    update tier_change as change set told = stage from due
    where change.id = due.id and due.was < due.stage returning change.*
  )
  select case told when ${ESCALATED}::smallint then 'overdue' when ${REMINDED}::smallint then 'late'
    else 'fresh' end as stage, ${MAKERS} as makers from carried as change`

/** The moves of these clients that wait for a role and that nobody heard of; they count as told now. */
export async function takeFresh(
  tx: Queries,
  role: ApproverRole,
  clientIds: readonly string[],
): Promise<PendingMove[]> {
  const fresh = await tx.$queryRaw<{ id: string }[]>`
    update tier_change set told = ${TOLD}::smallint
    where client_id = any(${clientIds}::uuid[]) and status = 'pending' and approver_role = ${role}
      and told = 0 returning id`
  const ids = fresh.map(({ id }) => id)
  const rows = await tx.$queryRaw<Row[]>`
    ${SELECT} where change.id = any(${ids}::uuid[]) order by change.id`
  return rows.map(toMove)
}

/** How many moves have gone up from a role and wait still, and those that wait longest. */
export async function escalatedMoves(
  tx: Queries,
  role: ApproverRole,
  limit: number,
): Promise<{ total: number; longest: PendingMove[] }> {
  const up = Prisma.sql`change.status = 'pending' and change.approver_role = ${role}
    and change.told = ${ESCALATED}::smallint`
  const rows = await tx.$queryRaw<(Row & { total: number })[]>`
    select *, (count(*) over ())::int as total from (${SELECT} where ${up}) as move
    order by move.on, move."creditLimit" desc nulls last, move.id limit ${limit}`
  return {
    total: rows[0]?.total ?? 0,
    longest: rows.map(({ total: _, ...row }) => toMove(row)),
  }
}

/**
 * Takes the moves that held at once and that nobody was told of, all of some managers, and marks
 * them as told. News are those that the manager did not bring about by recording a fact that day.
 */
export async function takeUntold(
  tx: Queries,
  timezone: string,
  managers: number,
): Promise<{ taken: number; news: PendingMove[] }> {
  const rows = await tx.$queryRaw<(Row & { own: boolean })[]>`
    with untold as (
      select change.id, client.owner_id from tier_change as change
      join client on client.id = change.client_id
      where told = 0 and status = 'applied' and "from" is not null and approver_role is null
    ), taken as (
      update tier_change set told = ${TOLD}::smallint from untold
      where tier_change.id = untold.id and owner_id in (
        select distinct owner_id from untold order by owner_id limit ${managers})
      returning tier_change.*
    )
    select change.id, change.client_id as "clientId", client.name,
      client.business_name as "businessName", owner.id as "ownerId", owner.name as "ownerName",
      change."from", change."to", change.changed_on as on, null::bigint as "creditLimit",
      '[]'::json as makers, null::json as enquiry, exists (select from fact_entry as entry where entry.client_id = client.id
        and entry.staff_id = client.owner_id
        and (entry.recorded_at at time zone ${timezone})::date = change.changed_on) as own
    from taken as change
    join client on client.id = change.client_id
    join staff as owner on owner.id = client.owner_id
    order by change.id`
  return { taken: rows.length, news: rows.filter(({ own }) => !own).map(toMove) }
}
