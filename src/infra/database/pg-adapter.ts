import { AsyncLocalStorage } from 'node:async_hooks'
import { PrismaPg } from '@prisma/adapter-pg'
import type pg from 'pg'
import type { Open } from './direct.ts'

/** Who is opening a transaction, to be told its connection. */
export const opening = new AsyncLocalStorage<Open>()

/** Prisma on a pool, which tells whoever opens a transaction its connection for as long as it lasts. */
export function pgAdapter(pool: pg.Pool): PrismaPg {
  const factory = new PrismaPg(pool)
  const connect = factory.connect.bind(factory)
  factory.connect = async () => {
    const adapter = await connect()
    const startTransaction = adapter.startTransaction.bind(adapter)
    adapter.startTransaction = async (isolation) => {
      const transaction = await startTransaction(isolation)
      const open = opening.getStore()
      if (!open) return transaction
      const { client } = transaction as unknown as { client: pg.PoolClient }
      open.connection = client
      const execute = transaction.executeRaw.bind(transaction)
      transaction.executeRaw = (query) => {
        // What comes after it would run outside of the transaction.
        if (/^(commit|rollback)$/i.test(query.sql)) open.connection = null
        return execute(query)
      }
      return transaction
    }
    return adapter
  }
  return factory
}
