import type { Queries } from './index.ts'

/** Rows of which a table's statistics are made anew; a few more change no plan. */
const MANY_ROWS = 500

/** A table of more than so many times the rows that were written is as it was. */
const HARDLY_GROWN = 10

/**
 * Makes the statistics of tables anew after so many rows were written to them: without, plans are
 * those of the table as it was, and the embedded database has nobody who does it by itself. Those that hardly
 * grew keep theirs: reading a sample of a million clients, with how each is searched for, takes a second.
 */
export async function analyzeAfter(
  tx: Queries,
  rows: number,
  tables: readonly string[],
): Promise<void> {
  if (rows < MANY_ROWS) return
  const grown = await tx.$queryRaw<{ name: string }[]>`
    select relname::text as name from pg_class where oid = any(${[...tables]}::text[]::regclass[])
      and reltuples < ${rows * HARDLY_GROWN}::float8`
  if (grown.length === 0) return
  await tx.$executeRawUnsafe(`analyze ${grown.map(({ name }) => name).join(', ')}`)
}
