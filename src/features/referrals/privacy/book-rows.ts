import type { Queries } from '../../../infra/database/index.ts'

/** Rows that are looked through at a time. */
const BATCH = 5000

/** A row of an imported book, by its import (UUID) and its place in it. */
export interface BookRow {
  readonly importId: string
  readonly number: number
}

/**
 * Rows of books that are about a client or name them by one of these texts. What stands in a row is encrypted, and
 * encrypted differently each time, so every row is looked through here; they are kept for a month.
 */
export async function rowsNaming(
  tx: Queries,
  clientId: string,
  sought: readonly string[],
): Promise<BookRow[]> {
  const naming: BookRow[] = []
  let last: BookRow = { importId: '00000000-0000-0000-0000-000000000000', number: 0 }
  for (;;) {
    const rows = await tx.$queryRaw<(BookRow & { own: boolean; words: string })[]>`
      select import_id::text as "importId", number, coalesce(client_id = ${clientId}::uuid, false) as own,
        concat(cells, says, keys) as words
      from import_row where (import_id, number) > (${last.importId}::uuid, ${last.number}::int)
      order by import_id, number limit ${BATCH}`
    for (const { importId, number, own, words } of rows) {
      if (own || sought.some((each) => words.includes(each))) naming.push({ importId, number })
    }
    const end = rows.at(-1)
    if (!end || rows.length < BATCH) return naming
    last = end
  }
}
