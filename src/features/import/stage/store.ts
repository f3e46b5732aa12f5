import type { Text } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import type { Cell } from '../../../infra/sheets/spreadsheet.ts'
import type { SaidEvent } from '../history/says.ts'
import type { MappedTable } from '../rules.ts'
import { encryptedStaged } from './encrypted.ts'
import type { Says } from './says.ts'

/** A row that was read. */
export interface StagedRow {
  readonly number: number
  readonly kind: MappedTable['kind']
  readonly sheet: number
  readonly line: number
  readonly says: Says | SaidEvent | object
  readonly cells: readonly Cell[]
  readonly keys: readonly string[]
  readonly hashes: readonly string[]
  readonly account: string | null
  readonly faults: readonly Text[] | null
}

/** Writes down rows as they were read. */
export async function stage(
  tx: Queries,
  importId: string,
  rows: readonly StagedRow[],
): Promise<void> {
  await tx.$executeRaw`
    insert into import_row (import_id, number, kind, sheet, line, says, cells, keys, hashes, account,
      faults)
    select ${importId}::uuid, number, kind, sheet, line, says, cells, keys, hashes, account,
      nullif(faults, 'null')
    from jsonb_to_recordset(${JSON.stringify(rows.map(encryptedStaged))}::jsonb) as row (
      number int, kind text, sheet int, line int, says jsonb, cells jsonb, keys text[], hashes text[],
      account text, faults jsonb)`
}

/** Forgets all rows of an import. */
export async function unstage(tx: Queries, importId: string): Promise<void> {
  await tx.$executeRaw`delete from import_row where import_id = ${importId}::uuid`
}
