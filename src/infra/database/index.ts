import type { Db } from 'pg-boss'
import type { Prisma, PrismaClient } from '../../generated/client.ts'
import type { Encryption } from './encryption/encryption.ts'

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
  /** For the queue; null where it connects by itself to `url`. */
  readonly boss: Db | null
  readonly url: string | null
  readonly encryption: Encryption
  /** Every query of `work` in one transaction; what it throws undoes all of them. */
  transaction<T>(work: (tx: Queries) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** Generous, because a PGlite serves one transaction at a time and others wait for it. */
export const TRANSACTION_LIMITS = { maxWait: 30_000, timeout: 30_000 }
