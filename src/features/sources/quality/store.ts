import { type Day, monthEnd } from '../../../core/calendar/time.ts'
import { Prisma } from '../../../generated/client.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { type Book, ownersOf } from '../../pipeline/store.ts'
import { daysIn, monthOf, type Span } from '../../quotas/span.ts'
import { BEST_TIERS, type MonthOfBook, type PartOfBook, type Valuable } from './rules.ts'

/** What clients of the row `facts` bring, summed up over those of the bank. */
const WORTH = Prisma.sql`
  count(*) filter (where client.kind = 'existing')::int as clients,
  coalesce(sum(credit_limit::float8 * usage_rate) filter (where client.kind = 'existing'), 0) as balance,
  coalesce(sum(deposits) filter (where client.kind = 'existing'), 0)::float8 as deposits,
  coalesce(sum(yearly_income) filter (where client.kind = 'existing'), 0)::float8 as income,
  count(*) filter (where client.kind = 'existing'
    and (deposits is not null or yearly_income is not null))::int as known`

/** It held a facility before, and all of those were closed before it came to be what it is. */
const CAME_BACK = Prisma.sql`exists (select from facility where facility.client_id = client.id
  and state = 'closed' and coalesce(closed_on, as_of) < client.kind_since)`

/**
 * How books stand in a month, by owner. `missing`: what files lack, as SQL over `client` and `facts`. Who was on
 * file as a client from the beginning was not gained.
 */
function standing(month: Span, missing: string, owners: Prisma.Sql): Prisma.Sql {
  const { from, until } = daysIn(month)
  const moved = Prisma.sql`client.kind_since between ${from}::date and ${until}::date`
  return Prisma.sql`
    select client.owner_id as staff_id, ${WORTH},
      count(*) filter (where client.kind = 'existing' and ${moved} and not ${CAME_BACK})::int as gained,
      count(*) filter (where client.kind = 'existing' and ${moved} and ${CAME_BACK})::int as regained,
      count(*) filter (where client.kind = 'lapsed' and ${moved})::int as lapsed,
      count(*) filter (where client.kind = 'existing' and tier = any(${[...BEST_TIERS]}::text[]))::int as best,
      count(*) filter (where client.kind = 'existing' and ${Prisma.raw(`(${missing}) = '{}'`)})::int as complete
    from client left join client_facts as facts on facts.client_id = client.id
      left join client_tier on client_tier.client_id = client.id
    where client.kind in ('existing', 'lapsed') and ${owners}
    group by client.owner_id`
}

/** Keeps how every book stands in the month of a day; the last of its nights is what stays. */
export const keepMonth = (tx: Queries, on: Day, missing: string): Promise<number> =>
  tx.$executeRaw`
    insert into book_month (month, staff_id, clients, balance, deposits, income, known, gained, regained,
      lapsed, best, complete)
    select ${monthOf(on)}, staff_id, clients, round(balance)::bigint, deposits::bigint, income::bigint, known,
      gained, regained, lapsed, best, complete
    from (${standing(monthOf(on), missing, Prisma.sql`true`)}) as each
    on conflict (month, staff_id) do update set clients = excluded.clients, balance = excluded.balance,
      deposits = excluded.deposits, income = excluded.income, known = excluded.known, gained = excluded.gained,
      regained = excluded.regained, lapsed = excluded.lapsed, best = excluded.best, complete = excluded.complete`

/** A book month by month as it was kept; the month of today as it stands now. */
export function monthsOf(
  tx: Queries,
  book: Book,
  span: Span,
  { today, missing }: { readonly today: Day; readonly missing: string },
): Promise<MonthOfBook[]> {
  const { from, until } = daysIn(span)
  const now = monthOf(today)
  const sums = Prisma.join(
    ['clients', 'known', 'gained', 'regained', 'lapsed', 'best', 'complete'].map((figure) =>
      Prisma.raw(`sum(${figure})::int as ${figure}`),
    ),
  )
  return tx.$queryRaw<MonthOfBook[]>`
    select month, ${sums}, sum(balance)::float8 as balance, sum(deposits)::float8 as deposits,
      sum(income)::float8 as income
    from (
      select month, staff_id, clients, known, gained, regained, lapsed, best, complete, balance::float8,
        deposits::float8, income::float8
      from book_month where staff_id = any(${ownersOf(book)})
        and month between ${monthOf(from)} and ${monthOf(until)} and month < ${now}
      union all
      select ${now}, staff_id, clients, known, gained, regained, lapsed, best, complete, balance, deposits, income
      from (${standing(now, missing, Prisma.sql`client.owner_id = any(${ownersOf(book)})`)}) as today
      where ${from <= today && monthEnd(today) <= until}
    ) as each
    group by month order by month`
}

/** What the clients of a book bring today, by tier and by the units or managers right below. */
export function worthByPart(tx: Queries, book: Book): Promise<PartOfBook[]> {
  const path = 'path' in book ? book.path : null
  return tx.$queryRaw<PartOfBook[]>`
    with placed as (
      select client.id, client.owner_id, coalesce(below.name, staff.name) as part, coalesce(below.code, staff.code) as code
      from client join staff on staff.id = client.owner_id join unit on unit.id = staff.unit_id
      left join unit as below on below.code = nullif(split_part(substr(unit.path,
        length(${path}::text) + 1), '/', 1), '')
      where client.owner_id = any(${ownersOf(book)}) and client.kind = 'existing'
    )
    select case when grouping(client_tier.tier) = 1 then min(placed.part) else '' end as name,
      client_tier.tier, ${WORTH}
    from placed join client on client.id = placed.id
      left join client_facts as facts on facts.client_id = client.id
      left join client_tier on client_tier.client_id = client.id
    group by grouping sets ((client_tier.tier), (placed.code))
    having grouping(client_tier.tier) = 1 or client_tier.tier is not null
    order by client_tier.tier nulls last, income desc, balance desc, min(placed.code)`
}

/** Clients listed at once. */
const MOST_VALUABLE = 5

/** Those who bring most. */
export const mostValuable = (tx: Queries, book: Book): Promise<Valuable[]> =>
  tx.$queryRaw<Valuable[]>`
    select client.name, client.business_name as "businessName", credit_limit::float8 * usage_rate as balance,
      deposits::float8 as deposits, yearly_income::float8 as income
    from client join client_facts as facts on facts.client_id = client.id
    where client.owner_id = any(${ownersOf(book)}) and client.kind = 'existing'
      and (deposits is not null or yearly_income is not null)
    order by yearly_income desc nulls last, deposits desc nulls last, client.name, client.id
    limit ${MOST_VALUABLE}`
