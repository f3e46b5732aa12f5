import type { Day } from '../../../core/calendar/time.ts'
import { Prisma } from '../../../generated/client.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { NEW_ID } from '../../../infra/database/new-id.ts'
import { REJECTED } from '../store.ts'

/** Rows of a load between two lines, the first not included. */
export interface Part {
  readonly loadId: string
  readonly after: number
  readonly last: number
}

const rowsOf = ({ loadId, after, last }: Part) => Prisma.sql`
  feed_row.load_id = ${loadId}::uuid and feed_row.line > ${after}::int and feed_row.line <= ${last}::int
  and feed_row.client_id is not null`

/**
 * Whom a staged row means by its number. Looked up row by row: joined, a planner reads the whole book for each part
 * of a feed.
 */
export const CLIENT_OF_KEY = `case key_kind
  when 'core-number' then (select id from client where core_number = key)
  else (select known.client_id from client_identity as known
    where known.kind = key_kind and known.key = feed_row.key limit 1) end`

/** Finds whom staged rows mean, by whichever number each names, or by an account that is on file. */
export async function matchRows(tx: Queries, { loadId, after, last }: Part): Promise<void> {
  await tx.$executeRaw`
    update feed_row set client_id = met.client_id
    from (
      select line, coalesce(${Prisma.raw(CLIENT_OF_KEY)}, (
        select facility.client_id from facility where facility.account = feed_row.account)) as client_id
      from feed_row where load_id = ${loadId}::uuid and line > ${after}::int and line <= ${last}::int
        and key_kind <> ${REJECTED}
    ) as met
    where feed_row.load_id = ${loadId}::uuid and feed_row.line = met.line and met.client_id is not null`
}

/** The lines of staged rows of nobody on file. */
export async function unmatchedLines(
  tx: Queries,
  { loadId, after, last }: Part,
): Promise<readonly number[]> {
  const [row] = await tx.$queryRaw<{ lines: number[] | null }[]>`
    select array_agg(line order by line) as lines from feed_row
    where load_id = ${loadId}::uuid and line > ${after}::int and line <= ${last}::int
      and client_id is null and key_kind <> ${REJECTED}`
  return row?.lines ?? []
}

/** The lines of staged facilities whose account another client holds. */
export async function heldElsewhere(tx: Queries, part: Part): Promise<readonly number[]> {
  const [row] = await tx.$queryRaw<{ lines: number[] | null }[]>`
    select array_agg(line order by line) as lines
    from feed_row join facility on facility.account = feed_row.account
    where ${rowsOf(part)} and facility.client_id <> feed_row.client_id`
  return row?.lines ?? []
}

const facilitiesIn = (part: Part) => Prisma.sql`
  select feed_row.client_id, feed_row.account, given.*
  from feed_row cross join lateral jsonb_to_record(feed_row.cells) as given (
    "lineAccount" text, kind text, product text, "creditLimit" bigint, balance bigint, "openedOn" date,
    "endsOn" date, state text, "closedOn" date)
  where ${rowsOf(part)}`

/**
 * Puts staged facilities on file: lines and single loans, or drawings. One whose account another client
 * holds, or that is known of a later day, is left as it is. Resolves to the clients of whom one is new or
 * differs; the day of all others is renewed too.
 */
export async function mergeFacilities(
  tx: Queries,
  part: Part,
  drawings: boolean,
  day: Day,
  now: Date,
): Promise<{ changed: string[]; same: string[] }> {
  const rows = await tx.$queryRaw<{ clientId: string; differs: boolean }[]>`
    with given as materialized (
      select given.*, line.id as line_id from (${facilitiesIn(part)}) as given
      left join facility as line on line.account = given."lineAccount"
        and line.client_id = given.client_id
      where ("lineAccount" is not null) = ${drawings}
    ), was as (
      select facility.* from facility join given on given.account = facility.account
    ), merged as (
      insert into facility (id, client_id, product, account, kind, line_id, credit_limit, balance,
        opened_on, ends_on, state, closed_on, confirmed_by, as_of, recorded_at)
      select ${Prisma.raw(NEW_ID)}, client_id, product, account,
        coalesce(kind, case when ${drawings} then 'loan' else 'line' end), line_id, "creditLimit", balance,
        "openedOn", "endsOn", coalesce(state, 'open'), "closedOn", 'feed', ${day}::date,
        ${now}::timestamptz
      from given order by account
      on conflict (account) do update set product = coalesce(excluded.product, facility.product),
        kind = excluded.kind, line_id = excluded.line_id, credit_limit = excluded.credit_limit,
        balance = excluded.balance, opened_on = coalesce(excluded.opened_on, facility.opened_on),
        ends_on = excluded.ends_on, state = excluded.state, closed_on = excluded.closed_on,
        confirmed_by = excluded.confirmed_by, as_of = excluded.as_of, staff_id = null, act_id = null,
        recorded_at = excluded.recorded_at
      where facility.client_id = excluded.client_id and facility.as_of <= excluded.as_of
      returning *
    )
    select merged.client_id as "clientId", bool_or(
      (was.kind, was.line_id, was.credit_limit, was.balance, was.ends_on, was.state, was.closed_on)
        is distinct from (merged.kind, merged.line_id, merged.credit_limit, merged.balance,
          merged.ends_on, merged.state, merged.closed_on)) as differs
    from merged left join was on was.id = merged.id group by merged.client_id`
  return {
    changed: rows.flatMap(({ clientId, differs }) => (differs ? [clientId] : [])),
    same: rows.flatMap(({ clientId, differs }) => (differs ? [] : [clientId])),
  }
}

