import { dayIn } from '../../../core/calendar/time.ts'
import { newId } from '../../../core/ids.ts'
import { secret } from '../../../infra/database/encryption/secret.ts'
import type { Queries } from '../../../infra/database/index.ts'
import type { Erasure } from './rules.ts'

/** Somebody who may confirm. */
export interface Confirmer {
  readonly id: string
  readonly name: string
}

/**
 * Who confirms what this owner asks for: the leads or heads of their unit, or of the nearest unit
 * above that has one. Of a lead's or head's own clients it is whoever is above them, not a peer.
 */
export const confirmersOf = (tx: Queries, ownerId: string): Promise<Confirmer[]> =>
  tx.$queryRaw<Confirmer[]>`
    select id, name from (
      select boss.id, boss.name, boss.code, rank() over (order by length(above.path) desc) as nearness
      from staff join unit on unit.id = staff.unit_id
      join unit as above on starts_with(unit.path, above.path)
      join staff as boss on boss.unit_id = above.id and boss.active and boss.id <> staff.id
        and boss.role in ('lead', 'head')
      where staff.id = ${ownerId}::uuid and (staff.role not in ('lead', 'head')
        or above.path <> unit.path or (staff.role = 'lead' and boss.role = 'head'))
    ) as ranked where nearness = 1 order by code`

/** What speaks against deleting a file: a complaint not settled, or a referral under review. */
export async function keptFor(
  tx: Queries,
  clientId: string,
): Promise<{ readonly complaint: boolean; readonly review: boolean }> {
  const [kept] = await tx.$queryRaw<[{ complaint: boolean; review: boolean }]>`
    select
      exists (select from complaint where client_id = client.id and status = 'open') as complaint,
      exists (select from referral_entry as entry join referral_link as link on link.id = link_id
        where entry.status in ('new', 'held') and (entry.client_id = client.id
          or secret_key(entry.phone) = secret_key(client.phone) or link.client_id = client.id)) as review
    from client where id = ${clientId}::uuid`
  return kept ?? { complaint: false, review: false }
}

type Row = Omit<Erasure, 'askedOn'> & { readonly askedAt: Date }

const SELECT = `
  select erasure.id, client.id as "clientId", client.name as "clientName", client.phone,
    asked_by as "askedBy", asker.name as "askedByName", asked_at as "askedAt", ground,
    expires_at as "expiresAt", client.owner_id as "ownerId"
  from erasure join client on client.id = erasure.client_id join staff as asker on asker.id = asked_by
  where erasure.status = 'asked'`

const toErasure = ({ askedAt, ...row }: Row, timezone: string): Erasure => ({
  ...row,
  askedOn: dayIn(askedAt, timezone),
})

/** The request about a client that waits; null: there is none. */
export async function askedFor(
  tx: Queries,
  clientId: string,
  timezone: string,
): Promise<Erasure | null> {
  const [row] = await tx.$queryRawUnsafe<Row[]>(`${SELECT} and client.id = $1::uuid`, clientId)
  return row ? toErasure(row, timezone) : null
}

/** A request that waits, locked with its client, so that nothing is hung on the file meanwhile. */
export async function lockErasure(
  tx: Queries,
  id: string,
  timezone: string,
): Promise<Erasure | null> {
  await tx.$queryRaw`
    select client.id from erasure join client on client.id = client_id
    where erasure.id = ${id}::uuid for update`
  const [row] = await tx.$queryRawUnsafe<Row[]>(`${SELECT} and erasure.id = $1::uuid`, id)
  return row ? toErasure(row, timezone) : null
}

/** Puts a request on file, in place of one that nobody can confirm any more. */
export async function insertErasure(
  tx: Queries,
  asked: { readonly clientId: string; readonly askedBy: string; readonly ground: string },
  { now, expiresAt }: { readonly now: Date; readonly expiresAt: Date },
): Promise<string> {
  const id = newId()
  await tx.$executeRaw`
    update erasure set status = case when expires_at <= ${now}::timestamptz then 'lapsed'
      else 'superseded' end, decided_at = ${now}::timestamptz
    where client_id = ${asked.clientId}::uuid and status = 'asked'`
  await tx.$executeRaw`
    insert into erasure (id, client_id, asked_by, ground, asked_at, expires_at)
    values (${id}::uuid, ${asked.clientId}::uuid, ${asked.askedBy}::uuid, ${secret('note', asked.ground)},
      ${now}::timestamptz, ${expiresAt}::timestamptz)`
  return id
}

/** What became of a request; `phoneHash` stands for whom it was about once the file is gone. */
export async function closeErasure(
  tx: Queries,
  id: string,
  status: 'confirmed' | 'blocked' | 'declined' | 'superseded',
  by: { readonly staffId: string; readonly now: Date; readonly phoneHash?: string | null },
): Promise<void> {
  await tx.$executeRaw`
    update erasure set status = ${status}, decided_by = ${by.staffId}::uuid,
      decided_at = ${by.now}::timestamptz, phone_hash = ${by.phoneHash ?? null}
    where id = ${id}::uuid`
}

/** Ends the requests that nobody confirmed in time, and says which they were. */
export async function lapse(tx: Queries, now: Date, timezone: string): Promise<Erasure[]> {
  const rows = await tx.$queryRawUnsafe<Row[]>(
    `${SELECT} and expires_at <= $1::timestamptz order by erasure.id`,
    now,
  )
  await tx.$executeRaw`
    update erasure set status = 'lapsed', decided_at = ${now}::timestamptz
    where status = 'asked' and expires_at <= ${now}::timestamptz`
  return rows.map((row) => toErasure(row, timezone))
}
