import { createHash, randomBytes } from 'node:crypto'
import type { Actor } from '../../core/staff.ts'
import type { Queries } from '../../infra/database/index.ts'
import { LINK_MINUTES, SESSION_HOURS } from './rules.ts'

/** 256 bits, as they stand in an address or a cookie. */
export const newToken = (): string => randomBytes(32).toString('base64url')
export const TOKEN_SHAPE = /^[\w-]{43}$/

/** What only the forms carry that were made for whoever holds this token; it cannot be told from what is kept of it. */
export const stampOf = (token: string): string => hashOf(`stamp ${token}`)

/** What is kept of a token: whoever reads the database cannot use it. */
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

const after = (now: Date, minutes: number): Date => new Date(now.getTime() + minutes * 60_000)

/** Keeps a new link for somebody; those they asked for before are good no more. */
export async function keepLink(tx: Queries, token: string, staffId: string, now: Date) {
  await tx.pageLink.deleteMany({ where: { staffId } })
  const expiresAt = after(now, LINK_MINUTES)
  await tx.pageLink.create({ data: { hash: hashOf(token), staffId, expiresAt } })
}

/** On the pages nobody stands in for anybody. */
const READER = `select staff.id, staff.code, staff.name, staff.role, staff.unit_id as "unitId",
    unit.path as "unitPath", staff.language, '{}'::uuid[] as "standsInFor"
  from staff join unit on unit.id = staff.unit_id`

/** Whose a link is, while it is good; null for one that is used, old or unknown, or of a leaver. */
export async function holderOf(tx: Queries, token: string, now: Date): Promise<Actor | null> {
  const [who] = await tx.$queryRawUnsafe<Actor[]>(
    `${READER} join page_link as link on link.staff_id = staff.id
     where link.hash = $1 and used_at is null and expires_at > $2::timestamptz and staff.active`,
    hashOf(token),
    now,
  )
  return who ?? null
}

/** Uses a link up; resolves to the token of the new session, or null when the link is not good. */
export async function enter(tx: Queries, token: string, now: Date): Promise<string | null> {
  const who = await holderOf(tx, token, now)
  if (!who) return null
  const used = await tx.pageLink.updateMany({
    where: { hash: hashOf(token), usedAt: null },
    data: { usedAt: now },
  })
  if (used.count === 0) return null
  const session = newToken()
  const expiresAt = after(now, SESSION_HOURS * 60)
  await tx.pageSession.create({
    data: { hash: hashOf(session), staffId: who.id, startedAt: now, expiresAt },
  })
  await tx.pageSession.deleteMany({ where: { expiresAt: { lt: after(now, -24 * 60) } } })
  return session
}

/** Who looks at the pages in this browser; null when nobody does. A leaver is out at once. */
export async function readerOf(tx: Queries, session: string, now: Date): Promise<Actor | null> {
  const [who] = await tx.$queryRawUnsafe<Actor[]>(
    `${READER} join page_session as session on session.staff_id = staff.id
     where session.hash = $1 and ended_at is null and expires_at > $2::timestamptz
       and staff.active`,
    hashOf(session),
    now,
  )
  return who ?? null
}

export async function leave(tx: Queries, session: string, now: Date): Promise<void> {
  await tx.pageSession.updateMany({
    where: { hash: hashOf(session), endedAt: null },
    data: { endedAt: now },
  })
}
