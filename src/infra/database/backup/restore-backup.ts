import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { DataKey } from '../encryption/data-key.ts'
import { keysOf } from '../encryption/kept-keys.ts'
import { type BareDatabase, type MigrationTransaction, migrate } from '../migrate.ts'
import { BackupFault, type End, end, type Head, head } from './format.ts'
import { linesIn } from './lines.ts'

/** What is written at a time, in characters; a row may be longer. */
const BATCH = 1_000_000

/** What a backup held. */
export interface Restored {
  readonly at: string
  readonly rows: number
}

/**
 * Fills a database in which nothing is: the tables as they were then, their rows, then what this program
 * adds to the tables since. All of it, or nothing. Throws `BackupFault` on a database in which something is,
 * and on what is no whole backup; `MigrationFault` on one of a newer program; `DataKeyFault` on one whose rows this key
 * does not open, before any of them is written.
 */
export const restoreBackup = (
  { inTransaction }: BareDatabase,
  from: Readable,
  dataKey: DataKey,
): Promise<Restored> =>
  inTransaction(async (tx) => {
    await demandEmpty(tx)
    let restored: Restored | null = null
    try {
      await pipeline(from, createGunzip(), async (chunks: AsyncIterable<Buffer>) => {
        restored = await restore(tx, linesIn(chunks), dataKey)
      })
    } catch (error) {
      throw isTorn(error) ? torn(error) : error
    }
    if (!restored) throw torn(null)
    return restored
  })

async function demandEmpty(tx: MigrationTransaction): Promise<void> {
  const [found] = await tx.rows<{ tables: number }>(
    `select count(*)::int as tables from pg_class
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`,
  )
  if (found?.tables === 0) return
  throw new BackupFault(
    '要恢复到的数据库里已经有东西；请换一个空的（DATA_DIR 或 DATABASE_URL），或先把旧的移走。',
    'There is something in the database to restore to; set DATA_DIR or DATABASE_URL to an empty one, or move the old one away.',
  )
}

async function restore(
  tx: MigrationTransaction,
  lines: AsyncGenerator<string>,
  dataKey: DataKey,
): Promise<Restored> {
  const first = await lines.next()
  const { at, migrations } = read(head, first.value)
  await asItWas(tx, migrations)
  const keys = await looseTables(tx)
  const counted: Record<string, number> = Object.fromEntries(keys.tables.map((name) => [name, 0]))
  let last: End | null = null
  let batch: string[] = []
  let table = ''
  let length = 0
  const write = async () => {
    if (batch.length === 0) return
    await tx.rows(
      `insert into "${table}" select * from json_populate_recordset(null::"${table}", $1::json)`,
      [`[${batch.join(',')}]`],
    )
    // They come first.
    if (table === 'data_key') await keysOf(tx, dataKey.key)
    counted[table] = (counted[table] ?? 0) + batch.length
    batch = []
    length = 0
  }
  for await (const line of lines) {
    if (last) throw torn(null)
    const tab = line.indexOf('\t')
    if (tab < 0) {
      last = read(end, line)
      continue
    }
    const name = line.slice(0, tab)
    if (!(name in counted)) throw torn(null)
    if (name !== table || length > BATCH) await write()
    table = name
    batch.push(line.slice(tab + 1))
    length += line.length
  }
  await write()
  if (!last || !same(last.rows, counted)) throw torn(null)
  for (const [name, value] of Object.entries(last.sequences)) {
    await tx.rows('select setval($1::regclass, coalesce($2::bigint, 1), $2::bigint is not null)', [
      `public.${name}`,
      value,
    ])
  }
  await keys.tighten()
  await migrate((work) => work(tx))
  await tx.script('analyze')
  return { at, rows: Object.values(counted).reduce((sum, count) => sum + count, 0) }
}

/** Brings the tables to where they stood when the backup was made. */
async function asItWas(tx: MigrationTransaction, migrations: Head['migrations']): Promise<void> {
  const names = new Set(migrations.map(({ name }) => name))
  await migrate((work) => work(tx), { only: names })
  const made = await tx.rows<{ name: string; checksum: string }>(
    'select migration_name as name, checksum from _prisma_migrations order by migration_name',
  )
  const other = migrations.find((each, n) => made[n]?.checksum !== each.checksum)
  if (!other) return
  throw new BackupFault(
    `备份来自另一个版本的程序（迁移 ${other.name}）；请用做备份时的版本或更新的版本恢复。`,
    `The backup is of another version of this program (its migration ${other.name}); restore it with the version that made it, or a later one.`,
  )
}

/** Takes keys and triggers off the empty tables, so that rows may come in any order; `tighten` puts them back. */
async function looseTables(tx: MigrationTransaction) {
  const tables = await tx.rows<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace
       and relkind in ('r', 'p') and not relispartition and relname <> '_prisma_migrations'`,
  )
  const keys = await tx.rows<{ table: string; name: string; says: string }>(
    `select conrelid::regclass::text as "table", quote_ident(conname) as name,
       pg_get_constraintdef(oid) as says
     from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace and conparentid = 0`,
  )
  const triggers = (what: 'disable' | 'enable') =>
    tables.map(({ name }) => `alter table "${name}" ${what} trigger user;`).join('\n')
  for (const { table, name } of keys)
    await tx.script(`alter table ${table} drop constraint ${name}`)
  await tx.script(triggers('disable'))
  // A migration may have written rows of its own, which the backup has as well.
  await tx.script(`truncate ${tables.map(({ name }) => `"${name}"`).join(', ')}`)
  return {
    tables: tables.map(({ name }) => name),
    async tighten() {
      await tx.script(triggers('enable'))
      for (const { table, name, says } of keys) {
        await tx.script(`alter table ${table} add constraint ${name} ${says}`)
      }
    },
  }
}

function same(one: Readonly<Record<string, number>>, other: Readonly<Record<string, number>>) {
  const names = Object.keys(one)
  return (
    names.length === Object.keys(other).length && names.every((name) => one[name] === other[name])
  )
}

/** A line as what it has to be. */
function read<T>(shape: { parse(value: unknown): T }, line: string | undefined): T {
  try {
    return shape.parse(JSON.parse(line ?? ''))
  } catch (error) {
    throw torn(error)
  }
}

/** What zlib says of a file that ends too early, was changed, or is none of gzip. */
const isTorn = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^Z_/.test(String(error.code))

const torn = (cause: unknown) =>
  new BackupFault(
    '这个文件不是完整的晨会备份（可能没有写完，或被改过）；什么也没有恢复。',
    'This file is no whole backup of Chenhui (it may have been cut off or changed); nothing was restored.',
    cause,
  )
