import type { Scope } from '../../../bot/policy.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { quoted } from '../../../infra/database/quoted.ts'
import { memberSql } from '../audience/store.ts'
import type { Campaign } from '../rules.ts'
import { type Counts, type Dimension, type Line, type LinkCounts, NONE } from './rules.ts'

const SUMS = `coalesce(sum(reached), 0)::int as reached, coalesce(sum(responded), 0)::int as responded,
  coalesce(sum(interested), 0)::int as interested, coalesce(sum(applied), 0)::int as applied,
  coalesce(sum(granted), 0)::int as granted`

/** The counts of `$1` campaign that are below `$2` path; of these people where `$3` is not null. */
const BELOW = 'join unit on unit.id = unit_id'
const COUNTED = `campaign_id = $1::uuid and starts_with(unit.path, $2)
  and ($3::text[] is null or (dimension = 'manager' and key = any($3::text[])))`

const scoped = (campaignId: string, scope: Scope) => [
  campaignId,
  scope.kind === 'subtree' ? scope.path : '/',
  scope.kind === 'own' ? scope.staffIds : null,
]

/** A campaign's counts within somebody's scope. */
export async function totalsOf(tx: Queries, campaignId: string, scope: Scope): Promise<Counts> {
  if (scope.kind === 'none') return NONE
  const [row] = await tx.$queryRawUnsafe<Counts[]>(
    `select ${SUMS} from campaign_figure ${BELOW}
     where ${COUNTED} and dimension = ${quoted(scope.kind === 'own' ? 'manager' : 'unit')}`,
    ...scoped(campaignId, scope),
  )
  return row ?? NONE
}

/** What came of it first. */
const BEST = 'interested desc, reached desc, key'
/** Each dimension's lines: what is counted, how they are called and in which order. Days go by date. */
const LINES: Record<Dimension, string> = {
  branch: byUnit(
    'branch',
    `left join unit as branch on branch.kind = 'branch' and starts_with(unit.path, branch.path)`,
  ),
  team: byUnit('unit'),
  manager: byKey('manager', BEST, 'staff.name', 'join staff on staff.id = key::uuid'),
  day: byKey('day', 'key'),
  region: byKey('region', `key = '', ${BEST}`),
  industry: byKey('industry', `key = '', ${BEST}`),
}

/** Lines of units, added up from one row a unit; `$4` of them. */
function byUnit(unit: 'branch' | 'unit', join = ''): string {
  return `select coalesce(${unit}.id::text, '') as key, coalesce(${unit}.name, '') as label, ${SUMS}
    from campaign_figure ${BELOW} ${join} where ${COUNTED} and dimension = 'unit'
    group by ${unit}.id, ${unit}.name having sum(reached) > 0 order by min(unit.path) limit $4`
}

/** Lines of keys; the first `$4` are found before they are called anything. */
function byKey(dimension: Dimension, order: string, label = 'key', join = ''): string {
  return `select key, ${label} as label, reached, responded, interested, applied, granted from (
      select key, ${SUMS} from campaign_figure ${BELOW} where ${COUNTED} and dimension = ${quoted(dimension)}
      group by key having sum(reached) > 0 order by ${order} limit $4
    ) as lines ${join} order by ${order}`
}

/** A campaign's counts by one dimension, so many lines at most; nothing for who sees only their own. */
export async function linesBy(
  tx: Queries,
  campaignId: string,
  scope: Scope,
  dimension: Dimension,
  most: number,
): Promise<Line[]> {
  if (scope.kind === 'none' || scope.kind === 'own') return []
  return tx.$queryRawUnsafe<Line[]>(LINES[dimension], ...scoped(campaignId, scope), most)
}

/** A manager, a team or a branch that a campaign is for. */
interface Addressed {
  readonly dimension: Dimension
  readonly key: string
  readonly label: string
}

/** The managers within a scope whom a campaign is for, with their teams and branches, in the order of units. */
export async function addressedBy(
  tx: Queries,
  campaign: Campaign,
  scope: Scope,
): Promise<Addressed[]> {
  if (scope.kind === 'none' || scope.kind === 'own') return []
  const path = scope.kind === 'subtree' ? scope.path : '/'
  return tx.$queryRaw<Addressed[]>`
    with member as (
      select staff.id, staff.name, staff.code, unit.id as unit_id, unit.name as unit, unit.path
      from staff join unit on unit.id = staff.unit_id
      where ${memberSql(campaign)} and staff.role = 'manager' and starts_with(unit.path, ${path})
    )
    select dimension, key, label from (
      select 'manager' as dimension, id::text as key, name as label, path, code from member
      union select 'team', unit_id::text, unit, path, '' from member
      union select 'branch', branch.id::text, branch.name, branch.path, '' from member
        join unit as branch on branch.kind = 'branch' and starts_with(member.path, branch.path)
    ) as addressed order by path, code`
}

/** Needs found in a campaign, by product. */
export async function needsFound(
  tx: Queries,
  campaignId: string,
  scope: Scope,
): Promise<{ product: string; count: number }[]> {
  if (scope.kind === 'none') return []
  return tx.$queryRawUnsafe(
    `select product, count(*)::int as count from need
     join staff on staff.id = registered_by join unit on unit.id = staff.unit_id
     where campaign_id = $1::uuid and status <> 'withdrawn' and starts_with(unit.path, $2)
       and ($3::text[] is null or staff.id::text = any($3::text[]))
     group by product order by count desc, product`,
    ...scoped(campaignId, scope),
  )
}

/** What came by a campaign's links of the people in a scope and of their clients. */
export async function linkCounts(
  tx: Queries,
  campaignId: string,
  scope: Scope,
): Promise<LinkCounts> {
  const none = { links: 0, opened: 0, left: 0 }
  if (scope.kind === 'none') return none
  const [row] = await tx.$queryRawUnsafe<LinkCounts[]>(
    `with link as materialized (
       select link.id from referral_link as link left join client on client.id = link.client_id
       join staff on staff.id = coalesce(link.staff_id, client.owner_id)
       join unit on unit.id = staff.unit_id
       where link.campaign_id = $1::uuid and starts_with(unit.path, $2)
         and ($3::text[] is null or staff.id::text = any($3::text[]))
     )
     select (select count(*)::int from link) as links,
       (select count(distinct visitor)::int from referral_click
        where link_id in (select id from link)) as opened,
       (select count(*)::int from referral_entry where link_id in (select id from link)
        and status in ('new', 'held', 'accepted')) as "left"`,
    ...scoped(campaignId, scope),
  )
  return row ?? none
}
