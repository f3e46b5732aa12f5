import { setTimeout as pause } from 'node:timers/promises'
import { PrismaPg } from '@prisma/adapter-pg'
import type pg from 'pg'
import { PrismaClient } from '../../generated/client.ts'
import { encrypted } from './encryption/encrypt-rows.ts'
import { Encryption } from './encryption/encryption.ts'
import { type Preparing, prepared } from './encryption/prepare.ts'
import { rereading } from './encryption/rotate.ts'
import { DatabaseFault, describe, passing } from './fault.ts'
import { type Database, TRANSACTION_LIMITS } from './index.ts'
import type { BareDatabase, InTransaction, MigrationTransaction } from './migrate.ts'
import { followedBy } from './postgres/replica.ts'
import { demandTls } from './postgres/tls.ts'
import { withRawStatements } from './raw-statements.ts'
import {
  Connection,
  type ConnectionConfig,
  runTransaction,
  TransactionPool,
} from './transactions.ts'

/** Longer than a transaction or a lock may take: what is silent for so long is gone. */
const QUERY_MS = 40_000
/** What goes over the whole book at night. */
const WHOLE_BOOK_MS = 2 * 3_600_000

/**
 * What the server keeps to for each of our sessions. Without UTC, times are stored hours off on a server
 * set to Asia/Shanghai. The rest ends what a process leaves that vanished without a word (its machine
 * lost power, its packets are swallowed): by default its locks stay for two hours.
 */
const SESSION_OPTIONS = Object.entries({
  timezone: 'UTC',
  lock_timeout: '20s',
  idle_in_transaction_session_timeout: '60s',
  tcp_keepalives_idle: '30',
  tcp_keepalives_interval: '10',
  tcp_keepalives_count: '3',
  tcp_user_timeout: '30000',
})
  .map(([name, value]) => `-c ${name}=${value}`)
  .join(' ')

const CONNECTION = {
  options: SESSION_OPTIONS,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
}

/** For whoever connects by itself: as the service's own connections, with the same limits. */
export const connectionTo = (url: string, queryMs = QUERY_MS) => ({
  ...CONNECTION,
  connectionString: url,
  query_timeout: queryMs,
})

/** How a server is opened. */
export interface Opening extends Preparing {
  /** How long one that does not answer is waited for; absent: not at all. */
  readonly waitMs?: number
  /** For one statement, unless it is over the whole book. */
  readonly queryMs?: number
  /** The address of a server that follows this one; absent: there is none. */
  readonly replicaUrl?: string | undefined
  /** How long that one is waited for where it is behind; absent: as a service does. */
  readonly replicaCatchUpMs?: number
  /** How often it is looked for a new key; absent: as a service does. */
  readonly keysReadMs?: number
  /** Is told why it is waited for, each time. */
  say?(sentence: string): void
}

const RETRY_PAUSE_MS = 5000
/** So long a table that others read is waited for, each migration holding up those behind it briefly. */
const MAX_LOCKED_MS = 120_000

/**
 * PostgreSQL, brought up to date. Throws `DatabaseFault`, with the host, on one that does not answer,
 * and on one whose `lc_ctype` cannot tell Chinese letters; `DataKeyFault` where the key is missing or another's.
 */
export async function openPostgres(url: string, opening: Opening = {}): Promise<Database> {
  demandTls(url)
  const encryption = new Encryption()
  await reach(url, opening, encryption)
  const main = clientOf(connectionTo(url, opening.queryMs), encryption)
  const { pool, prisma } = main
  const { dataKey } = opening
  const keys =
    dataKey &&
    rereading(
      async (sql, values = []) => (await pool.query(sql, [...values])).rows,
      dataKey,
      encryption,
      opening.keysReadMs,
    )
  const replica = opening.replicaUrl
    ? followedBy(
        pool,
        clientOf(readingFrom(opening.replicaUrl, opening.queryMs), encryption),
        opening.replicaCatchUpMs,
      )
    : null
  const database: Database = {
    kind: 'postgres',
    prisma: main.queries,
    wholeBook: withRawStatements(prisma, () => pool, WHOLE_BOOK_MS),
    replica,
    boss: null,
    url,
    encryption,
    transaction: (work) => runTransaction(prisma, work, TRANSACTION_LIMITS),
    async close() {
      keys?.stop()
      await replica?.close()
      await main.close()
    },
  }
  return opening.asItIs ? database : encrypted(database)
}

function clientOf(connection: ConnectionConfig, encryption: Encryption) {
  // A plan that was made while a table was small is made anew when the table is analysed, or with its
  // connection; and each connection plans every statement some times before it keeps a plan.
  const pool = new TransactionPool({
    ...{ ...connection, encryption },
    ...{ Client: Connection, connectionTimeoutMillis: TRANSACTION_LIMITS.maxWait },
    ...{ max: 10, pipeline: true, maxLifetimeSeconds: 600 },
  })
  // A connection that is lost while idle is replaced when one is needed; who waits on one hears of it.
  pool.on('error', () => {})
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) })
  const queries = withRawStatements(prisma, () => pool)
  return {
    ...{ pool, prisma, queries },
    async close() {
      await prisma.$disconnect()
      await pool.end()
    },
  }
}

