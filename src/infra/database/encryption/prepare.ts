import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import {
  demandUpToDate,
  type InTransaction,
  type MigrationTransaction,
  migrate,
} from '../migrate.ts'
import { type DataKey, DataKeyFault } from './data-key.ts'
import type { Encryption } from './encryption.ts'
import { Keyring } from './keyring.ts'

type Tx = Pick<MigrationTransaction, 'rows'>

interface Row {
  readonly id: number
  /** `data` or `lookup`. */
  readonly purpose: string
  /** In Base64. */
  readonly wrapped: string
}

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

/** Null: there are none yet. Throws `DataKeyFault` where they are not under this key. */
export async function keysOf(tx: Tx, key: Buffer | null): Promise<Keyring | null> {
  const [found] = await tx.rows<{ there: boolean }>(
    `select to_regclass('public.data_key') is not null as there`,
  )
  return found?.there ? opened(tx, key) : null
}

/** Of several that are opened at once one makes the keys. */
async function makeKeys(tx: Tx, key: Buffer): Promise<Keyring | null> {
  for (const [id, purpose] of [
    [0, 'lookup'],
    [1, 'data'],
  ] as const) {
    await tx.rows(
      `insert into data_key (id, purpose, wrapped, made_at)
       values ($1, $2, decode($3, 'base64'), now()) on conflict do nothing`,
      [id, purpose, wrapped(randomBytes(32), key, id).toString('base64')],
    )
  }
  return opened(tx, key)
}

async function opened(tx: Tx, key: Buffer | null): Promise<Keyring | null> {
  const rows = await tx.rows<Row>(
    `select id, purpose, encode(wrapped, 'base64') as wrapped from data_key order by id`,
  )
  if (rows.length === 0) return null
  if (!key) {
    throw new DataKeyFault(
      '数据库是加密的，但没有找到密钥：请设置 DATA_KEY 或 DATA_KEY_FILE；内置数据库的密钥在数据目录旁边的 .key 文件里。',
      'The database is encrypted, and its key was not found: set DATA_KEY or DATA_KEY_FILE; that of an embedded database is the .key file beside its folder.',
    )
  }
  const keys = rows.map(({ id, purpose, wrapped }) => {
    return { id, purpose, key: unwrapped(Buffer.from(wrapped, 'base64'), key, id) }
  })
  const lookup = keys.find(({ purpose }) => purpose === 'lookup')
  if (!lookup) throw new Error('there is no key for lookups')
  const data = keys.filter(({ purpose }) => purpose === 'data')
  return new Keyring(new Map(data.map(({ id, key }) => [id, key])), lookup.key)
}

const NONCE = 12
const TAG = 16

/** Never the key itself, whatever else it may serve for. */
const wrappingOf = (key: Buffer): Buffer =>
  Buffer.from(hkdfSync('sha256', key, '', 'chenhui data keys', 32))

function wrapped(key: Buffer, wrapping: Buffer, id: number): Buffer {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', wrappingOf(wrapping), nonce)
  cipher.setAAD(Buffer.from(`data_key.wrapped ${id}`))
  return Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()])
}

function unwrapped(bytes: Buffer, wrapping: Buffer, id: number): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', wrappingOf(wrapping), bytes.subarray(0, NONCE))
    decipher.setAAD(Buffer.from(`data_key.wrapped ${id}`))
    decipher.setAuthTag(bytes.subarray(-TAG))
    return Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()])
  } catch {
    throw new DataKeyFault(
      'DATA_KEY 不是这个数据库的密钥，什么都没有写入；请换回原来的密钥。',
      'DATA_KEY is not the key of this database; nothing was written. Set it back to what it was.',
    )
  }
}
