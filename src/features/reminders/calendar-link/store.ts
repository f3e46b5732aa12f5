import { createHash, randomBytes } from 'node:crypto'
import type { Language } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'

/** A link is good for so many days. */
export const LINK_DAYS = 90

/** 256 bits, as they stand in the address. */
export const newToken = (): string => randomBytes(32).toString('base64url')
export const TOKEN_SHAPE = /^[\w-]{43}$/

/** What is kept of a token: whoever reads the database cannot use it. */
const hashOf = (token: string): string =>
  createHash('sha256').update(`calendar ${token}`).digest('hex')

/** Keeps somebody's link; the one before is good no more. */
export async function keepLink(tx: Queries, token: string, staffId: string, now: Date) {
  const kept = {
    hash: hashOf(token),
    madeAt: now,
    expiresAt: new Date(now.getTime() + LINK_DAYS * 86_400_000),
  }
  await tx.calendarLink.upsert({
    where: { staffId },
    create: { staffId, ...kept },
    update: kept,
  })
}

export const hasLink = async (tx: Queries, staffId: string): Promise<boolean> =>
  (await tx.calendarLink.count({ where: { staffId } })) > 0

export async function endLink(tx: Queries, staffId: string): Promise<void> {
  await tx.calendarLink.deleteMany({ where: { staffId } })
}

/** Whose calendar a link shows, while it is good and they work here; null otherwise. */
export async function holderOf(
  tx: Queries,
  token: string,
  now: Date,
): Promise<{ readonly staffId: string; readonly language: Language } | null> {
  const [holder] = await tx.$queryRaw<{ staffId: string; language: Language }[]>`
    select staff.id::text as "staffId", staff.language from calendar_link
    join staff on staff.id = staff_id
    where hash = ${hashOf(token)} and expires_at > ${now}::timestamptz and staff.active`
  return holder ?? null
}

export const forgetLinks = (tx: Queries, now: Date) =>
  tx.$executeRaw`
    delete from calendar_link using staff
    where staff.id = staff_id and (expires_at <= ${now}::timestamptz or not staff.active)`
