import type { Database, Queries } from '../index.ts'
import { quoted } from '../quoted.ts'

/** Few enough that nobody waits long for a row, or for an embedded database. */
export const BATCH = 1000

/** Writes so many rows after one anew; resolves to how many, and the last of them. */
export type Batch = (tx: Queries, after: string) => Promise<{ rows: number; last: string }>

/** Columns as one, by their names. */
export const asJson = (names: readonly string[]): string =>
  `jsonb_build_object(${names.map((name) => `${quoted(name)}, ${name}`).join(', ')})`

/** Each batch, of `size` rows at most, in a transaction of its own, from the rows after `first` on; resolves to how many rows there were. */
export async function inBatches(
  { transaction }: Pick<Database, 'transaction'>,
  write: Batch,
  first: string,
  size = BATCH,
): Promise<number> {
  let count = 0
  let after = first
  for (;;) {
    const { rows, last } = await transaction((tx) => write(tx, after))
    count += rows
    if (rows < size) return count
    after = last
  }
}
