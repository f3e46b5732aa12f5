import type { Queries } from './index.ts'

/** Rows of which a table's statistics are made anew; a few more change no plan. */
const MANY_ROWS = 500

/**
 * Makes the statistics of tables anew after so many rows were written to them: without, plans are
 * those of the table as it was, and the embedded database has nobody who does it by itself.
 */
export async function analyzeAfter(
  tx: Queries,
  rows: number,
  tables: readonly string[],
): Promise<void> {
  if (rows >= MANY_ROWS) await tx.$executeRawUnsafe(`analyze ${tables.join(', ')}`)
}
