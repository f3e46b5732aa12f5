import type { Days } from '../../../../core/calendar/period.ts'
import type { Queries } from '../../../../infra/database/index.ts'
import { EARNINGS } from '../store.ts'
import type { Share } from './rules.ts'

/** Of an earning: it is to be paid for these days (`$1`, `$2`: the first and the last; null: any before). */
const DUE =
  'not paid and not taken_back and ($1::date is null or day >= $1::date) and day <= $2::date'
/** It was paid and then taken back: that much is kept from what its referrer gets next. */
const OWED = 'paid and taken_back and not recovered'

/** Earnings with their referrer, and of each referrer what is due and owed, where something is left to be paid. */
const BALANCE = `
  earning as (
    select each.*, coalesce(link.client_id, link.staff_id) as referrer, link.client_id is not null as is_client
    from (${EARNINGS}) as each join referral_entry as entry on entry.id = each.entry_id
    join referral_link as link on link.id = entry.link_id
    where num_nonnulls(link.client_id, link.staff_id) > 0
  ), balance as (
    select referrer, is_client, (sum(points) filter (where ${DUE}))::int as due,
      coalesce(sum(points) filter (where ${OWED}), 0)::int as owed,
      (count(*) filter (where ${DUE} and stage = 'details'))::int as details,
      (count(*) filter (where ${DUE} and stage = 'contact'))::int as contact,
      (count(*) filter (where ${DUE} and stage = 'loan'))::int as loan
    from earning group by referrer, is_client
    having sum(points) filter (where ${DUE}) >= coalesce(sum(points) filter (where ${OWED}), 0)
  )`

/** What each referrer is to get for these days, in the order of units and names. */
export const sharesOf = (tx: Queries, { from, until }: Days): Promise<Share[]> =>
  tx.$queryRawUnsafe<Share[]>(
    `with ${BALANCE}
     select referrer::text, is_client as "isClient", coalesce(client.name, staff.name) as name,
       staff.id as "staffId", staff.code, staff.name as "staffName", unit.name as unit, details,
       contact, loan, due, owed
     from balance left join client on is_client and client.id = referrer
     join staff on staff.id = coalesce(client.owner_id, referrer)
     join unit on unit.id = staff.unit_id
     order by unit.path, staff.code, is_client, name, referrer`,
    from,
    until,
  )

/** Counts them as paid, by the request that was confirmed; what was owed is kept from them. */
export const pay = (
  tx: Queries,
  { from, until }: Days,
  { requestId, today, now }: { requestId: string; today: string; now: Date },
): Promise<number> =>
  tx.$executeRawUnsafe(
    `with ${BALANCE}
     insert into points_posting (entry_id, stage, round, kind, rule_id, points, day, posted_at, payout_id)
     select entry_id, stage, round, case when paid then 'recovered' else 'paid' end, rule_id,
       case when paid then points else -points end, $3::date, $4::timestamptz, $5::uuid
     from earning join balance using (referrer)
     where (${DUE}) or (${OWED})`,
    from,
    until,
    today,
    now,
    requestId,
  )
