import { type Asker, scopeOf } from '../../bot/policy.ts'
import { Prisma } from '../../generated/client.ts'
import type { Queries } from '../../infra/database/index.ts'
import type { Likeness } from './rules.ts'

/** Two clients by their ids, the smaller first, and why they may be one. */
export interface LikelyPair {
  readonly oneId: string
  readonly otherId: string
  readonly likeness: Likeness
}

/** The condition on `client` that its file is within reach. */
function within(asker: Asker): Prisma.Sql {
  const scope = scopeOf(asker)
  switch (scope.kind) {
    case 'own':
      return Prisma.sql`client.owner_id = any(${scope.staffIds}::uuid[])`
    case 'subtree':
      return Prisma.sql`client.owner_id in (
        select staff.id from staff join unit on unit.id = staff.unit_id
        where starts_with(unit.path, ${scope.path}))`
    case 'all':
      return Prisma.sql`true`
    case 'none':
      return Prisma.sql`false`
  }
}

/**
 * Pairs of clients within reach that may be one person, the likeliest first: by a number that stands on
 * both files (of one it may be dead or somebody else's), by name and business in any spelling, by name
 * and place where a file has no number. Whom somebody said to be two are left out.
 */
export const likelyPairs = (tx: Queries, asker: Asker, limit: number): Promise<LikelyPair[]> =>
  tx.$queryRaw<LikelyPair[]>`
    with book as materialized (
      select id, name_key(name) as name, nullif(name_key(business_name), '') as business, phone,
        id_number, credit_code, coalesce(cluster_id, region_id) as place
      from client where ${within(asker)}
    ), alike as (
      select least(one.client_id, other.client_id) as one, greatest(one.client_id, other.client_id) as other,
        1 as rank
      from client_phone as one join client_phone as other
        on secret_key(other.number) = secret_key(one.number) and other.client_id <> one.client_id
      where one.person is null and one.client_id in (select id from book)
        and other.client_id in (select id from book)
      union all
      select one.id, other.id, 2 from book as one join book as other
        on other.name = one.name and other.business = one.business and one.id < other.id
      union all
      select one.id, other.id, 3 from book as one join book as other
        on other.name = one.name and other.place = one.place and one.id < other.id
      where num_nonnulls(one.phone, one.id_number, one.credit_code) = 0
        or num_nonnulls(other.phone, other.id_number, other.credit_code) = 0
    )
    select one as "oneId", other as "otherId",
      (array['same-number', 'same-business', 'same-place'])[min(rank)] as likeness
    from alike
    where not exists (select from not_duplicate where one_id = one and other_id = other)
    group by one, other order by min(rank), one, other limit ${limit}`

/** Notes that two clients are two, so that they are not offered again. */
export async function saveNotDuplicate(
  tx: Queries,
  ids: readonly [string, string],
  by: { readonly staffId: string; readonly now: Date },
): Promise<void> {
  const [one, other] = ids.toSorted()
  await tx.$executeRaw`
    insert into not_duplicate (one_id, other_id, staff_id, said_at)
    values (${one}::uuid, ${other}::uuid, ${by.staffId}::uuid, ${by.now}::timestamptz)
    on conflict do nothing`
}
