import { randomBytes } from 'node:crypto'
import { customAlphabet } from 'nanoid'
import type { Day } from '../../core/calendar/time.ts'
import { newId } from '../../core/ids.ts'
import type { Queries } from '../../infra/database/index.ts'
import { CODE_ALPHABET, CODE_LENGTH, offends } from './rules.ts'

/** Whose link it is: one of the two. */
export type Referrer = { readonly staffId: string } | { readonly clientId: string }

/** What a link is for: a campaign, a product, or in general. */
export interface Purpose {
  readonly campaignId: string | null
  readonly product: string | null
  /** What the page says is offered; null: in general. */
  readonly offer: string | null
  readonly expiresAt: Date | null
}

export const IN_GENERAL: Purpose = {
  campaignId: null,
  product: null,
  offer: null,
  expiresAt: null,
}

/** A link, and what the page and its visitors' way into the bank need to know of the referrer. */
export interface Link {
  readonly id: string
  readonly code: string
  readonly offer: string | null
  readonly referrerName: string
  readonly referrerIsStaff: boolean
  readonly referrerPhone: string | null
  /** The member of staff who hears of what comes of it: the client's own manager, or the referrer. */
  readonly staffId: string
  readonly staffName: string
  readonly staffRole: string
  readonly staffActive: boolean
  readonly unitPath: string
  readonly clientId: string | null
}

const draw = customAlphabet(CODE_ALPHABET, CODE_LENGTH)

/** A code nobody has: unguessable, one of 27^8. */
export function newCode(): string {
  const code = draw()
  return offends(code) ? newCode() : code
}

/** By which a client alone sees what became of their recommendations. */
export const newOwnCode = (): string => randomBytes(18).toString('base64url')

export interface KnownLink {
  readonly id: string
  readonly code: string
  readonly ownCode: string | null
  readonly expiresAt: Date | null
}

/** This referrer's link for a purpose that is not revoked; null before the first asking. */
export async function linkOf(
  tx: Queries,
  referrer: Referrer,
  { campaignId, product }: Pick<Purpose, 'campaignId' | 'product'>,
): Promise<KnownLink | null> {
  return tx.referralLink.findFirst({
    where: { ...referrer, campaignId, product, revokedAt: null },
    select: { id: true, code: true, ownCode: true, expiresAt: true },
  })
}

export async function insertLink(
  tx: Queries,
  code: string,
  referrer: Referrer,
  purpose: Purpose & { readonly ownCode: string | null },
  now: Date,
): Promise<void> {
  await tx.referralLink.create({
    data: { id: newId(), code, ...referrer, ...purpose, createdAt: now },
  })
}

/** A link that is neither revoked nor expired, with how it is shown. */
export interface LinkInForce {
  readonly id: string
  readonly code: string
  readonly offer: string | null
  readonly staffId: string | null
  readonly clientId: string | null
  readonly name: string
  readonly isStaff: boolean
  readonly serves: boolean
}

export async function linkInForce(tx: Queries, code: string): Promise<LinkInForce | null> {
  const [link] = await tx.$queryRaw<LinkInForce[]>`
    select link.id, link.code, link.offer, link.staff_id as "staffId",
      link.client_id as "clientId", coalesce(client.name, staff.name) as name,
      client.id is null as "isStaff", staff.role = 'manager' and staff.active as serves
    from referral_link as link
    left join client on client.id = link.client_id
    left join staff on staff.id = link.staff_id
    where link.code = ${code} and link.revoked_at is null
      and num_nonnulls(client.id, staff.id) > 0`
  return link ?? null
}

/** This person's own links that are not revoked, the general one first. */
export async function codesOf(
  tx: Queries,
  staffId: string,
): Promise<{ readonly code: string; readonly offer: string | null }[]> {
  return tx.referralLink.findMany({
    where: { staffId, revokedAt: null },
    select: { code: true, offer: true },
    orderBy: [{ offer: { sort: 'asc', nulls: 'first' } }, { id: 'asc' }],
  })
}

/** Sets when a link ends (null: it does not), and by which its client sees what became of it. */
export async function prolongLink(
  tx: Queries,
  id: string,
  data: { readonly expiresAt: Date | null; readonly ownCode: string | null },
): Promise<void> {
  await tx.referralLink.update({ where: { id }, data })
}

/** The client whose own page it is; null: nobody's, or of one who was erased. */
export async function ownLink(
  tx: Queries,
  ownCode: string,
): Promise<{ readonly clientId: string; readonly revoked: boolean } | null> {
  const link = await tx.referralLink.findUnique({
    where: { ownCode },
    select: { clientId: true, revokedAt: true },
  })
  return link?.clientId ? { clientId: link.clientId, revoked: link.revokedAt !== null } : null
}

/** Ends links for good; what came by them stays. */
export async function revokeLinks(tx: Queries, ids: readonly string[], now: Date): Promise<void> {
  await tx.referralLink.updateMany({
    where: { id: { in: [...ids] }, revokedAt: null },
    data: { revokedAt: now },
  })
}

