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
  'act',
  'outcome',
  'need',
  'task',
  'referral_link',
  'referral_entry',
] as const
export type Table = (typeof TABLES)[number]

/** Inserts rows in batches; a column that a row leaves out is null. */
export async function insertRows(tx: Queries, table: Table, rows: readonly Row[]): Promise<void> {
  for (let from = 0; from < rows.length; from += BATCH) {
    await tx.$executeRawUnsafe(
      `insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
      JSON.stringify(rows.slice(from, from + BATCH)),
    )
  }
}
