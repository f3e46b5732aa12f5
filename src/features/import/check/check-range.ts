import type { Queries } from '../../../infra/database/index.ts'
import { listedAmong } from '../../risk/screen.ts'
import { matchEvents } from '../history/match-store.ts'
import type { Importer } from '../rules.ts'
import { compareRows } from './compare-store.ts'
import { hashesIn, matchRows, type Range } from './match-store.ts'

/** Says of each row of a range what would become of it; nothing of any client is written. */
export async function checkRange(tx: Queries, range: Range, importer: Importer): Promise<void> {
  const listed = await listedAmong(tx, await hashesIn(tx, range))
  for (const again of [false, true]) await matchRows(tx, range, importer, { listed, again })
  await compareRows(tx, range, 'same')
  await matchEvents(tx, range, importer)
}
