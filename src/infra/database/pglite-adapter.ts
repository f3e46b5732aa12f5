import type { PGlite } from '@electric-sql/pglite'
import { PrismaPGlite } from 'pglite-prisma-adapter'

/**
 * Prisma on PGlite. Mends two faults of pglite-prisma-adapter 0.7.2: a script was not awaited, and
 * the isolation level asked for was dropped.
 */
export function pgliteAdapter(pglite: PGlite): PrismaPGlite {
  const factory = new PrismaPGlite(pglite)
  const connect = factory.connect.bind(factory)
  factory.connect = async () => {
    const adapter = await connect()
    adapter.executeScript = async (script) => {
      await pglite.exec(script)
    }
    const startTransaction = adapter.startTransaction.bind(adapter)
    adapter.startTransaction = async (isolation) => {
      const transaction = await startTransaction()
      if (isolation) {
        await transaction.executeRaw({
          sql: `SET TRANSACTION ISOLATION LEVEL ${isolation}`,
          args: [],
          argTypes: [],
        })
      }
      return transaction
    }
    return adapter
  }
  return factory
}
