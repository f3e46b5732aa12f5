import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { MigrationTransaction } from '../migrate.ts'
import { DataKeyFault } from './data-key.ts'
import { Keyring } from './keyring.ts'

// The bank's keys as they stand in the database, wrapped in DATA_KEY.

type Tx = Pick<MigrationTransaction, 'rows'>

interface Row {
  readonly id: number
  /** `data` or `lookup`. */
  readonly purpose: string
  /** In Base64. */
  readonly wrapped: string
  readonly inForce: boolean
}

/** Null: there are none yet. Throws `DataKeyFault` where they are not under this key. */
export async function keysOf(tx: Tx, key: Buffer | null): Promise<Keyring | null> {
  const [found] = await tx.rows<{ there: boolean }>(
    `select to_regclass('public.data_key') is not null as there`,
  )
  return found?.there ? opened(tx, key) : null
}

/** Of several that are opened at once one makes the keys. */
export async function makeKeys(tx: Tx, key: Buffer): Promise<Keyring | null> {
  for (const [id, purpose] of [
    [0, 'lookup'],
    [1, 'data'],
  ] as const) {
    await addKey(tx, key, { id, purpose, waitMs: 0 })
  }
  return opened(tx, key)
}

interface NewKey {
  readonly id: number
  readonly purpose: 'data' | 'lookup'
  /** How long it only decrypts. */
  readonly waitMs: number
}

const addKey = (tx: Tx, key: Buffer, { id, purpose, waitMs }: NewKey) =>
  tx.rows(
    `insert into data_key (id, purpose, wrapped, made_at, in_force_from)
     values ($1, $2, decode($3, 'base64'), now(),
       date_trunc('milliseconds', now()) + make_interval(secs => $4::float8 / 1000))
     on conflict do nothing`,
    [id, purpose, wrapped(randomBytes(32), key, id).toString('base64'), waitMs],
  )

/** Adds a key that encrypts from a moment on; with `hashes` another for keyed hashes, too, which holds at once. */
export async function addKeys(
  tx: Tx,
  key: Buffer,
  { waitMs, hashes }: { readonly waitMs: number; readonly hashes: boolean },
): Promise<void> {
  const [last] = await tx.rows<{ id: number }>(`select max(id)::int as id from data_key`)
  const id = (last?.id ?? 0) + 1
  await addKey(tx, key, { id, purpose: 'data', waitMs })
  if (hashes) await addKey(tx, key, { id: id + 1, purpose: 'lookup', waitMs: 0 })
}

/** Wraps every key anew; throws `DataKeyFault` where one is not under the key of before. */
export async function wrapAnew(tx: Tx, before: Buffer, key: Buffer): Promise<void> {
  for (const row of await rowsOf(tx)) {
    const bare = unwrapped(Buffer.from(row.wrapped, 'base64'), before, row.id)
    await tx.rows(`update data_key set wrapped = decode($2, 'base64') where id = $1`, [
      row.id,
      wrapped(bare, key, row.id).toString('base64'),
    ])
  }
}

/** Of a database of before `in_force_from`, too, whose keys are opened before it is brought up to date. */
const rowsOf = (tx: Tx): Promise<Row[]> =>
  tx.rows<Row>(
    `select id, purpose, encode(wrapped, 'base64') as wrapped,
       coalesce((to_jsonb(data_key) ->> 'in_force_from')::timestamptz <= now(), true) as "inForce"
     from data_key order by id`,
  )

async function opened(tx: Tx, key: Buffer | null): Promise<Keyring | null> {
  const rows = await rowsOf(tx)
  if (rows.length === 0) return null
  if (!key) {
    throw new DataKeyFault(
      '数据库是加密的，但没有找到密钥：请设置 DATA_KEY 或 DATA_KEY_FILE；内置数据库的密钥在数据目录旁边的 .key 文件里。',
      'The database is encrypted, and its key was not found: set DATA_KEY or DATA_KEY_FILE; that of an embedded database is the .key file beside its folder.',
    )
  }
  const keys = rows.map(({ wrapped, ...row }) => {
    return { ...row, key: unwrapped(Buffer.from(wrapped, 'base64'), key, row.id) }
  })
  const lookup = keys.findLast(({ purpose }) => purpose === 'lookup')
  const data = keys.filter(({ purpose }) => purpose === 'data')
  const current = data.findLast(({ inForce }) => inForce)
  if (!lookup || !current) throw new Error('there is no key for lookups, or none in force')
  return new Keyring(new Map(data.map(({ id, key }) => [id, key])), lookup.key, current.id)
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
