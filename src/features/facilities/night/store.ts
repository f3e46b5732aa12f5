import type { Day } from '../../../core/calendar/time.ts'
import type { Queries } from '../../../infra/database/index.ts'

/** Clients, in order of id after one, of whose facilities one passed its last day. */
export async function endedClients(
  tx: Queries,
  today: Day,
  after: string,
  most: number,
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id from client
    where id > ${after}::uuid and credit_expires_on < ${today}::date
      and exists (select from facility where facility.client_id = client.id)
    order by id limit ${most}`
  return rows.map(({ id }) => id)
}

/**
 * Makes prospects of clients who lapsed before a day, with the source they came from; they are decided
 * anew, but for tier F, which risk alone ends. Resolves to who became one.
 */
export async function toProspects(
  tx: Queries,
  before: Day,
  today: Day,
  most: number,
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    update client set kind = 'prospect', kind_since = ${today}::date, last_tier = null
    where id in (select id from client where kind = 'lapsed' and kind_since <= ${before}::date
      order by id limit ${most} for no key update)
    returning id`
  const ids = rows.map(({ id }) => id)
  await tx.$executeRaw`
    delete from client_tier where client_id = any(${ids}::uuid[]) and tier <> 'F'`
  await tx.$executeRaw`
    update tier_change set status = 'superseded'
    where client_id = any(${ids}::uuid[]) and status = 'pending'`
  return ids
}