/** As `connectionTo`, and nothing is written: the address of a replica may be mistaken for the database's. */
function readingFrom(url: string, queryMs?: number): ConnectionConfig {
  demandTls(url)
  const connection = connectionTo(url, queryMs)
  return { ...connection, options: `${connection.options} -c default_transaction_read_only=on` }
}

/** Tries until it is there and up to date. */
async function reach(url: string, how: Opening, encryption: Encryption): Promise<void> {
  const { waitMs = 0, say } = how
  const began = performance.now()
  for (;;) {
    try {
      return await prepare(url, how, encryption)
    } catch (error) {
      const kind = passing(error)
      if (!kind) throw error
      const most = kind === 'held-up' ? Math.max(waitMs, MAX_LOCKED_MS) : waitMs
      const sentence = kind === 'away' ? unreachable(url, error) : lockedOut(error)
      const settled = performance.now() - began + RETRY_PAUSE_MS > most || isOurs(error)
      if (settled) throw new DatabaseFault(sentence)
      say?.(sentence)
      await pause(RETRY_PAUSE_MS)
    }
  }
}

async function prepare(url: string, how: Preparing, encryption: Encryption): Promise<void> {
  const client = await connected(url)
  try {
    await prepared(onClient(client), how, encryption)
  } finally {
    await client.end().catch(() => {})
  }
}

/**
 * PostgreSQL as it stands. Throws `DatabaseFault`, with the host, on one that cannot be reached, and on
 * one whose `lc_ctype` cannot tell Chinese letters.
 */
export async function barePostgres(url: string): Promise<BareDatabase> {
  demandTls(url)
  const client = await connected(url).catch((error) => {
    throw passing(error) === 'away' ? new DatabaseFault(unreachable(url, error)) : error
  })
  return {
    kind: 'postgres',
    inTransaction: onClient(client),
    close: () => client.end(),
  }
}

/** One connection, without a limit for an answer. */
async function connected(url: string): Promise<Connection> {
  const client = new Connection({ ...CONNECTION, connectionString: url })
  // A connection that is lost while nothing is asked of it ends the process, unless somebody listens.
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query(
      'select datctype as ctype, pg_encoding_to_char(encoding) as encoding from pg_database where datname = current_database()',
    )
    if (rows[0]?.encoding !== 'UTF8' || ['C', 'POSIX'].includes(rows[0]?.ctype)) {
      throw new DatabaseFault(
        `数据库的 lc_ctype 是 ${rows[0]?.ctype}、编码是 ${rows[0]?.encoding}，无法处理中文；请用 UTF8 和 C.UTF-8 或 zh_CN.UTF-8 重建。 ` +
          `The database has lc_ctype ${rows[0]?.ctype} and encoding ${rows[0]?.encoding}; create it with UTF8 and C.UTF-8 or zh_CN.UTF-8.`,
      )
    }
    return client
  } catch (error) {
    await client.end().catch(() => {})
    throw error
  }
}

const onClient =
  (client: pg.Client): InTransaction =>
  async (work) => {
    const tx: MigrationTransaction = {
      script: (sql) => client.query(sql),
      rows: async <Row>(sql: string, values: readonly unknown[] = []) =>
        (await client.query(sql, [...values])).rows as Row[],
    }
    await client.query('begin')
    try {
      const result = await work(tx)
      await client.query('commit')
      return result
    } catch (error) {
      // On a lost connection it fails as well; the first fault says why.
      await client.query('rollback').catch(() => {})
      throw error
    }
  }

/** Wrong however long one waits: the name, the password or the database in the setting. */
const isOurs = (error: unknown): boolean => /^\w+ (28|3D)/.test(describe(error))

const lockedOut = (error: unknown): string =>
  `数据库里有别的会话占着要更新的表（${codeOf(error)}）。请等它结束或结束它，再启动。 ` +
  `Another session holds what is to be brought up to date (${codeOf(error)}); let it end, or end it, and start again.`

function unreachable(url: string, error: unknown): string {
  const { host, searchParams } = new URL(url)
  const place = searchParams.get('host') ?? (host || 'localhost')
  return (
    `连不上 DATABASE_URL 所指的数据库 ${place}（${codeOf(error)}）。请看数据库是否在运行、网络是否通，并核对 DATABASE_URL。 ` +
    `The database of DATABASE_URL at ${place} cannot be reached (${codeOf(error)}): see whether it runs and the network lets you through, and check DATABASE_URL.`
  )
}

/** What the log says of a fault, without the place in the program. */
const codeOf = (error: unknown): string =>
  describe(error)
    .replace(/ at .*/, '')
    .replace(/^\w+ /, '')
