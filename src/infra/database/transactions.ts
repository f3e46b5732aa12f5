import { AsyncLocalStorage } from 'node:async_hooks'
import { Socket } from 'node:net'
import pg from 'pg'
import type { Encryption } from './encryption/encryption.ts'
import { encrypting } from './encryption/postgres.ts'
import type { Database, Queries } from './index.ts'
import { withRawStatements } from './raw-statements.ts'

// Raw statements of a transaction go past Prisma, on the connection that the transaction runs on. Prisma
// does not say which one that is, but takes it out of the pool that it was given, by `connect()`, while it
// opens the transaction. So that pool is ours: its `connect()` tells the transaction that is being opened,
// which it knows by the asynchronous context, the connection that it took.
//
// Trap: once Prisma has committed or rolled back, the connection is another's, and what is still sent on it
// would run outside of any transaction. So a transaction lets go of its connection when its work has
// ended, and, as Prisma rolls back by itself what takes longer than its limit, a little before that limit.

/** A server that is there answers within that; a firewall that forgot its states never does. */
const CONNECT_MS = 5000

/** `encryption`: what values go through on their way to the database and back; absent: nothing. */
export interface ConnectionConfig extends pg.ClientConfig {
  readonly encryption?: Encryption
}

/**
 * A connection whose limit for reaching the server is not that of the pool, which also waits until one
 * is free.
 */
export class Connection extends pg.Client {
  /** Ours, as `pg` lets its users bring their own (`ClientConfig.stream`). */
  readonly #socket: Socket

  constructor(config?: ConnectionConfig) {
    const socket = new Socket()
    super({ ...config, connectionTimeoutMillis: CONNECT_MS, stream: () => socket })
    this.#socket = socket
    // The pool listens to those that lie idle, and whoever takes one listens a moment later: a session that the server
    // ends in the same packet would end the process. Whatever is asked on it next fails.
    this.on('error', () => {})
    if (config?.encryption) encrypting(this, config.encryption)
  }

  /**
   * What is sent before the current callback and its microtasks are over leaves in one write, which is
   * most of what sending costs.
   */
  writeTogether(): void {
    if (this.#socket.writableCorked > 0) return
    this.#socket.cork()
    process.nextTick(() => this.#socket.uncork())
  }
}

type Connected = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  done: (release?: unknown) => void,
) => void

/** The transaction that is being opened in this asynchronous context; null: none is. */
const opening = new AsyncLocalStorage<Transaction | null>()

/** Tells a transaction that is being opened which connection was taken for it. */
export class TransactionPool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>
  override connect(callback: Connected): void
  override connect(callback?: Connected): unknown {
    if (callback) return super.connect(callback)
    return super.connect().then((connection) => {
      opening.getStore()?.begins(connection)
      return connection
    })
  }
}

/** The connection of a transaction for as long as statements may be sent on it. */
class Transaction {
  readonly #limitMs: number
  #connection: pg.PoolClient | null = null
  /** By `performance.now()`. */
  #until = 0

  constructor(limitMs: number) {
    this.#limitMs = limitMs
  }

  /** Before `begin` is sent, after which Prisma's own limit starts to run. */
  begins(connection: pg.PoolClient): void {
    this.#connection = connection
    this.#until = performance.now() + this.#limitMs
  }

  ends(): void {
    this.#connection = null
  }

  /** Throws once the transaction is over. */
  connection(): pg.PoolClient {
    if (!this.#connection || performance.now() >= this.#until) {
      throw new Error('the transaction of this statement is over')
    }
    if (this.#connection instanceof Connection) this.#connection.writeTogether()
    return this.#connection
  }
}

/** Waits (ms) for a free connection, and until a transaction that goes on is rolled back. */
interface Limits {
  readonly maxWait: number
  readonly timeout: number
}

/** A transaction of a client on a `TransactionPool`. What `work` throws undoes everything in it. */
export function runTransaction<T>(
  prisma: Database['prisma'],
  work: (tx: Queries) => Promise<T>,
  limits: Limits,
): Promise<T> {
  const transaction = new Transaction(limits.timeout)
  const run = async (tx: Queries) => {
    try {
      return await work(withRawStatements(tx, () => transaction.connection()))
    } finally {
      transaction.ends()
    }
  }
  return opening.run(transaction, () =>
    // What the work itself opens is not this transaction.
    prisma.$transaction((tx) => opening.run(null, () => run(tx)), limits),
  )
}
