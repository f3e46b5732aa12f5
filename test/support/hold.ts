import type { Database, Queries } from '../../src/infra/database/index.ts'
import { until } from './until.ts'

/** As long as a test may take: whoever holds lets go, and no limit of the product does. */
const PATIENCE = { timeout: 240_000, maxWait: 60_000 }

/**
 * Holds what `lock` locks until the function that it resolves to is called; that one resolves when it is let go.
 * Throws what the lock throws.
 */
export async function hold(
  database: Database,
  lock: (tx: Queries) => Promise<unknown>,
): Promise<() => Promise<void>> {
  const [locked, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const holding = database.prisma.$transaction(async (tx) => {
    await tx.$executeRaw`set local idle_in_transaction_session_timeout = 0`
    await lock(tx)
    locked.resolve()
    await released.promise
  }, PATIENCE)
  await Promise.race([locked.promise, holding])
  return () => {
    released.resolve()
    return holding
  }
}

/**
 * Whatever reads or writes these tables waits until the function that it resolves to is called. All are taken at
 * once or none: a lock that waits for the second while it has the first is a deadlock with whoever does the reverse.
 */
export const standStill = (database: Database, ...tables: readonly string[]) =>
  until(() =>
    hold(database, (tx) =>
      tx.$executeRawUnsafe(`lock table ${tables.join(', ')} in access exclusive mode nowait`),
    ),
  )
