import { mkdir } from 'node:fs/promises'
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { type Db, fromPglite } from 'pg-boss'
import { type Prisma, PrismaClient } from '../../generated/client.ts'
import { direct, type Open } from './direct.ts'
import { lockFolder } from './folder-lock.ts'
import { type InTransaction, type MigrationTransaction, migrate } from './migrate.ts'
import { opening, pgAdapter } from './pg-adapter.ts'
import { pgliteAdapter } from './pglite-adapter.ts'

/** The client or one open transaction: what a store's queries run on. */
export type Queries = Prisma.TransactionClient

export interface Database {
  readonly kind: 'postgres' | 'pglite'
  readonly prisma: PrismaClient
  /** For the queue; null where it connects by itself to `url`. */
  readonly boss: Db | null
  readonly url: string | null
  /** Every query of `work` in one transaction; what it throws undoes all of them. */
  transaction<T>(work: (tx: Queries) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export class DatabaseFault extends Error {
  override readonly name = 'DatabaseFault'
}

/** Generous, because a PGlite serves one transaction at a time and others wait for it. */
const WAITING = { maxWait: 30_000, timeout: 30_000 }

/**
 * As shipped, the buffers are 128 MB, written once at every opening and held to the end: two fifths of
 * the time to open a folder, and a fifth of the memory at rest. The files of a bank that fits here are in
 * the system's own cache.
 */
const BUFFERS = ['-c', 'shared_buffers=32MB']

/** Embedded PGlite in a folder, locked to this process; without a folder, in memory. */
export async function openPglite(folder?: string, snapshot?: Blob): Promise<Database> {
  if (folder) await mkdir(folder, { recursive: true })
  const unlock = folder ? await lockFolder(folder) : async () => {}
  const pglite = await PGlite.create({
    ...(folder && { dataDir: folder }),
    ...(snapshot && { loadDataDir: snapshot }),
    startParams: [...PGlite.defaultStartParams, ...BUFFERS],
  })
  await migrate(onPglite(pglite))
  const prisma = new PrismaClient({ adapter: pgliteAdapter(pglite) })
  return {
    kind: 'pglite',
    prisma,
    boss: fromPglite(pglite),
    url: null,
    transaction: (work) => prisma.$transaction(work, WAITING),
    async close() {
      await prisma.$disconnect()
      await pglite.close()
      await unlock()
    },
  }
}

/** PostgreSQL. Throws `DatabaseFault` on a database whose `lc_ctype` cannot tell Chinese letters. */
export async function openPostgres(url: string): Promise<Database> {
  // Without UTC, times are stored hours off on a server set to Asia/Shanghai.
  const connection = { connectionString: url, options: '-c timezone=UTC' }
  const first = new pg.Pool({ ...connection, max: 1 })
  try {
    const { rows } = await first.query(
      'select datctype as ctype, pg_encoding_to_char(encoding) as encoding from pg_database where datname = current_database()',
    )
    if (rows[0]?.encoding !== 'UTF8' || ['C', 'POSIX'].includes(rows[0]?.ctype)) {
      throw new DatabaseFault(
        `数据库的 lc_ctype 是 ${rows[0]?.ctype}、编码是 ${rows[0]?.encoding}，无法处理中文；请用 UTF8 和 C.UTF-8 或 zh_CN.UTF-8 重建。 ` +
          `The database has lc_ctype ${rows[0]?.ctype} and encoding ${rows[0]?.encoding}; create it with UTF8 and C.UTF-8 or zh_CN.UTF-8.`,
      )
    }
    await migrate(onPool(first))
  } finally {
    await first.end()
  }
  // A plan that was made while a table was small is made anew when the table is analysed, or with its
  // connection; and each connection plans every statement some times before it keeps a plan.
  const pool = new pg.Pool({ ...connection, max: 10, pipeline: true, maxLifetimeSeconds: 600 })
  // A connection that is lost while idle is replaced when one is needed; who waits on one hears of it.
  pool.on('error', () => {})
  const prisma = new PrismaClient({ adapter: pgAdapter(pool) })
  return {
    kind: 'postgres',
    prisma: direct(prisma, { connection: pool }),
    boss: null,
    url,
    transaction(work) {
      const open: Open = { connection: null }
      return opening.run(open, () => prisma.$transaction((tx) => work(direct(tx, open)), WAITING))
    },
    async close() {
      await prisma.$disconnect()
      await pool.end()
    },
  }
}

export const onPglite =
  (pglite: PGlite): InTransaction =>
  (work) =>
    pglite.transaction((tx) =>
      work({
        script: (sql) => tx.exec(sql),
        rows: async <Row>(sql: string, values: readonly unknown[] = []) =>
          (await tx.query<Row>(sql, [...values])).rows,
      }),
    )

const onPool =
  (pool: pg.Pool): InTransaction =>
  async (work) => {
    const connection = await pool.connect()
    const tx: MigrationTransaction = {
      script: (sql) => connection.query(sql),
      rows: async <Row>(sql: string, values: readonly unknown[] = []) =>
        (await connection.query(sql, [...values])).rows as Row[],
    }
    try {
      await connection.query('begin')
      const result = await work(tx)
      await connection.query('commit')
      return result
    } catch (error) {
      await connection.query('rollback')
      throw error
    } finally {
      connection.release()
    }
  }
