import { encryptedRow } from '../infra/database/encryption/columns.ts'
import type { Queries } from '../infra/database/index.ts'

/** A row by the names of its table's columns. */
export type Row = Readonly<Record<string, unknown>>

/** Few enough that an embedded database does not keep its process waiting. */
const BATCH = 1000

const TABLES = [
  'unit',
  'staff',
  'account',
  'client',
  'client_facts',
  'campaign',
  'act',
  'outcome',
  'need',
  'task',
  'referral_link',
  'referral_entry',
  'referral_click',
] as const
export type Table = (typeof TABLES)[number]

/** Rows with the ids that stand for people and clients made those under which they are on file. */
export const onFile = (rows: readonly Row[], ids: ReadonlyMap<unknown, string>): Row[] =>
  rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([column, value]) => [column, ids.get(value) ?? value]),
    ),
  )

/**
 * Inserts rows in batches. A column that every row of a batch leaves out has its default; where only
 * some do, it is null in those.
 */
export async function insertRows(tx: Queries, table: Table, rows: readonly Row[]): Promise<void> {
  for (let from = 0; from < rows.length; from += BATCH) {
    const batch = rows.slice(from, from + BATCH).map((row) => encryptedRow(table, row))
    const columns = [...new Set(batch.flatMap((row) => Object.keys(row)))]
      .map((column) => `"${column}"`)
      .join(', ')
    await tx.$executeRawUnsafe(
      `insert into ${table} (${columns})
       select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
      JSON.stringify(batch),
    )
  }
}
