import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { BareDatabase, MigrationTransaction } from '../migrate.ts'
import { BackupFault, type End, type Head, rowLine } from './format.ts'

/** Rows that are read at a time; of a table that holds files, which are up to 20 MB each, one. */
const FETCH = 500

/**
 * Writes all rows as of one moment, while others go on writing. The queue is left out: which jobs of today
 * ran is asked anew, and each of them does nothing twice. Resolves to how many rows there are.
 * Throws `BackupFault` on a database in which there is nothing of ours.
 */
export async function writeBackup({ inTransaction }: BareDatabase, to: Writable): Promise<number> {
  return inTransaction(async (tx) => {
    await tx.script('set transaction isolation level repeatable read, read only')
    const migrations = await migrationsOf(tx)
    const rows: Record<string, number> = {}
    async function* lines() {
      const first: Head = { chenhui: 'backup 1', at: new Date().toISOString(), migrations }
      yield `${JSON.stringify(first)}\n`
      for (const { table, files } of await tablesOf(tx)) {
        rows[table] = 0
        for await (const found of rowsOf(tx, table, files ? 1 : FETCH)) {
          rows[table] += found.length
          yield found.map((row) => rowLine(table, row)).join('')
        }
      }
      const last: End = { rows, sequences: await sequencesOf(tx) }
      yield `${JSON.stringify(last)}\n`
    }
    await pipeline(lines, createGzip({ level: 4 }), to)
    return Object.values(rows).reduce((sum, count) => sum + count, 0)
  })
}

async function migrationsOf(tx: MigrationTransaction): Promise<Head['migrations']> {
  const [found] = await tx.rows<{ there: boolean }>(
    `select to_regclass('public._prisma_migrations') is not null as there`,
  )
  if (!found?.there) {
    throw new BackupFault('这个数据库里什么也没有。', 'There is nothing in this database.')
  }
  return tx.rows(`select migration_name as name, checksum from _prisma_migrations
    where rolled_back_at is null and finished_at is not null order by migration_name`)
}

/** Every table of ours, and whether it has columns for files; the keys first, by which the others can be read. */
const tablesOf = (tx: MigrationTransaction) =>
  tx.rows<{ table: string; files: boolean }>(`
    select relname as "table", exists (select from pg_attribute
      where attrelid = pg_class.oid and atttypid = 'bytea'::regtype and not attisdropped) as files
    from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
      and relname <> '_prisma_migrations'
    order by relname <> 'data_key', relname`)

async function* rowsOf(tx: MigrationTransaction, table: string, most: number) {
  await tx.script(`declare kept no scroll cursor for
    select replace(row_to_json(each)::text, E'\\n', ' ') as row from "${table}" as each`)
  for (;;) {
    const found = await tx.rows<{ row: string }>(`fetch ${most} from kept`)
    if (found.length === 0) break
    yield found.map(({ row }) => row)
  }
  await tx.script('close kept')
}

async function sequencesOf(tx: MigrationTransaction): Promise<End['sequences']> {
  const rows = await tx.rows<{ name: string; last: string | null }>(
    `select sequencename as name, last_value::text as last from pg_sequences where schemaname = 'public'`,
  )
  return Object.fromEntries(rows.map(({ name, last }) => [name, last]))
}
