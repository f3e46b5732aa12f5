import type { Day } from '../../../core/calendar/time.ts'
import type { Queries } from '../../../infra/database/index.ts'
import type { MoveCount, TierCount } from './rules.ts'

/** A unit as an overview names it. */
export interface UnitRef {
  readonly code: string
  readonly name: string
  readonly path: string
}

/** The unit at the top of the bank. */
export async function rootUnit(tx: Queries): Promise<UnitRef> {
  return tx.unit.findFirstOrThrow({
    where: { parentId: null },
    select: { code: true, name: true, path: true },
  })
}

/** The unit of a path. */
export const unitOn = (tx: Queries, path: string): Promise<UnitRef | null> =>
  tx.unit.findUnique({ where: { path }, select: { code: true, name: true, path: true } })

/** The units right below one. */
export const unitsBelow = (tx: Queries, path: string): Promise<UnitRef[]> =>
  tx.unit.findMany({
    where: { parent: { path } },
    select: { code: true, name: true, path: true },
    orderBy: { path: 'asc' },
  })

/** The units below a path that a code or a part of a name means. */
export const unitsNamed = (tx: Queries, below: string, named: string): Promise<UnitRef[]> =>
  tx.unit.findMany({
    where: {
      path: { startsWith: below },
      OR: [{ code: { equals: named, mode: 'insensitive' } }, { name: { contains: named } }],
    },
    select: { code: true, name: true, path: true },
    orderBy: { path: 'asc' },
    take: 9,
  })

/**
 * Existing clients by tier in each part of a unit: the units right below it, and the managers who
 * are in it themselves.
 */
export const countTiers = (tx: Queries, path: string): Promise<TierCount[]> =>
  tx.$queryRaw<TierCount[]>`
    with counted as (
      select client.owner_id, coalesce(client_tier.tier, 'unclassified') as tier, count(*) as count
      from client left join client_tier on client_tier.client_id = client.id
      where client.kind = 'existing' group by 1, 2
    ), placed as (
      select staff.code, staff.name, counted.tier, counted.count,
        split_part(substr(unit.path, length(${path}) + 1), '/', 1) as child
      from counted join staff on staff.id = counted.owner_id
      join unit on unit.id = staff.unit_id
      where starts_with(unit.path, ${path})
    )
    select coalesce(nullif(child, ''), placed.code) as part,
      coalesce(min(below.name), min(placed.name)) as name, tier, sum(count)::int as count
    from placed left join unit as below on below.code = placed.child
    group by 1, 3`

/** Moves that took effect from a day on, of the clients of a unit: on the day they were approved. */
export const countMoves = (
  tx: Queries,
  path: string,
  from: Day,
  timezone: string,
): Promise<MoveCount[]> =>
  tx.$queryRaw<MoveCount[]>`
    select change."from", change."to", count(*)::int as count
    from tier_change as change
    join client on client.id = change.client_id
    join staff on staff.id = client.owner_id join unit on unit.id = staff.unit_id
    where change.status = 'applied' and change."from" is not null
      and coalesce((change.decided_at at time zone ${timezone})::date, change.changed_on) >= ${from}::date
      and client.kind = 'existing' and starts_with(unit.path, ${path})
    group by 1, 2 order by 3 desc, 1, 2`

/** Of how many of a unit's clients the tier hangs on facts that are too old. */
export async function countOld(tx: Queries, path: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from client_tier as held
    join client on client.id = held.client_id and client.kind = 'existing'
    join staff on staff.id = client.owner_id join unit on unit.id = staff.unit_id
    where held.old_facts_since is not null and starts_with(unit.path, ${path})`
  return row?.count ?? 0
}

/** How many moves of a unit's clients wait for approval. */
export async function countWaiting(tx: Queries, path: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from tier_change as change
    join client on client.id = change.client_id
    join staff on staff.id = client.owner_id join unit on unit.id = staff.unit_id
    where change.status = 'pending' and starts_with(unit.path, ${path})`
  return row?.count ?? 0
}
