import type { Queries } from '../../../infra/database/index.ts'

/**
 * How many clients one statement looks at: an embedded database keeps its process waiting
 * meanwhile.
 */
export const PAGE = { postgres: 100_000, pglite: 5000 }

/** Before every id. */
export const FIRST = '00000000-0000-0000-0000-000000000000'

/** The next clients in order of id: how many, and the last of them; null when there are none left. */
export async function pageAfter(
  tx: Queries,
  after: string,
  size: number,
): Promise<{ last: string; size: number } | null> {
  const [page] = await tx.$queryRaw<{ last: string; size: number }[]>`
    select (array_agg(id))[count(*)]::text as last, count(*)::int as size
    from (select id from client where id > ${after}::uuid order by id limit ${size}) as page`
  return page && page.size > 0 ? page : null
}
