import { setTimeout as pause } from 'node:timers/promises'
import type { Database, Queries } from '../index.ts'
import type { DataKey } from './data-key.ts'
import { encryptedByKey, encryptRows } from './encrypt-rows.ts'
import type { Encryption } from './encryption.ts'
import { addKeys, keysOf } from './kept-keys.ts'

// A new key is read by every process that serves before anything is encrypted with it: it stands in the database for
// a while in which it only decrypts. Then all is encrypted anew, in batches beside what is done otherwise.

/** How often a process that serves looks for a new key. */
export const KEYS_READ_MS = 15_000
/** Four looks: one that fails, or is held up, does not matter. */
const WAIT_MS = 4 * KEYS_READ_MS

type Rows = <Row>(sql: string, values?: readonly unknown[]) => Promise<Row[]>

/** The keys are read before Prisma is there, too: what their rows hold is declared where the statements are. */
const rowsOf =
  (tx: Queries): Rows =>
  <Row>(sql: string, values: readonly unknown[] = []) =>
    tx.$queryRawUnsafe<unknown[]>(sql, ...values) as Promise<Row[]>

/** Reads the keys again and again, until it is stopped; a database that is away is asked again. */
export function rereading(
  rows: Rows,
  { key }: DataKey,
  encryption: Encryption,
  everyMs = KEYS_READ_MS,
): { stop(): void } {
  let reads = false
  const read = async () => {
    // One that is late would put older keys in the place of newer ones.
    if (reads) return
    reads = true
    // Wrapped in another key since: what was read before serves until the next start.
    const keyring = await keysOf({ rows }, key).catch(() => null)
    if (keyring) encryption.keyring = keyring
    reads = false
  }
  const timer = setInterval(() => void read(), everyMs).unref()
  return { stop: () => clearInterval(timer) }
}

export interface Rotating {
  readonly key: Buffer
  /** Whether others may be serving. */
  readonly beside: boolean
  /** Keyed hashes, too: until all is encrypted anew nobody is found by them, so that nobody may serve. */
  readonly hashes: boolean
  /** Is told what is done. */
  say(what: 'begun-before' | 'waits' | 'encrypts'): void
  readonly waitMs?: number
}

/**
 * Encrypts everything with a new key, or goes on with what ended before it was done; resolves to how many rows were
 * written.
 */
export async function rotate(database: Database, how: Rotating): Promise<number> {
  const { key, beside, hashes, say, waitMs = WAIT_MS } = how
  const { prisma, encryption } = database
  const rows = rowsOf(prisma)
  const before = await keysOf({ rows }, key)
  if (!before) throw new Error('there are no keys')
  if ((await encryptedByKey(prisma)) < before.newest) say('begun-before')
  else {
    await database.transaction((tx) =>
      addKeys({ rows: rowsOf(tx) }, key, {
        hashes,
        waitMs: beside ? waitMs : 0,
      }),
    )
  }
  let keyring = await keysOf({ rows }, key)
  if (beside) say('waits')
  while (keyring && keyring.current < keyring.newest) {
    await pause(Math.min(waitMs, 1000))
    keyring = await keysOf({ rows }, key)
  }
  // Those that read the key just before it came into force do it once more before they encrypt with it.
  if (beside) await pause(waitMs / 4)
  encryption.keyring = keyring
  say('encrypts')
  return encryptRows(database)
}
