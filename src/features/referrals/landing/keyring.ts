import { randomBytes } from 'node:crypto'
import { addDays, type Day } from '../../../core/time.ts'
import { toColumn } from '../../../infra/database/columns.ts'
import type { Database } from '../../../infra/database/index.ts'

/** Days that a secret is kept after its own; then its hashes and forms mean nothing any more. */
const KEPT_DAYS = 1

/** The days' secrets, the same in every process of the bank. */
export interface Keyring {
  /** Makes today's where there is none. */
  today(today: Day): Promise<Uint8Array>
  /** Of an earlier day; null once it is deleted. */
  of(date: Day, today: Day): Promise<Uint8Array | null>
}

export function createKeyring({ prisma }: Database): Keyring {
  const known = new Map<Day, Uint8Array>()

  async function make(today: Day): Promise<Uint8Array> {
    const day = toColumn(today)
    await prisma.$executeRaw`
      insert into referral_key (day, secret) values (${today}::date, ${randomBytes(32)})
      on conflict do nothing`
    const { secret } = await prisma.referralKey.findUniqueOrThrow({ where: { day } })
    known.clear()
    known.set(today, secret)
    return secret
  }

  return {
    today: async (today) => known.get(today) ?? make(today),
    async of(date, today) {
      if (date > today || date < addDays(today, -KEPT_DAYS)) return null
      const secret =
        known.get(date) ??
        (await prisma.referralKey.findUnique({ where: { day: toColumn(date) } }))?.secret
      if (secret) known.set(date, secret)
      return secret ?? null
    },
  }
}

/** Deletes the secrets that are no longer needed; resolves to how many. */
export const forgetKeys = ({ prisma }: Database, today: Day): Promise<number> =>
  prisma.$executeRaw`delete from referral_key where day < ${addDays(today, -KEPT_DAYS)}::date`
