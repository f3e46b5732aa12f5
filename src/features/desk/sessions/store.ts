import { createHash, randomBytes } from 'node:crypto'
import type { Actor } from '../../../core/staff.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { IDLE_MINUTES, LINK_MINUTES, SESSION_HOURS } from '../rules.ts'

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
const WHO = `staff.id, staff.code, staff.name, staff.role, staff.unit_id as "unitId",
    unit.path as "unitPath", staff.language, '{}'::uuid[] as "standsInFor"`
const FROM = 'from staff join unit on unit.id = staff.unit_id'

/** Whose a link is, while it is good; null for one that is used, old or unknown, or of a leaver. */
export async function holderOf(tx: Queries, token: string, now: Date): Promise<Actor | null> {
  const [who] = await tx.$queryRawUnsafe<Actor[]>(
    `select ${WHO} ${FROM} join page_link as link on link.staff_id = staff.id
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
    data: { hash: hashOf(session), staffId: who.id, startedAt: now, seenAt: now, expiresAt },
  })
  return session
}

/** Somebody in whose browser the pages are, or will be once they typed a code of their authenticator app. */
export interface InBrowser extends Actor {
  readonly hasApp: boolean
  /** A code of it was right in this session. */
  readonly verified: boolean
}

/** A code of the second factor was right in this session. */
export async function verifySession(tx: Queries, session: string, now: Date): Promise<void> {
  await tx.pageSession.updateMany({ where: { hash: hashOf(session) }, data: { verifiedAt: now } })
}

/**
 * Who looks at the pages in this browser; null when nobody does, or nobody did for too long. A leaver is out at
 * once. `byItself`: the page refreshed itself, which is no look.
 */
export async function readerOf(
  tx: Queries,
  session: string,
  now: Date,
  { byItself = false } = {},
): Promise<InBrowser | null> {
  const [found] = await tx.$queryRawUnsafe<(InBrowser & { readonly seenAt: Date })[]>(
    `select ${WHO}, session.seen_at as "seenAt", verified_at is not null as verified,
       confirmed_at is not null as "hasApp"
     ${FROM} join page_session as session on session.staff_id = staff.id
     left join second_factor on second_factor.staff_id = staff.id
     where session.hash = $1 and ended_at is null and expires_at > $2::timestamptz
       and seen_at > $3::timestamptz and staff.active`,
    hashOf(session),
    now,
    after(now, -IDLE_MINUTES),
  )
  if (!found) return null
  const { seenAt, ...who } = found
  // To the minute: a page and its pictures are one look.
  if (!byItself && seenAt < after(now, -1)) {
    await tx.pageSession.updateMany({ where: { hash: hashOf(session) }, data: { seenAt: now } })
  }
  return who
}

/** A browser in which somebody looks at the pages. */
export interface OpenSession {
  readonly code: string
  readonly name: string
  readonly startedAt: Date
  readonly seenAt: Date
}

/** The sessions that are open, of one person or (null) of everybody, the latest first. */
export const openSessions = (
  tx: Queries,
  staffId: string | null,
  now: Date,
): Promise<OpenSession[]> =>
  tx.$queryRaw<OpenSession[]>`
    select code, name, started_at as "startedAt", seen_at as "seenAt"
    from page_session join staff on staff.id = staff_id
    where ended_at is null and expires_at > ${now}::timestamptz and active
      and seen_at > ${after(now, -IDLE_MINUTES)}::timestamptz
      and (${staffId}::uuid is null or staff_id = ${staffId}::uuid)
    order by started_at desc`

/** Logs somebody out everywhere, and voids a link that was not opened yet; resolves to how many sessions ended. */
export async function endSessions(
  tx: Queries,
  staffIds: readonly string[],
  now: Date,
): Promise<number> {
  const staffId = { in: [...staffIds] }
  await tx.pageLink.deleteMany({ where: { staffId, usedAt: null } })
  const { count } = await tx.pageSession.updateMany({
    where: { staffId, endedAt: null, expiresAt: { gt: now } },
    data: { endedAt: now },
  })
  return count
}

export async function leave(tx: Queries, session: string, now: Date): Promise<void> {
  await tx.pageSession.updateMany({
    where: { hash: hashOf(session), endedAt: null },
    data: { endedAt: now },
  })
}
