import type { Day } from '../../../../core/calendar/time.ts'
import type { Queries } from '../../../../infra/database/index.ts'
import { BLOCKED_YEARS } from '../rules.ts'

/** A blocked file that may be deleted. */
export interface TermOver {
  readonly erasureId: string
  readonly clientId: string
  readonly ownerId: string
  readonly askedAt: Date
}

/** Whether a client's file is blocked: they may be contacted again once they say so themselves. */
export async function isBlocked(tx: Queries, clientId: string): Promise<boolean> {
  const [found] = await tx.$queryRaw<unknown[]>`
    select 1 from erasure join client on client.id = client_id
    where client_id = ${clientId}::uuid and status = 'blocked' and do_not_contact is not null`
  return found !== undefined
}

/**
 * Blocked files whose term by law is over: it begins with the end of the last facility and with the last
 * application. Not of whoever holds a facility or has a complaint open, nor of whoever agreed to be contacted since.
 */
export const termOver = (tx: Queries, today: Day): Promise<TermOver[]> =>
  tx.$queryRaw<TermOver[]>`
    select distinct on (client.id) erasure.id::text as "erasureId", client.id::text as "clientId",
      client.owner_id::text as "ownerId", asked_at as "askedAt"
    from erasure join client on client.id = erasure.client_id
    cross join lateral (
      select max(day) as ended from (
        select coalesce(closed_on, ends_on, opened_on, as_of) as day from facility where facility.client_id = client.id
        union all select logged_on from outcome where outcome.client_id = client.id and undone_at is null
          and stage in ('applied', 'approved', 'signed', 'granted')
      ) as business) as business
    where erasure.status = 'blocked' and do_not_contact is not null and kind <> 'existing'
      and (ended is null or ended < ${today}::date - make_interval(years => ${BLOCKED_YEARS}::int))
      and not exists (select from complaint where complaint.client_id = client.id and complaint.status = 'open')
    order by client.id, asked_at`

/** Notes that a blocked file is gone. */
export async function noteGone(tx: Queries, erasureId: string): Promise<void> {
  await tx.$executeRaw`update erasure set status = 'confirmed' where id = ${erasureId}::uuid`
}
