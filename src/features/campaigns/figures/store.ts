import type { Queries } from '../../../infra/database/index.ts'
import type { Scope } from '../../staff/rules.ts'
import { type Counts, type Dimension, type Line, NONE } from './rules.ts'

const SUMS = `coalesce(sum(reached), 0)::int as reached, coalesce(sum(responded), 0)::int as responded,
  coalesce(sum(interested), 0)::int as interested, coalesce(sum(applied), 0)::int as applied,
  coalesce(sum(granted), 0)::int as granted`

/** The counts of `$1` campaign that are below `$2` path; of these people where `$3` is not null. */
const COUNTED = `campaign_figure join unit on unit.id = unit_id
  where campaign_id = $1::uuid and starts_with(unit.path, $2)
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
    `select ${SUMS} from ${COUNTED} and dimension = 'manager'`,
    ...scoped(campaignId, scope),
  )
  return row ?? NONE
}

/** How a dimension's lines are called and ordered. Days go by date, all else by what came of it. */
const BY: Record<
  Dimension,
  { counted: string; key: string; label: string; join: string; order: string }
> = {
  branch: {
    counted: 'manager',
    key: 'branch.id::text',
    label: 'branch.name',
    join: `left join unit as branch on branch.kind = 'branch' and starts_with(counted.path, branch.path)`,
    order: 'path',
  },
  team: {
    counted: 'manager',
    key: 'counted.unit_id::text',
    label: 'counted.name',
    join: '',
    order: 'path',
  },
  manager: {
    counted: 'manager',
    key: 'counted.key',
    label: 'staff.name',
    join: 'join staff on staff.id = counted.key::uuid',
    order: 'interested desc, reached desc, label',
  },
  day: { counted: 'day', key: 'counted.key', label: 'counted.key', join: '', order: 'key' },
  region: {
    counted: 'region',
    key: 'counted.key',
    label: 'counted.key',
    join: '',
    order: `key = '', interested desc, reached desc, key`,
  },
  industry: {
    counted: 'industry',
    key: 'counted.key',
    label: 'counted.key',
    join: '',
    order: `key = '', interested desc, reached desc, key`,
  },
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
  const { counted, key, label, join, order } = BY[dimension]
  return tx.$queryRawUnsafe<Line[]>(
    `select key, label, reached, responded, interested, applied, granted from (
       select coalesce(${key}, '') as key, coalesce(${label}, '') as label,
         min(counted.path) as path, ${SUMS}
       from (select campaign_figure.*, unit.path, unit.name from ${COUNTED}
         and dimension = '${counted}') as counted ${join}
       group by 1, 2
     ) as lines where reached > 0 order by ${order} limit ${most}`,
    ...scoped(campaignId, scope),
  )
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
