import { keepSnapshot, snapshotsOf } from '../../../bot/commands/undo-snapshot.ts'
import type { Day } from '../../../core/calendar/time.ts'
import { encryptedRow } from '../../../infra/database/encryption/columns.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { TOGETHER } from '../../staff/store.ts'

/** Somebody who serves a client besides its owner. */
export interface Share {
  readonly staffId: string
  /** They get the client first when the owner leaves. */
  readonly backup: boolean
  /** Null: since before this was kept. */
  readonly since: Day | null
  /** The last day; null: until somebody ends it. */
  readonly until: Day | null
  /** What for; null: not said. */
  readonly reason: string | null
}

export const sharesOf = (tx: Queries, clientId: string): Promise<Share[]> =>
  tx.$queryRaw<Share[]>`
    select staff_id as "staffId", backup, since::text as since, until::text as until, reason
    from share where client_id = ${clientId}::uuid`

/** Whom a client is shared with from now on, and, for `undo`, was before. */
export async function changeShares(
  tx: Queries,
  clientId: string,
  { before, after }: { readonly before: readonly Share[]; readonly after: readonly Share[] },
  actId: string,
): Promise<void> {
  const kept = before.map((share) => encryptedRow('share', share))
  await keepSnapshot(tx, actId, 'shares', clientId, kept)
  await writeShares(tx, clientId, after)
}

/** Who left meanwhile, or went to another branch, gets nothing back. */
async function writeShares(tx: Queries, clientId: string, shares: readonly Share[]): Promise<void> {
  const rows = shares.map((share) => encryptedRow('share', share))
  await tx.$executeRaw`delete from share where client_id = ${clientId}::uuid`
  await tx.$executeRaw`
    insert into share (client_id, staff_id, backup, since, until, reason)
    select ${clientId}::uuid, other.id, backup, since, until, reason
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as kept ("staffId" uuid, backup bool, since date, until date, reason text)
    join staff as other on other.id = "staffId"
    join client on client.id = ${clientId}::uuid join staff as owner on owner.id = owner_id
    where ${TOGETHER}`
}

/** Takes back what an act changed of shares; resolves to those who no longer have one. */
export async function sharesBack(
  tx: Queries,
  actId: string,
): Promise<{ readonly staffId: string; readonly client: string }[]> {
  const ended: { staffId: string; client: string }[] = []
  for (const { clientId, before } of await snapshotsOf<Share[]>(tx, actId, 'shares')) {
    const { name } = await tx.client.findUniqueOrThrow({ where: { id: clientId } })
    const was = new Set(before.map(({ staffId }) => staffId))
    for (const { staffId } of await sharesOf(tx, clientId)) {
      if (!was.has(staffId)) ended.push({ staffId, client: name })
    }
    await writeShares(tx, clientId, before)
  }
  return ended
}

/** A client that two people serve, as one of them sees it. */
export interface MyShare extends Pick<Share, 'backup' | 'since' | 'until' | 'reason'> {
  readonly client: string
  /** It is theirs, and shared with the other; else the other's. */
  readonly own: boolean
  readonly with: string
  /** Loans of the client since it is shared, whoever saw to them, and whole yuan of them; null: since when is unknown. */
  readonly loans: number | null
  readonly amount: number
}

/** What somebody shares with others, and others with them; that which ends first comes first. */
export const mySharesOf = (tx: Queries, staffId: string): Promise<MyShare[]> =>
  tx.$queryRaw<MyShare[]>`
    select client.name as client, client.owner_id = ${staffId}::uuid as own, other.name as with, backup,
      since::text as since, until::text as until, reason,
      case when since is not null then loans.count end as loans, coalesce(loans.amount, 0)::float8 as amount
    from share join client on client.id = share.client_id
    join staff as other on other.id = case when client.owner_id = ${staffId}::uuid then share.staff_id else client.owner_id end
    cross join lateral (
      select count(*)::int as count, sum(coalesce(confirmed_amount, claimed_amount)) as amount
      from loan_granted where loan_granted.client_id = client.id and granted_on >= since
    ) as loans
    where share.staff_id = ${staffId}::uuid or client.owner_id = ${staffId}::uuid
    order by own desc, until nulls last, client.name, other.code`

/** Ends what was shared up to a day before today; resolves to who shared which client with whom. */
export const endOverdue = (
  tx: Queries,
  today: Day,
): Promise<{ ownerId: string; owner: string; staffId: string; staff: string; client: string }[]> =>
  tx.$queryRaw<
    { ownerId: string; owner: string; staffId: string; staff: string; client: string }[]
  >`
    delete from share using client, staff as owner, staff as other
    where share.until < ${today}::date and client.id = client_id and owner.id = owner_id
      and other.id = share.staff_id
    returning owner.id as "ownerId", owner.name as owner, other.id as "staffId", other.name as staff,
      client.name as client`
