import type { Queries } from '../../../infra/database/index.ts'
import { erasedAmong } from '../../risk/erased-store.ts'
import { listedAmong } from '../../risk/screen.ts'
import type { Importer } from '../rules.ts'
import { compareRows } from './compare-store.ts'
import { lookInto, matchRows, type Range } from './match-store.ts'

/** Says of each client of a range what would become of it; nothing of any client is written. */
export async function checkRange(tx: Queries, range: Range, importer: Importer): Promise<void> {
  const { hashes, passes } = await lookInto(tx, range)
  const listed = await listedAmong(tx, hashes)
  const erased = await erasedAmong(tx, hashes)
  for (const again of passes) {
    await matchRows(tx, range, importer, { listed, erased, again })
    await compareRows(tx, range, again)
  }
}