const LINK = `
  link.id, link.code, link.offer, link.client_id as "clientId",
  coalesce(client.name, staff.name) as "referrerName", client.id is null as "referrerIsStaff",
  coalesce(client.phone, staff.phone) as "referrerPhone", staff.id as "staffId",
  staff.name as "staffName", staff.role as "staffRole", staff.active as "staffActive",
  unit.path as "unitPath"`
const REFERRER = `
  left join client on client.id = link.client_id
  join staff on staff.id = coalesce(link.staff_id, client.owner_id)
  join unit on unit.id = staff.unit_id`

/** Somebody at a page, or a machine: those do not count. */
export interface Opening {
  readonly code: string
  /** Hexadecimal. */
  readonly visitor: string
  readonly via: string
  readonly agent: string
  readonly counts: boolean
}

export type LinkState = 'live' | 'revoked' | 'expired' | 'unknown'

/**
 * In what state many openings find their links, in their order, after the clicks among them that
 * count were written: one statement, so that an answer is given only for what is safe.
 */
export async function openLinks(
  tx: Queries,
  openings: readonly Opening[],
  now: Date,
): Promise<LinkState[]> {
  const rows = await tx.$queryRawUnsafe<{ place: number; state: LinkState }[]>(
    `with asked as (
       select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::boolean[])
         with ordinality as asked (code, visitor, via, agent, counts, place)
     ), found as materialized (
       select place::int, visitor, via, agent, counts, link.id,
         case when link.id is null or num_nonnulls(link.staff_id, link.client_id) = 0 then 'unknown'
           when link.revoked_at is not null then 'revoked'
           when link.expires_at <= $6::timestamptz then 'expired' else 'live' end as state
       from asked left join referral_link as link on link.code = asked.code
     ), clicked as (
       insert into referral_click (link_id, visitor, via, agent, clicked_at)
       select id, decode(visitor, 'hex'), via, agent, $6::timestamptz from found
       where counts and state = 'live'
     )
     select place, state from found where state <> 'live'`,
    openings.map(({ code }) => code),
    openings.map(({ visitor }) => visitor),
    openings.map(({ via }) => via),
    openings.map(({ agent }) => agent),
    openings.map(({ counts }) => counts),
    now,
  )
  const states = openings.map((): LinkState => 'live')
  for (const { place, state } of rows) states[place - 1] = state
  return states
}

/** Links by code, whatever their state. */
export async function linksByCode(
  tx: Queries,
  codes: readonly string[],
): Promise<Map<string, Link>> {
  const rows = await tx.$queryRawUnsafe<Link[]>(
    `select ${LINK} from referral_link as link ${REFERRER} where link.code = any($1::text[])`,
    codes,
  )
  return new Map(rows.map((link) => [link.code, link]))
}

/** Links by id, whatever their state. */
export async function linksById(tx: Queries, ids: readonly string[]): Promise<Map<string, Link>> {
  const rows = await tx.$queryRawUnsafe<Link[]>(
    `select ${LINK} from referral_link as link ${REFERRER} where link.id = any($1::uuid[])`,
    ids,
  )
  return new Map(rows.map((link) => [link.id, link]))
}

/**
 * The manager for a newcomer who was recommended by somebody without a book of clients: who is here today and hears
 * of it in a chat goes before who is not; of those, whoever is nearest to the referrer's unit, with the fewest
 * open tasks.
 */
export async function managerForNewcomer(
  tx: Queries,
  unitPath: string,
  today: Day,
): Promise<string | null> {
  const [manager] = await tx.$queryRaw<{ id: string }[]>`
    with recursive above as (
      select path, parent_id, 0 as up from unit where path = ${unitPath}
      union all
      select unit.path, unit.parent_id, up + 1 from above join unit on unit.id = above.parent_id
    )
    select staff.id from above
    join unit on starts_with(unit.path, above.path)
    join staff on staff.unit_id = unit.id and staff.role = 'manager' and staff.active
    order by exists (select from account where account.staff_id = staff.id and reachable is not false) desc,
      exists (select from absence where absence.staff_id = staff.id and cancelled_at is null
        and ${today}::date between from_day and until_day),
      above.up,
      (select count(*) from task where manager_id = staff.id and status = 'open'), staff.code
    limit 1`
  return manager?.id ?? null
}

/** Who reviews what came by a link: the leads of the nearest unit above that has one, else heads. */
export async function reviewersFor(tx: Queries, unitPath: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string; path: string; role: string }[]>`
    select staff.id, unit.path, staff.role from unit join staff on staff.unit_id = unit.id
    where starts_with(${unitPath}, unit.path) and staff.role in ('lead', 'head') and staff.active
    order by length(unit.path) desc, staff.role = 'lead' desc, staff.code`
  const [nearest] = rows
  return rows
    .filter(({ path, role }) => path === nearest?.path && role === nearest.role)
    .map(({ id }) => id)
}
