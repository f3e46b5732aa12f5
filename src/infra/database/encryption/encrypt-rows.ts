import { z } from 'zod'
import type { Database } from '../index.ts'
import { quoted } from '../quoted.ts'
import { ENCRYPTED } from './columns.ts'
import { COPIES, copiesIn, dropFeedRows, stagedRows } from './encrypt-copies.ts'
import { asJson, BATCH, type Batch, inBatches } from './in-batches.ts'
import { secret, secretFile } from './secret.ts'

// What an older version wrote in clear, and what an older key encrypted, is written anew with the newest key, some
// rows at a time, each batch a transaction: it may end at any time, and goes on with what is left.

/** Under which it is kept by which key all is encrypted, of which columns, and until when copies were looked at. */
const SETTING = 'encrypted'
const checkpoint = z.object({ of: z.string(), until: z.uuid() })
/** A process of an older version may write beside a start of this one for so long. */
const OVERLAP_MS = 24 * 3_600_000

/** Tables whose rows are not named by an `id`: a column by which they are gone through, and all that names a row. */
const KEYS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  second_factor: ['staff_id'],
  share: ['client_id', 'staff_id'],
  department_share: ['client_id', 'unit_id'],
}
/** Where numbers begin: what they are copied to follows by trigger. */
const TABLES = [
  'client_phone',
  ...Object.keys(ENCRYPTED).filter((table) => table !== 'client_phone'),
]
const FIRST = '00000000-0000-0000-0000-000000000000'

type Open = Pick<Database, 'prisma' | 'transaction' | 'encryption'>

/**
 * Encrypts whatever is not by the newest key; once all is, only what an older version wrote since in clear, which
 * partial indexes and the order of ids find at once. Resolves to how many rows were written.
 */
export async function encryptRows(database: Open, now = Date.now()): Promise<number> {
  const { keyring } = database.encryption
  if (!keyring) return 0
  const { current } = keyring
  const of = `${current} ${JSON.stringify([ENCRYPTED, COPIES])}`
  const setting = await database.prisma.setting.findUnique({ where: { key: SETTING } })
  const before = checkpoint.safeParse(setting?.value).data
  const since = before?.of === of ? before.until : null
  let rows = since ? 0 : await dropFeedRows(database.prisma)
  for (const table of TABLES) {
    rows += await inBatches(database, columnsOf(table, since ? null : current), FIRST)
  }
  for (const table of Object.keys(COPIES)) {
    rows += await inBatches(database, copiesIn(table, current), since ?? FIRST)
  }
  rows += await inBatches(database, filesAfter(since ? null : current), FIRST, FILES)
  const imports = await database.prisma.import.findMany({
    ...{ where: { id: { gt: since ?? FIRST } }, select: { id: true } },
  })
  for (const { id } of imports) rows += await inBatches(database, stagedRows(id, current), '0')
  const value = { of, until: idAt(now - OVERLAP_MS) }
  await database.prisma.setting.upsert({
    where: { key: SETTING },
    create: { key: SETTING, value },
    update: { value },
  })
  return rows
}

/** By which key everything is encrypted; 0: by none, or that is not known. */
export async function encryptedByKey(prisma: Database['prisma']): Promise<number> {
  const setting = await prisma.setting.findUnique({ where: { key: SETTING } })
  return Number.parseInt(checkpoint.safeParse(setting?.value).data?.of ?? '0', 10)
}

/** A database that was opened, with all in it encrypted; closed again where that cannot be. */
export async function encrypted(database: Database): Promise<Database> {
  try {
    await encryptRows(database)
    return database
  } catch (error) {
    await database.close()
    throw error
  }
}

/** No id that was made later is smaller (RFC 9562, version 7: it begins with the time). */
const idAt = (ms: number): string =>
  ms
    .toString(16)
    .padStart(12, '0')
    .replace(/^(.{8})(.{4})$/, '$1-$2-7000-8000-000000000000')

/** Files in a batch: one has up to 20 MB. */
const FILES = 8

/** Of `upload`, as `columnsOf` has it for columns. */
function filesAfter(key: number | null): Batch {
  const older = key === null ? '' : ` or file_encrypted_by(bytes) <> ${quoted(`${key}`)}`
  return async (tx, after) => {
    const files = await tx.$queryRawUnsafe<{ id: string; base64: string }[]>(
      `select id, file_base64(bytes) as base64 from upload
       where id > $1::uuid and (bytes <> '' and file_encrypted_by(bytes) is null${older})
       order by id limit ${FILES} for update`,
      after,
    )
    for (const { id, base64 } of files) {
      await tx.$executeRaw`
        update upload set bytes = decode(${secretFile(Buffer.from(base64, 'base64'))}, 'base64')
        where id = ${id}::uuid`
    }
    return { rows: files.length, last: files.at(-1)?.id ?? after }
  }
}

/** `key`: what all is to be encrypted by; null: whatever is encrypted at all may stay. */
function columnsOf(table: string, key: number | null): Batch {
  const keys = KEYS[table] ?? (['id'] as const)
  const [by] = keys
  const kinds = Object.entries(ENCRYPTED[table] ?? {})
  const names = kinds.map(([name]) => name)
  // As the predicates of the indexes have it.
  const clear = names.map((name) => `${name} <> '' and encrypted_by(${name}) is null`)
  const older = names.map((name) => `encrypted_by(${name}) <> ${quoted(`${key}`)}`)
  const wanted = [...clear, ...(key === null ? [] : older)].join(' or ')
  return async (tx, after) => {
    // With ties, so that no batch ends between two rows of one key.
    const rows = await tx.$queryRawUnsafe<{ row: Record<string, string | null> }[]>(
      `select ${asJson([...keys, ...names])} as row from ${table}
       where ${by} > $1::uuid and (${wanted}) order by ${by}
       fetch first ${BATCH} rows with ties for update`,
      after,
    )
    const written = rows.map(({ row }) => ({
      ...row,
      ...Object.fromEntries(kinds.map(([name, kind]) => [name, secret(kind, row[name] ?? null)])),
    }))
    await tx.$executeRawUnsafe(
      `update ${table} set ${names.map((name) => `${name} = given.${name}`).join(', ')}
       from jsonb_to_recordset($1::jsonb) as given (
         ${[...keys.map((key) => `${key} uuid`), ...names.map((name) => `${name} text`)].join(', ')})
       where ${keys.map((key) => `${table}.${key} = given.${key}`).join(' and ')}`,
      JSON.stringify(written),
    )
    return { rows: rows.length, last: rows.at(-1)?.row[by] ?? after }
  }
}
