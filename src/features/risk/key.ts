import { createHmac, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { secret } from '../../infra/database/encryption/secret.ts'
import type { Database, Queries } from '../../infra/database/index.ts'

/** The key of the negative list is not the one that its entries were made with. */
export class KeyFault extends Error {
  override readonly name = 'KeyFault'
  constructor() {
    super(
      'NEGATIVE_LIST_KEY 与负面清单使用的密钥不一致，查不出名单上的人；请改回原来的值。 ' +
        'NEGATIVE_LIST_KEY is not the key that the negative list was made with, so nobody on it would be found; set it back.',
    )
  }
}

const SETTING = 'negative-list-key'
/**
 * What is kept: how to know the key again, the key itself where the environment gave none, and those of before, oldest
 * first. Nobody knows the numbers any more, so that hashes are hashed again with a new key; a number then goes through all
 * of them. Whoever has an old key only can do nothing with it.
 */
const kept = z.object({
  check: z.string(),
  key: z.string().optional(),
  before: z.array(z.string()).default([]),
})

const hmac = (key: string, text: string): string =>
  createHmac('sha256', key).update(text).digest('hex')

const through =
  (keys: readonly string[]) =>
  (text: string): string =>
    keys.reduce((said, key) => hmac(key, said), text)

/**
 * The keyed hash under which phone, ID number and credit code are looked up. The key comes from the
 * environment, so that the database alone does not give it away; where none is set, one is made and
 * kept in the database. Throws `KeyFault` when the list was made with another key.
 */
export async function openKeyedHash(
  { prisma }: Database,
  given: string | null,
): Promise<(text: string) => string> {
  const fresh = given ?? randomBytes(32).toString('hex')
  const value = { check: hmac(fresh, 'check'), ...(given === null && { key: fresh }) }
  await prisma.$executeRaw`
    insert into setting (key, value) values (${SETTING}, ${JSON.stringify(value)}::jsonb)
    on conflict do nothing`
  const row = await prisma.setting.findUniqueOrThrow({ where: { key: SETTING } })
  const there = kept.parse(row.value)
  const key = given ?? there.key ?? null
  if (key !== null && hmac(key, 'check') === there.check) return through([...there.before, key])
  if ((await prisma.negativeKey.count()) > 0) throw new KeyFault()
  await prisma.setting.update({ where: { key: SETTING }, data: { value } })
  return (text) => hmac(fresh, text)
}

/** Whether the list can be looked through with the key that is given, or kept; nothing is changed. */
export async function isListKey(tx: Queries, given: string | null): Promise<boolean> {
  const row = await tx.setting.findUnique({ where: { key: SETTING } })
  if (!row) return true
  const there = kept.parse(row.value)
  const key = given ?? there.key ?? null
  if (key !== null && hmac(key, 'check') === there.check) return true
  return (await tx.negativeKey.count()) === 0
}

/** Where such hashes stand, by column; of `import_row` many in one. */
const HASHES = [
  { table: 'negative_key', column: 'hash' },
  { table: 'erased_key', column: 'hash' },
  { table: 'erasure', column: 'phone_hash' },
] as const
const BATCH = 5000

/**
 * Hashes everything again with another key, which is the one from then on; resolves to how many hashes there were. Nobody
 * is found by a process that goes on with the key of before. Throws `KeyFault` where that is not the one given.
 */
export async function changeKey(
  database: Database,
  given: string | null,
  after: string,
): Promise<number> {
  await openKeyedHash(database, given)
  return database.transaction(async (tx) => {
    const row = await tx.setting.findUniqueOrThrow({ where: { key: SETTING } })
    const there = kept.parse(row.value)
    const old = given ?? there.key
    if (!old || hmac(old, 'check') !== there.check) throw new KeyFault()
    let count = 0
    for (const { table, column } of HASHES) count += await hashAgain(tx, table, column, after)
    // A book that is shown is looked through again before it is written, and then by what it says.
    const staged = await tx.$queryRaw<{ hash: string }[]>`
      select distinct unnest(hashes) as hash from import_row`
    for (let from = 0; from < staged.length; from += BATCH) {
      const pairs = staged
        .slice(from, from + BATCH)
        .map(({ hash }) => ({ hash, next: hmac(after, hash) }))
      await tx.$executeRaw`
        update import_row set hashes = array(
          select coalesce(next, each) from unnest(hashes) with ordinality as said (each, place)
          left join jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as pair (hash text, next text) on pair.hash = each
          order by place)
        where hashes && ${pairs.map(({ hash }) => hash)}::text[]`
    }
    const before = [...there.before, old].map((key) => secret('key', key))
    const value = { check: hmac(after, 'check'), before }
    await tx.$executeRaw`
      update setting set value = ${JSON.stringify(value)}::jsonb where key = ${SETTING}`
    return count
  })
}

async function hashAgain(tx: Queries, table: string, column: string, key: string): Promise<number> {
  const rows = await tx.$queryRawUnsafe<{ hash: string }[]>(
    `select distinct ${column} as hash from ${table} where ${column} is not null`,
  )
  for (let from = 0; from < rows.length; from += BATCH) {
    const pairs = rows
      .slice(from, from + BATCH)
      .map(({ hash }) => ({ was: hash, next: hmac(key, hash) }))
    await tx.$executeRawUnsafe(
      `update ${table} set ${column} = next
       from jsonb_to_recordset($1::jsonb) as pair (was text, next text) where ${column} = pair.was`,
      JSON.stringify(pairs),
    )
  }
  return rows.length
}
