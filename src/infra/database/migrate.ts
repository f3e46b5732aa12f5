import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** One open transaction, in the two ways the runner needs it. */
export interface MigrationTransaction {
  script(sql: string): Promise<unknown>
  rows<Row>(sql: string, values?: readonly unknown[]): Promise<Row[]>
}

export type InTransaction = <T>(work: (tx: MigrationTransaction) => Promise<T>) => Promise<T>

/** A database as it stands, not brought up to date; one transaction at a time, as long as it takes. */
export interface BareDatabase {
  readonly kind: 'postgres' | 'pglite'
  readonly inTransaction: InTransaction
  close(): Promise<void>
}

export class MigrationFault extends Error {
  override readonly name = 'MigrationFault'
}

/** The key that `prisma migrate` itself locks, so that both wait for each other. */
const ADVISORY_LOCK = 72707369

/**
 * A change of a table waits for its readers, and every later reader for the change: it waits briefly,
 * and whoever called tries again.
 */
const LOCK_MS = 3000

/** Prisma's own book of what ran, so that the official tool agrees with us. */
const MIGRATIONS_TABLE = `create table if not exists _prisma_migrations (
  id varchar(36) primary key not null, checksum varchar(64) not null, finished_at timestamptz,
  migration_name varchar(255) not null, logs text, rolled_back_at timestamptz,
  started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`

const FOLDER = fileURLToPath(new URL('../../../prisma/migrations/', import.meta.url))

/** Where migrations are, and which of them are meant where not all are. */
interface Which {
  readonly folder?: string
  readonly only?: ReadonlySet<string>
}

/**
 * Applies what has not run yet, all in one transaction, and resolves to the names applied.
 * Throws `MigrationFault` when a migration changed after it ran, is unknown to this build (but for later ones that
 * only add), or was left unfinished; nothing is applied then.
 */
export async function migrate(
  inTransaction: InTransaction,
  { folder = FOLDER, only }: Which = {},
): Promise<string[]> {
  const files = await migrationFiles(folder)
  return inTransaction(async (tx) => {
    await tx.script(`set local lock_timeout = ${LOCK_MS}`)
    await tx.rows(`select pg_advisory_xact_lock(${ADVISORY_LOCK})::text`)
    await tx.script(MIGRATIONS_TABLE)
    const known = await applied(tx, files)
    const missing = files.filter(({ name }) => !known.has(name) && (only?.has(name) ?? true))
    for (const file of missing) {
      await tx.script(file.sql)
      await tx.rows(
        `insert into _prisma_migrations
           (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
         values ($1, $2, clock_timestamp(), $3, now(), 1)`,
        [randomUUID(), file.checksum, file.name],
      )
    }
    return missing.map((file) => file.name)
  })
}

/** Nothing, or not all, of what this program needs is in the database. */
export class NotUpToDate extends Error {
  override readonly name = 'NotUpToDate'
  constructor(missing: number, all: number) {
    const [zh, en] =
      missing === all
        ? ['还没有建表', 'is empty']
        : [`还差 ${missing} 步更新`, `is ${missing} steps behind`]
    super(
      `数据库${zh}，npm start（或 npx chenhui migrate）会完成。 The database ${en}; npm start (or npx chenhui migrate) sees to it.`,
    )
  }
}

/** Throws `NotUpToDate` where `migrate` would change something, and `MigrationFault` as it does. */
export async function demandUpToDate(inTransaction: InTransaction): Promise<void> {
  const files = await migrationFiles(FOLDER)
  const missing = await inTransaction(async (tx) => {
    const [book] = await tx.rows<{ there: boolean }>(
      `select to_regclass('public._prisma_migrations') is not null as there`,
    )
    const known = book?.there ? await applied(tx, files) : new Set()
    return files.filter(({ name }) => !known.has(name)).length
  })
  if (missing > 0) throw new NotUpToDate(missing, files.length)
}

type MigrationFile = Awaited<ReturnType<typeof migrationFiles>>[number]

/**
 * A step that an older build cannot serve behind (something it reads or writes is gone, or demanded): its name says so.
 * All other steps only add, and a build serves beside a database that is ahead of it by those, so that instances are
 * replaced one by one (CONTRIBUTING, "Changing the schema").
 */
export const isContract = (name: string): boolean => /^\d+_contract_/.test(name)

/** The names of those that ran. Throws `MigrationFault` where they are not as this build has them. */
async function applied(
  tx: MigrationTransaction,
  files: readonly MigrationFile[],
): Promise<Set<string>> {
  const ran = await tx.rows<{ name: string; checksum: string; finished: boolean }>(
    `select migration_name as name, checksum, finished_at is not null as finished
     from _prisma_migrations where rolled_back_at is null`,
  )
  const newest = files.at(-1)?.name ?? ''
  for (const { name, checksum, finished } of ran) {
    const file = files.find((each) => each.name === name)
    if (!finished) throw fault(name, '没有执行完', 'was left unfinished; resolve it first')
    if (!file && name > newest && !isContract(name)) continue
    if (!file)
      throw fault(
        name,
        '不在本程序中，请用更新的程序',
        'is in the database but not in this build: use a newer one',
      )
    if (file.checksum !== checksum) throw fault(name, '执行后被改过', 'was edited after it ran')
  }
  return new Set(ran.map((each) => each.name))
}

async function migrationFiles(folder: string) {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return Promise.all(
    names.sort().map(async (name) => {
      const bytes = await readFile(`${folder}/${name}/migration.sql`)
      const checksum = createHash('sha256').update(bytes).digest('hex')
      return { name, sql: bytes.toString('utf8'), checksum }
    }),
  )
}

const fault = (name: string, zh: string, en: string) =>
  new MigrationFault(`数据库迁移 ${name} ${zh}。 The migration ${name} ${en}.`)