/** The business day of limit and usage of clients of whom nothing else changed. */
export async function renewCredit(
  tx: Queries,
  clientIds: readonly string[],
  day: Day,
): Promise<void> {
  await tx.$executeRaw`
    update client_facts
    set as_of = as_of || jsonb_build_object('creditLimit', ${day}::date, 'usageRate', ${day}::date)
    where client_id = any(${[...clientIds]}::uuid[]) and not exists (
      select from facility where facility.client_id = client_facts.client_id
        and facility.state = 'open' and facility.as_of < ${day}::date)`
}

/** A condition on `facility`: a full feed of a day did not name it, in whatever row. */
const notNamed = (day: Day, loadId: string) => Prisma.sql`
  facility.as_of < ${day}::date and not exists (
    select from feed_row where feed_row.load_id = ${loadId}::uuid
      and feed_row.account = facility.account)`

/** Facilities of the bank's book that a full feed of this day did not name, and all that stand open. */
export async function unnamed(
  tx: Queries,
  day: Day,
  loadId: string,
): Promise<{ readonly ending: number; readonly open: number; readonly unknown: number }> {
  const [row] = await tx.$queryRaw<{ ending: number; open: number; unknown: number }[]>`
    select count(*) filter (where ${notNamed(day, loadId)} and confirmed_by <> 'lead')::int as ending,
      count(*) filter (where confirmed_by <> 'lead')::int as open,
      count(*) filter (where as_of < ${day}::date and confirmed_by = 'lead')::int as unknown
    from facility where state = 'open'`
  return row ?? { ending: 0, open: 0, unknown: 0 }
}

/** Ends what a full feed of this day did not name, so many at a time; resolves to their clients. */
export async function endUnnamed(
  tx: Queries,
  {
    day,
    loadId,
    now,
    most,
  }: { readonly day: Day; readonly loadId: string; readonly now: Date; readonly most: number },
): Promise<{ clientIds: string[]; ended: number }> {
  const rows = await tx.$queryRaw<{ clientId: string }[]>`
    update facility set state = 'closed', balance = 0, closed_on = ${day}::date, as_of = ${day}::date,
      staff_id = null, act_id = null, recorded_at = ${now}::timestamptz
    where id in (
      select id from facility where state = 'open' and confirmed_by <> 'lead' and ${notNamed(day, loadId)}
      order by id limit ${most})
    returning client_id as "clientId"`
  return { clientIds: [...new Set(rows.map(({ clientId }) => clientId))], ended: rows.length }
}

/** A facility that a lead confirmed and that a full feed does not know. */
export interface UnknownFacility {
  readonly id: string
  readonly clientName: string
  readonly account: string | null
  /** Who confirmed it, and whose client it is. */
  readonly confirmedBy: string | null
  readonly ownerId: string
}

/** Those that a full feed of this day does not know. */
export const unknownFacilities = (tx: Queries, day: Day): Promise<UnknownFacility[]> =>
  tx.$queryRaw<UnknownFacility[]>`
    select facility.id, client.name as "clientName", facility.account,
      facility.staff_id as "confirmedBy", client.owner_id as "ownerId"
    from facility join client on client.id = facility.client_id
    where facility.state = 'open' and facility.confirmed_by = 'lead' and facility.as_of < ${day}::date
    order by facility.id`

/** Columns of a client that a feed writes. */
const CLIENT_COLUMNS = ['core_number', 'business_name', 'address', 'licence_ends_on']

/** Writes staged columns of clients, with their history; resolves to the clients of whom one changed. */
export async function mergeClients(
  tx: Queries,
  { loadId, after, last }: Part,
  now: Date,
): Promise<string[]> {
  const rows = await tx.$queryRawUnsafe<{ clientId: string }[]>(
    `with given as materialized (
      select feed_row.client_id, cells from feed_row
      where load_id = $1::uuid and line > $2::int and line <= $3::int
        and feed_row.client_id is not null and not exists (
          select from client as other where other.core_number = cells ->> 'core_number'
            and other.id <> feed_row.client_id)
    ), changed as (
      select given.client_id, subject, to_jsonb(client) -> subject as before, value as after
      from given join client on client.id = given.client_id
      cross join lateral jsonb_each(cells) as cell (subject, value)
      where subject = any($5::text[]) and value is distinct from to_jsonb(client) -> subject
    ), noted as (
      insert into file_change (id, client_id, subject, before, after, recorded_at)
      select ${NEW_ID}, client_id, subject, nullif(before, 'null'), after, $4::timestamptz
      from changed order by client_id
    ), written as (
      update client set ${CLIENT_COLUMNS.map((name) => `${name} = next.${name}`).join(', ')}
      from client as now join given on given.client_id = now.id
      cross join lateral jsonb_populate_record(now, given.cells) as next
      where client.id = now.id
    )
    select distinct client_id as "clientId" from changed`,
    ...[loadId, after, last, now, CLIENT_COLUMNS],
  )
  return rows.map(({ clientId }) => clientId)
}
