import { createHmac, randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Database } from '../../infra/database/index.ts'

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
/** What is kept: how to know the key again, and the key itself where the environment gave none. */
const kept = z.object({ check: z.string(), key: z.string().optional() })

const hmac = (key: string, text: string): string =>
  createHmac('sha256', key).update(text).digest('hex')

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
  const before = kept.parse(row.value)
  const key = given ?? before.key ?? null
  if (key !== null && hmac(key, 'check') === before.check) return (text) => hmac(key, text)
  if ((await prisma.negativeKey.count()) > 0) throw new KeyFault()
  await prisma.setting.update({ where: { key: SETTING }, data: { value } })
  return (text) => hmac(fresh, text)
}
