import { demandUpToDate, type InTransaction, migrate } from '../migrate.ts'
import type { DataKey } from './data-key.ts'
import type { Encryption } from './encryption.ts'
import { keysOf, makeKeys } from './kept-keys.ts'

/** How a database is made ready to be used. */
export interface Preparing {
  /** Absent: for a database that is not encrypted. */
  readonly dataKey?: DataKey
  /** Refuses one that is behind this program, in place of bringing it up to date, and writes nothing. */
  readonly asItIs?: boolean
}

/**
 * Brings a database up to date and opens its keys, which are made where there are none. Throws `MigrationFault`,
 * `NotUpToDate`, and `DataKeyFault` before anything is written.
 */
export async function prepared(
  inTransaction: InTransaction,
  { dataKey, asItIs = false }: Preparing,
  encryption: Encryption,
): Promise<void> {
  const given = dataKey?.key ?? null
  const there = await inTransaction((tx) => keysOf(tx, given))
  if (asItIs) {
    await demandUpToDate(inTransaction)
    encryption.keyring = there
    return
  }
  const key = given ?? dataKey?.make() ?? null
  await migrate(inTransaction)
  encryption.keyring = there ?? (key && (await inTransaction((tx) => makeKeys(tx, key))))
}
