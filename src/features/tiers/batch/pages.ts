import type { Queries } from '../../../infra/database/index.ts'

/**
 * How many clients one statement looks at: an embedded database keeps its process waiting
 * meanwhile.
 */
export const PAGE = { postgres: 100_000, pglite: 5000 }

/** Clients in order of id: those after one, up to and including another. */
export interface Page {
  readonly after: string
  readonly last: string
  readonly count: number
}

/** Before every id. */
const FIRST = '00000000-0000-0000-0000-000000000000'

/** All clients, so many to a page. Several may take pages from it side by side. */
export async function* pagesOf(tx: Queries, size: number): AsyncGenerator<Page, void> {
  for (let after = FIRST; ; ) {
    const [full] = await tx.$queryRaw<{ id: string }[]>`
      select id from client where id > ${after}::uuid order by id offset ${size - 1} limit 1`
    if (!full) {
      const [rest] = await tx.$queryRaw<{ last: string | null; count: number }[]>`
        select (array_agg(id order by id desc))[1]::text as last, count(*)::int as count
        from client where id > ${after}::uuid`
      if (rest?.last) yield { after, last: rest.last, count: rest.count }
      return
    }
    yield { after, last: full.id, count: size }
    after = full.id
  }
}
