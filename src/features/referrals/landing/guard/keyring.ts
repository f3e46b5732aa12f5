import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { addDays, type Day } from '../../../../core/calendar/time.ts'
import { toColumn } from '../../../../infra/database/columns.ts'
import type { Database } from '../../../../infra/database/index.ts'

/** Days that a secret is kept after its own; then its hashes and forms mean nothing any more. */
const KEPT_DAYS = 1

/**
 * A day's secret, made ready: a key that is taken out of bytes at every hash costs ten times the hash.
 */
export type Secret = KeyObject

/** The days' secrets, the same in every process of the bank. */
export interface Keyring {
  /** Makes today's where there is none. */
  today(today: Day): Promise<Secret>
  /** Of an earlier day; null once it is deleted. */
  of(date: Day, today: Day): Promise<Secret | null>
}

export function createKeyring({ prisma }: Database): Keyring {
  const known = new Map<Day, Secret>()

  async function make(today: Day): Promise<Secret> {
    const day = toColumn(today)
    await prisma.$executeRaw`
      insert into referral_key (day, secret) values (${today}::date, ${randomBytes(32)})
      on conflict do nothing`
    const secret = secretOf(await prisma.referralKey.findUniqueOrThrow({ where: { day } }))
    known.clear()
    known.set(today, secret)
    return secret
  }

  return {
    today: async (today) => known.get(today) ?? make(today),
    async of(date, today) {
      if (date > today || date < addDays(today, -KEPT_DAYS)) return null
      const before = known.get(date)
      if (before) return before
      const key = await prisma.referralKey.findUnique({ where: { day: toColumn(date) } })
      if (!key) return null
      const secret = secretOf(key)
      known.set(date, secret)
      return secret
    },
  }
}

const secretOf = ({ secret }: { readonly secret: Uint8Array }): Secret =>
  createSecretKey(Buffer.from(secret))

/** Deletes the secrets that are no longer needed; resolves to how many. */
export const forgetKeys = ({ prisma }: Database, today: Day): Promise<number> =>
  prisma.$executeRaw`delete from referral_key where day < ${addDays(today, -KEPT_DAYS)}::date`
