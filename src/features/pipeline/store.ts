import { type Day, monthEnd } from '../../core/calendar/time.ts'
import type { Stage } from '../../core/outcome.ts'
import { Prisma } from '../../generated/client.ts'
import type { Queries } from '../../infra/database/index.ts'
import { ENDING, PAGE, REMEMBERED_DAYS, SLIPPING_DAYS, type Standing, UNDER_WAY } from './rules.ts'

/** Whose clients are looked at: one manager's, or those of a unit and below it. */
export type Book = { readonly code: string; readonly name: string } & (
  | { readonly staffId: string }
  | { readonly path: string }
)

/** The managers and units at and below a path that a code or a whole name means; of no name, the unit of the path. */
export async function booksNamed(tx: Queries, path: string, said: string | null): Promise<Book[]> {
  const rows = await tx.$queryRaw<
    { code: string; name: string; staffId: string | null; path: string }[]
  >`
    select staff.code, staff.name, staff.id::text as "staffId", unit.path
    from staff join unit on unit.id = staff.unit_id
    where starts_with(unit.path, ${path}) and staff.active and staff.role = 'manager'
      and (lower(staff.code) = lower(${said}::text) or staff.name = ${said})
    union all
    select code, name, null, unit.path from unit
    where starts_with(unit.path, ${path}) and kind <> 'department'
      and case when ${said}::text is null then unit.path = ${path} or (${path} = '/' and parent_id is null)
        else lower(code) = lower(${said}) or name = ${said} end
    order by code`
  return rows.map(({ code, name, staffId, path: unitPath }) => ({
    ...{ code, name },
    ...(staffId === null ? { path: unitPath } : { staffId }),
  }))
}

/** The owners of a book's clients, as an array, which the index by owner is looked up with. */
export const ownersOf = (book: Book): Prisma.Sql =>
  'staffId' in book
    ? Prisma.sql`array[${book.staffId}::uuid]`
    : Prisma.sql`array(select staff.id from staff join unit on unit.id = staff.unit_id
        -- Not seen by the planner, which would plan anew for each unit: what follows is the same for all.
        where starts_with(unit.path, (select ${book.path}::text)))`

/**
 * The clients with something under way as `standing`, each once (the index `outcome_under_way` holds neither who was
 * not reached nor who was only reached): at the furthest stage that was logged since a loan,
 * a no or a facility on file ended what was before, with the amount that was said last, or of the
 * open need that names one, which says the month too. Of two kinds of one stage it is the later one. Whoever is not to be contacted is left out.
 */
const standingOf = (book: Book, today: Day): Prisma.Sql => Prisma.sql`
  said as (
    select outcome.id, outcome.client_id, client.owner_id, client.last_contact_on, outcome.kind,
      outcome.stage, outcome.amount, logged_on, logged_at
    from client join outcome on outcome.client_id = client.id
    where client.owner_id = any(${ownersOf(book)}) and client.do_not_contact is null
      and not client.negative_list and outcome.undone_at is null
      and logged_on > ${today}::date - ${REMEMBERED_DAYS}::int
      and outcome.stage not in ('none', 'reached') and outcome.stage = any(${[...UNDER_WAY, ...ENDING]}::text[])
  ), ended as (
    select client_id, max(logged_at) as at from said
    where stage = any(${[...ENDING]}::text[]) group by client_id
  ), standing as (
    select client_id, owner_id, last_contact_on,
      (array_agg(kind order by array_position(${[...UNDER_WAY]}::text[], stage) desc,
        logged_at desc, id desc))[1] as kind,
      (array_agg(stage order by array_position(${[...UNDER_WAY]}::text[], stage) desc))[1] as stage,
      coalesce((array_agg(said.amount order by logged_at desc, id desc) filter (where said.amount is not null))[1],
        wanted.amount) as amount,
      to_char(wanted.on, 'YYYY-MM') as month
    from said left join ended using (client_id)
    left join lateral (
      select need.amount, need.wanted_on as on from need
      where need.client_id = said.client_id and need.status = 'open' and need.amount is not null
      order by registered_at desc, need.id desc limit 1
    ) as wanted on true
    where stage = any(${[...UNDER_WAY]}::text[]) and (ended.at is null or logged_at > ended.at)
      and not exists (select from loan_granted as loan where loan.client_id = said.client_id
        and not loan.claimed and loan.granted_on >= said.logged_on)
    group by client_id, owner_id, last_contact_on, wanted.amount, wanted.on
  )`

/** What is under way, by part, kind and month; parts are the units right below, and managers of the unit itself. */
export async function countStanding(tx: Queries, book: Book, today: Day): Promise<Standing[]> {
  const path = 'path' in book ? book.path : null
  return tx.$queryRaw<Standing[]>`
    with ${standingOf(book, today)}, placed as (
      select standing.*, staff.code, staff.name, case when ${path}::text is not null
        then nullif(split_part(substr(unit.path, length(${path}::text) + 1), '/', 1), '') end as child
      from standing join staff on staff.id = owner_id join unit on unit.id = staff.unit_id
    )
    select coalesce(child, placed.code) as part, coalesce(min(below.name), min(placed.name)) as name,
      placed.kind, stage, month, count(*)::int as clients, coalesce(sum(amount), 0)::float8 as amount,
      count(amount)::int as known, count(*) filter (
        where last_contact_on is null or last_contact_on < ${today}::date - ${SLIPPING_DAYS}::int
      )::int as slipping
    from placed left join unit as below on below.code = child
    group by 1, placed.kind, stage, month`
}

/** A client with something under way. */
export interface Line {
  readonly clientId: string
  readonly name: string
  readonly businessName: string | null
  readonly kind: string
  readonly stage: Stage
  readonly month: string | null
  readonly amount: number | null
  readonly lastContactOn: Day | null
  readonly owner: string
}

/** A page of the clients with something under way: who is furthest first, then the largest amounts. */
export async function linesStanding(
  tx: Queries,
  book: Book,
  today: Day,
  from: number,
): Promise<Line[]> {
  return tx.$queryRaw<Line[]>`
    with ${standingOf(book, today)}
    select client.id::text as "clientId", client.name, client.business_name as "businessName",
      standing.kind, stage, month, standing.amount::float8 as amount,
      standing.last_contact_on::text as "lastContactOn", staff.name as owner
    from standing join client on client.id = client_id join staff on staff.id = standing.owner_id
    order by array_position(${[...UNDER_WAY]}::text[], stage) desc,
      standing.amount desc nulls last, client.id
    limit ${PAGE} offset ${from}`
}

/** Loans of a month, as managers claim and as facilities on file confirm them. */
export interface Granted {
  readonly claimed: number
  readonly claimedAmount: number
  readonly confirmed: number
  readonly confirmedAmount: number
}

/** What was granted in a month, by its first day. */
export async function grantedIn(tx: Queries, book: Book, month: Day): Promise<Granted> {
  const [row] = await tx.$queryRaw<Granted[]>`
    select count(*) filter (where claimed)::int as claimed,
      coalesce(sum(claimed_amount) filter (where claimed), 0)::float8 as "claimedAmount",
      count(*) filter (where confirmed)::int as confirmed,
      coalesce(sum(confirmed_amount) filter (where confirmed), 0)::float8 as "confirmedAmount"
    from loan_granted where staff_id = any(${ownersOf(book)})
      and granted_on between ${month}::date and ${monthEnd(month)}::date`
  return row ?? { claimed: 0, claimedAmount: 0, confirmed: 0, confirmedAmount: 0 }
}
