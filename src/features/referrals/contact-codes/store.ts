import type { Queries } from '../../../infra/database/index.ts'

/** WeCom's channels, in which a person has the same id. */
const WECOM = `('wecom-app', 'wecom-bot')`

/** A link with the manager who serves whoever comes by it. */
const SERVED = `
  referral_link as link left join client on client.id = link.client_id
  join staff on staff.id = coalesce(link.staff_id, client.owner_id)
    and staff.role = 'manager' and staff.active`

/** Of a code, at `$1`: its link is in force, and leads to its manager, who has the account still. */
const SERVES = `exists (
  select from ${SERVED} join account on account.staff_id = staff.id
  where link.id = code.link_id and staff.id = code.staff_id and link.revoked_at is null
    and (link.expires_at is null or link.expires_at > $1::timestamptz)
    and account.channel in ${WECOM} and account.external_id = code.user_id)`

/** Asks for the codes of these links that are not there yet, where their manager has an account in WeCom. */
export const wantCodes = (tx: Queries, linkIds: readonly string[], now: Date): Promise<number> =>
  tx.$executeRawUnsafe(
    `insert into contact_code (link_id, staff_id, user_id, call_at)
     select distinct on (link.id) link.id, staff.id, account.external_id, $1::timestamptz
     from ${SERVED} join account on account.staff_id = staff.id and account.channel in ${WECOM}
     where link.id = any($2::uuid[])
     order by link.id, account.channel, account.last_seen_at desc
     on conflict (link_id, staff_id) do nothing`,
    now,
    linkIds,
  )

/** Whether a link's code is to be shown: `there`, `coming` or not at all. */
export async function stateOfCode(
  tx: Queries,
  linkId: string,
  now: Date,
): Promise<'there' | 'coming' | null> {
  const [code] = await tx.$queryRawUnsafe<{ there: boolean }[]>(
    `select picture is not null as there from contact_code as code
     where link_id = $2::uuid and ${SERVES}`,
    now,
    linkId,
  )
  return code ? (code.there ? 'there' : 'coming') : null
}

/** The picture of a link's code; null: there is none to be shown. */
export async function pictureOfCode(
  tx: Queries,
  linkId: string,
  now: Date,
): Promise<Uint8Array | null> {
  const [code] = await tx.$queryRawUnsafe<{ picture: Uint8Array }[]>(
    `select picture from contact_code as code
     where link_id = $2::uuid and picture is not null and ${SERVES}`,
    now,
    linkId,
  )
  return code?.picture ?? null
}

/** Those that are complete and lead to their manager are looked at again at `next`, all at once. */
export const restComplete = (tx: Queries, now: Date, next: Date): Promise<number> =>
  tx.$executeRawUnsafe(
    `update contact_code as code set call_at = $2::timestamptz
     where call_at <= $1::timestamptz and picture is not null and ${SERVES}`,
    now,
    next,
  )

/** A code about which WeCom is to be called. */
export interface DueCode {
  readonly linkId: string
  readonly staffId: string
  readonly userId: string
  readonly configId: string | null
  readonly address: string | null
  readonly failures: number
  /** The code of the link. */
  readonly state: string
  /** False: it is to end. */
  readonly serves: boolean
}

/** The next code to be made, fetched or ended; nobody else takes it before `until`. */
export async function takeDue(tx: Queries, now: Date, until: Date): Promise<DueCode | null> {
  const [due] = await tx.$queryRawUnsafe<DueCode[]>(
    `with due as (
       select code.link_id, code.staff_id, ${SERVES} as serves from contact_code as code
       where call_at <= $1::timestamptz order by call_at limit 1
       for update of code skip locked
     )
     update contact_code as code set call_at = $2::timestamptz
     from due join referral_link as link on link.id = due.link_id
     where code.link_id = due.link_id and code.staff_id = due.staff_id
     returning code.link_id as "linkId", code.staff_id as "staffId", user_id as "userId",
       config_id as "configId", address, failures, link.code as state, serves`,
    now,
    until,
  )
  return due ?? null
}

type Key = Pick<DueCode, 'linkId' | 'staffId'>

/** Keeps what WeCom said of a code, which is looked at again at `next`. */
export async function keepCode(
  tx: Queries,
  { linkId, staffId }: Key,
  kept: { configId: string; address: string } | { picture: Uint8Array },
  next: Date,
): Promise<void> {
  const data = 'picture' in kept ? { picture: Uint8Array.from(kept.picture) } : kept
  await tx.contactCode.update({
    where: { linkId_staffId: { linkId, staffId } },
    data: { ...data, failures: 0, callAt: next },
  })
}

/** WeCom is called about it again at a time. */
export async function callAgain(tx: Queries, { linkId, staffId }: Key, at: Date): Promise<void> {
  await tx.contactCode.update({
    where: { linkId_staffId: { linkId, staffId } },
    data: { failures: { increment: 1 }, callAt: at },
  })
}

export async function forgetCode(tx: Queries, { linkId, staffId }: Key): Promise<void> {
  await tx.contactCode.delete({ where: { linkId_staffId: { linkId, staffId } } })
}
