import type { Queries } from '../../../infra/database/index.ts'
import type { Range } from '../check/match-store.ts'
import { markWritten } from '../write/rows-store.ts'
import type { List, ListRow, ListWork } from './list.ts'
import { forgetWritten, listRows, markUndone, putVerdicts, rowsOfAct } from './list-store.ts'

/** Says of each row of a range what would become of it; nothing is written. */
export async function checkList(
  tx: Queries,
  list: List,
  range: Range,
  work: ListWork,
): Promise<readonly ListRow<unknown>[]> {
  const rows = await listRows(tx, range)
  const judged = await list.judge(tx, rows, work)
  await putVerdicts(tx, range.importId, judged)
  const found = new Map(judged.map((each) => [each.number, each]))
  return rows.flatMap((row) => {
    const { verdict, clientId = null, changes = null } = found.get(row.number) ?? {}
    return verdict === 'new' || verdict === 'changed' ? [{ ...row, clientId, changes }] : []
  })
}

/** Looks at a range once more, as much may have happened since it was shown, and writes it. */
export async function writeList(
  tx: Queries,
  list: List,
  range: Range,
  work: ListWork,
): Promise<void> {
  const rows = await checkList(tx, list, range, work)
  if (rows.length > 0) await list.write(tx, rows, work)
  await markWritten(tx, range, work.actId)
  if (list.forgets) await forgetWritten(tx, range)
}

/** Takes back what one act of an import wrote. */
export async function undoList(tx: Queries, list: List, work: ListWork): Promise<void> {
  const { importId, actId, at } = work
  const stays = await list.undo(tx, await rowsOfAct(tx, importId, actId), work)
  await markUndone(tx, importId, { actId, stays, now: at.now })
}
