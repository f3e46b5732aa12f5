import type { Moment } from '../../../bot/moment.ts'
import { type Asker, scopeOf } from '../../../bot/policy.ts'
import { Prisma } from '../../../generated/client.ts'
import type { Queries } from '../../../infra/database/index.ts'
import type { ClientFilter } from '../../clients/filter/rules.ts'
import { filterSql } from '../../clients/filter/store.ts'
import { filterAbout } from '../../completeness/filter-about.ts'
import { within } from '../sources/store.ts'

/** How many clients are chosen, and how many of them nobody may market to. */
export interface Chosen {
  readonly clients: number
  readonly barred: number
}

/** The clients within reach that a filter chooses. */
export async function countChosen(
  tx: Queries,
  asker: Asker & { readonly at: Moment },
  filter: ClientFilter,
): Promise<Chosen> {
  const [counted] = await countEach(tx, asker, [filter])
  return counted ?? { clients: 0, barred: 0 }
}

/** The same for several filters, in their order and in one statement: each finds its clients by its own indexes. */
export async function countEach(
  tx: Queries,
  asker: Asker & { readonly at: Moment },
  filters: readonly ClientFilter[],
): Promise<Chosen[]> {
  if (filters.length === 0) return []
  const about = await filterAbout(tx, filters.flat(), asker.at)
  const counts = filters.map(
    (filter, place) => Prisma.sql`
      select ${place}::int as place, count(*)::int as clients, count(*) filter (where negative_list
        or do_not_contact is not null or ${inF(filter)})::int as barred
      from client left join client_tier on client_tier.client_id = client.id
      where ${within(Prisma.sql`client.owner_id`, scopeOf(asker))} and ${filterSql(filter, about)}`,
  )
  const rows = await tx.$queryRaw<(Chosen & { readonly place: number })[]>`
    ${Prisma.join(counts, ' union all ')} order by place`
  return rows.map(({ clients, barred }) => ({ clients, barred }))
}

/** Where the filter leaves F out the tier is not read, and its join falls away. */
const inF = (filter: ClientFilter): Prisma.Sql =>
  filter.some((each) => each.by === 'tier' && !each.among.includes('F'))
    ? Prisma.sql`false`
    : Prisma.sql`client_tier.tier = 'F'`
