import type { Text } from '../../core/text.ts'
import type { Queries } from '../../infra/database/index.ts'
import type { Cell } from '../../infra/sheets/spreadsheet.ts'

/** A row that was not taken. */
export interface ReturnedRow {
  readonly sheet: number
  readonly line: number
  readonly cells: readonly Cell[]
  readonly faults: readonly Text[] | null
  readonly reason: string | null
}

/** The rows of an import that are not taken, in their order. */
export const returnedRows = (
  tx: Queries,
  importId: string,
  limit: number,
): Promise<ReturnedRow[]> =>
  tx.$queryRaw<ReturnedRow[]>`
    select sheet, line, cells, faults, coalesce(stays, reason) as reason from import_row
    where import_id = ${importId}::uuid
      and (faults is not null or verdict in ('rejected', 'listed', 'foreign') or stays is not null)
    order by number limit ${limit}`
