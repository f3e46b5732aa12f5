import type { Db } from 'pg-boss'
import type { Prisma, PrismaClient } from '../../generated/client.ts'
import type { Encryption } from './encryption/encryption.ts'
import type { Passing } from './fault.ts'

/** The client or one open transaction: what a store's queries run on. */
export type Queries = Prisma.TransactionClient

export interface Database {
  readonly kind: 'postgres' | 'pglite'
  readonly prisma: PrismaClient
  /**
   * For statements over the whole book, which may take minutes; any other one that is not answered
   * for so long is taken for lost with its connection.
   */
  readonly wholeBook: Queries
  /** For what only looks and takes long; null where none is set. */
  readonly replica: Replica | null
  /** For the queue; null where it connects by itself to `url`. */
  readonly boss: Db | null
  readonly url: string | null
  readonly encryption: Encryption
  /** Every query of `work` in one transaction; what it throws undoes all of them. */
  transaction<T>(work: (tx: Queries) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** What became of a question to the replica: `behind`, it had not heard in time of what was committed before. */
export type ReplicaRead = 'read' | 'behind' | NonNullable<Passing>

/**
 * A server that follows the database, for what only looks and takes long. Nobody is told less than was
 * committed when they asked.
 */
export interface Replica {
  /** Resolves to null where it is away, held up or too far behind: the database itself is to be asked. */
  read<T>(work: (queries: Queries) => Promise<T>): Promise<{ readonly found: T } | null>
  /** What became of the questions of this process. */
  readonly counts: Readonly<Record<ReplicaRead, number>>
  close(): Promise<void>
}

/** Generous, because a PGlite serves one transaction at a time and others wait for it. */
export const TRANSACTION_LIMITS = { maxWait: 30_000, timeout: 30_000 }
