import { addDays, instantOf } from '../../core/calendar/time.ts'
import { Prisma } from '../../generated/client.ts'
import type { Queries } from '../../infra/database/index.ts'
import { type Book, ownersOf } from '../pipeline/store.ts'
import { daysIn, type Span } from '../quotas/span.ts'
import type { Manager, SourceRow } from './rules.ts'

/** Holds where an outcome that counts brought the client `found` to one of some stages. */
const reached = (stages: readonly string[]) => Prisma.sql`exists (select from outcome
  where outcome.client_id = found.id and undone_at is null and stage = any(${[...stages]}::text[]))`

/**
 * The clients of a book who came on file in a span, and how far they have come since, by month, manager, source
 * and what is known of it. Who came on file as a client of the bank, or with a facility that is older, was not
 * found but brought along. A client counts for whoever has it now.
 */
export function sourceRows(
  tx: Queries,
  book: Book,
  span: Span,
  timezone: string,
): Promise<SourceRow[]> {
  const { from, until } = daysIn(span)
  return tx.$queryRaw<SourceRow[]>`
    with found as (
      select client.id, client.source, client.cluster, client.owner_id, client.kind,
        case client.source when 'industry' then coalesce(client.industry, client.source_detail)
          else client.source_detail end as detail,
        (client.entered_at at time zone ${timezone})::date as entered_on
      from client
      where client.owner_id = any(${ownersOf(book)})
        and client.entered_at >= ${instantOf(from, '00:00', timezone)}::timestamptz
        and client.entered_at < ${instantOf(addDays(until, 1), '00:00', timezone)}::timestamptz
        and not (client.kind = 'existing' and client.kind_since is null)
        and not exists (select from facility where facility.client_id = client.id
          and facility.opened_on < (client.entered_at at time zone ${timezone})::date)
    ), far as (
      select found.*, introduced.id as introducer_id, introduced.by as introducer, loan.amount, loan.first_on,
        ${reached(['reached', 'interested', 'applied', 'approved', 'signed', 'granted', 'lost', 'barred'])}
          or exists (select from visit where visit.client_id = found.id and undone_at is null) as contacted,
        ${reached(['interested', 'applied', 'approved', 'signed', 'granted'])} as interested,
        ${reached(['applied', 'approved', 'signed', 'granted'])} as applied
      from found
      left join lateral (
        select sum(confirmed_amount) as amount, min(granted_on) as first_on from loan_granted
        where loan_granted.client_id = found.id and loan_granted.confirmed
      ) as loan on true
      left join lateral (
        select coalesce(staff.id, referrer.id) as id,
          coalesce(staff.name || ' ' || staff.code, concat_ws(' · ', referrer.name, referrer.business_name)) as by
        from referral_entry as entry join referral_link as link on link.id = entry.link_id
          left join staff on staff.id = link.staff_id left join client as referrer on referrer.id = link.client_id
        where entry.client_id = found.id and entry.status = 'accepted' and entry.credit = 'first'
        order by entry.entered_at limit 1
      ) as introduced on true
    )
    select to_char(entered_on, 'YYYY-MM') as month, unit.name as unit, staff.name as manager, staff.code, source, detail,
      cluster, introducer_id as "introducerId", introducer, count(*)::int as found, count(*) filter (where contacted)::int as contacted,
      count(*) filter (where interested)::int as interested,
      count(*) filter (where applied)::int as applied,
      count(first_on)::int as confirmed, coalesce(sum(amount), 0)::float8 as amount,
      coalesce(sum(greatest(0, first_on - entered_on)), 0)::int as days
    from far join staff on staff.id = owner_id join unit on unit.id = staff.unit_id
    group by 1, unit.path, 2, 3, staff.code, 5, 6, 7, 8, 9
    order by 1, unit.path, staff.code, 5, 6, 7, 9, 8`
}

/** The managers of a book who work here and found nobody in a span: those who are not among `found`. */
export const foundNobody = (tx: Queries, book: Book, found: readonly SourceRow[]) =>
  tx.$queryRaw<Manager[]>`
    select unit.name as unit, staff.name as manager, staff.code
    from staff join unit on unit.id = staff.unit_id
    where staff.id = any(${ownersOf(book)}) and staff.active and staff.role = 'manager'
      and staff.code <> all(${found.map(({ code }) => code)}::text[])
    order by unit.path, staff.code`
