import { customAlphabet } from 'nanoid'
import { newId } from '../../core/ids.ts'
import type { Queries } from '../../infra/database/index.ts'
import { CODE_ALPHABET, CODE_LENGTH } from './rules.ts'

/** Whose link it is: one of the two. */
export type Referrer = { readonly staffId: string } | { readonly clientId: string }

export interface Link {
  readonly id: string
  readonly code: string
  readonly referrerName: string
  readonly referrerIsStaff: boolean
  /** The manager who hears of what comes of it: the client's own, or the staff member. */
  readonly staffId: string
  readonly staffRole: string
  readonly unitPath: string
  readonly clientId: string | null
}

/** A code nobody has: unguessable, 27^8 of them. */
export const newCode = customAlphabet(CODE_ALPHABET, CODE_LENGTH)

/** The code of this person's link; null before the first asking. */
export async function codeOf(tx: Queries, referrer: Referrer): Promise<string | null> {
  const link = await tx.referralLink.findFirst({ where: { ...referrer, revokedAt: null } })
  return link?.code ?? null
}

export async function insertLink(tx: Queries, code: string, referrer: Referrer, now: Date) {
  await tx.referralLink.create({ data: { id: newId(), code, ...referrer, createdAt: now } })
}

/** The link behind a code; null when there is none or it was revoked. */
export async function findLink(tx: Queries, code: string): Promise<Link | null> {
  const [link] = await tx.$queryRaw<Link[]>`
    select link.id, link.code, link.client_id as "clientId",
      coalesce(client.name, staff.name) as "referrerName", client.id is null as "referrerIsStaff",
      staff.id as "staffId", staff.role as "staffRole", unit.path as "unitPath"
    from referral_link as link
    left join client on client.id = link.client_id
    join staff on staff.id = coalesce(link.staff_id, client.owner_id)
    join unit on unit.id = staff.unit_id
    where link.code = ${code} and link.revoked_at is null`
  return link ?? null
}

/**
 * The manager for a newcomer who was recommended by somebody without a book of clients: of the
 * referrer's unit or the nearest unit above that has managers, the one with the fewest open tasks.
 */
export async function leastLoadedManager(tx: Queries, unitPath: string): Promise<string | null> {
  const [manager] = await tx.$queryRaw<{ id: string }[]>`
    with recursive above as (
      select path, parent_id, 0 as up from unit where path = ${unitPath}
      union all
      select unit.path, unit.parent_id, up + 1 from above join unit on unit.id = above.parent_id
    )
    select staff.id from above
    join unit on starts_with(unit.path, above.path)
    join staff on staff.unit_id = unit.id and staff.role = 'manager' and staff.active
    order by above.up,
      (select count(*) from task where manager_id = staff.id and status = 'open'), staff.code
    limit 1`
  return manager?.id ?? null
}

export interface NewEntry {
  readonly linkId: string
  readonly clientId: string
  readonly returning: boolean
  readonly need: string | null
  readonly consentVersion: number
}

/** Notes an entry; false when this client came by this link before. */
export async function insertEntry(tx: Queries, entry: NewEntry, now: Date): Promise<boolean> {
  const before = await tx.referralEntry.findFirst({
    where: { linkId: entry.linkId, clientId: entry.clientId },
  })
  if (before) return false
  await tx.referralEntry.create({ data: { id: newId(), ...entry, enteredAt: now } })
  return true
}
