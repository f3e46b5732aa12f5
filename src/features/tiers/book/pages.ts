import type { Queries } from '../../../infra/database/index.ts'

/**
 * How many clients one statement looks at: an embedded database keeps its process waiting
 * meanwhile.
 */
export const PAGE = { postgres: 100_000, pglite: 5000 }

/** Before every id. */
export const FIRST = '00000000-0000-0000-0000-000000000000'

/** The last of the next clients in order of id; null when there are none left. */
export async function pageAfter(tx: Queries, after: string, size: number): Promise<string | null> {
  const [page] = await tx.$queryRaw<{ last: string | null }[]>`
    select (array_agg(id))[count(*)]::text as last
    from (select id from client where id > ${after}::uuid order by id limit ${size}) as page`
  return page?.last ?? null
}
