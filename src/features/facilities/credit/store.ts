import type { Moment } from '../../../bot/moment.ts'
import type { BankSetting } from '../../../bot/services.ts'
import { addMonths, type Day } from '../../../core/calendar/time.ts'
import { Prisma } from '../../../generated/client.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { NEW_ID } from '../../../infra/database/new-id.ts'
import type { ClientKind } from '../../clients/rules.ts'
import { prospectClasses } from '../../tier-rules/store.ts'
import { FALL, FALL_DAYS, WIN_BACK_MONTHS } from '../rules.ts'

/** Who changed facilities, and when; null: a feed. */
export interface Changing {
  readonly staffId: string | null
  /** The act or the import; null: a feed, or the day itself. */
  readonly actId: string | null
  readonly at: Moment
  readonly bank: Pick<BankSetting, 'tellsReferrerOfGrant'>
}

/** A client that became something else. */
export interface KindMove {
  readonly clientId: string
  readonly from: ClientKind
  readonly to: ClientKind
}

/**
 * `creditOf` of rules.ts in SQL: a row for each of these clients that has a facility on file. Beside what
 * that says: `as_of`, the oldest business day that it rests on, and `settled_on`, the last day of the
 * facility that ended last, of which one that is live says nothing.
 */
export const creditSql = (clientIds: readonly string[], today: Day): Prisma.Sql => Prisma.sql`
  select client_id, live, credit_limit,
    case when credit_limit > 0 then least(1, in_use::float8 / credit_limit::float8) end as usage_rate,
    credit_ends_on, loan_due_on, coalesce(live_as_of, as_of) as as_of, settled_on
  from (
    select facility.client_id,
      coalesce(bool_or(whole and (current or balance > 0)), false) as live,
      coalesce(sum(credit_limit) filter (where whole and current), 0)::bigint as credit_limit,
      coalesce(sum(balance) filter (where whole and current), 0)::bigint as in_use,
      min(ends_on) filter (where whole and current) as credit_ends_on,
      min(ends_on) filter (where kind = 'loan' and balance > 0) as loan_due_on,
      min(as_of) filter (where whole and (current or balance > 0)) as live_as_of,
      max(as_of) as as_of,
      max(case when state = 'closed' then coalesce(closed_on, as_of) else ends_on end) as settled_on
    from facility cross join lateral (select line_id is null as whole,
      state = 'open' and coalesce(ends_on >= ${today}::date, true) as current) as its
    where facility.client_id = any(${[...clientIds]}::uuid[])
    group by facility.client_id
  ) as summed`

/**
 * Writes limit and usage of clients with a live facility as facts, with the day they are of, and notes
 * what changed.
 */
export async function writeCredit(
  tx: Queries,
  clientIds: readonly string[],
  { staffId, actId, at }: Changing,
): Promise<void> {
  await tx.$executeRaw`
    with credit as materialized (${creditSql(clientIds, at.today)}),
    written as (
      insert into client_facts (client_id, credit_limit, usage_rate, as_of)
      select client_id, credit_limit, usage_rate,
        jsonb_build_object('creditLimit', as_of, 'usageRate', as_of)
      from credit where live order by client_id
      on conflict (client_id) do update set credit_limit = excluded.credit_limit,
        usage_rate = excluded.usage_rate, as_of = client_facts.as_of || excluded.as_of
    )
    insert into fact_entry (id, act_id, client_id, staff_id, fact, before, after, recorded_at)
    select ${Prisma.raw(NEW_ID)}, ${actId}::uuid, credit.client_id, ${staffId}::uuid, fact, before, after,
      ${at.now}::timestamptz
    from credit left join client_facts as was on was.client_id = credit.client_id
    cross join lateral (values
      ('creditLimit', to_jsonb(was.credit_limit), to_jsonb(credit.credit_limit)),
      ('usageRate', to_jsonb(was.usage_rate), to_jsonb(credit.usage_rate))
    ) as change (fact, before, after)
    where live and after is distinct from before and after is not null
    order by credit.client_id`
}

/**
 * Writes what the clients' rows say of their credit, and what the clients are; resolves to who moved.
 *
 * A first book fills the tables in the same transaction, before anything knows how many rows they have: facts are
 * looked up client by client, as a join would be planned for one row and read all facts for each client.
 */
export async function writeKinds(
  tx: Queries,
  clientIds: readonly string[],
  { today, now }: Moment,
): Promise<KindMove[]> {
  const classes = await prospectClasses(tx, today)
  return tx.$queryRaw<KindMove[]>`
    with credit as materialized (${creditSql(clientIds, today)}),
    said as (
      select credit.*, client.kind as was, held.tier,
        case when live then 'existing'
          when client.kind = 'existing' then 'lapsed'
          when client.kind = 'prospect' and settled_on > ${addMonths(today, -WIN_BACK_MONTHS)}::date
            and settled_on >= coalesce(client.kind_since, settled_on) then 'lapsed'
          else client.kind end as kind,
        live and credit.credit_limit > 0 and usage_rate = 0 as idle,
        live and usage_rate <= lately.most - ${FALL}::float8 as fell
      from credit join client on client.id = credit.client_id
      left join client_tier as held on held.client_id = credit.client_id
      left join lateral (
        select max((before #>> '{}')::float8) as most from fact_entry
        where client_id = credit.client_id and fact = 'usageRate' and undone_at is null
          and jsonb_typeof(before) = 'number'
          and recorded_at >= ${new Date(now.getTime() - FALL_DAYS * 86_400_000)}::timestamptz
      ) as lately on true
    ), written as (
      update client set kind = said.kind,
        kind_since = case when said.kind = said.was then client.kind_since
          when said.kind = 'lapsed' then least(settled_on, ${today}::date) else ${today}::date end,
        last_tier = case when said.kind <> 'lapsed' then null
          when said.was = 'lapsed' or tier = any(${classes}::text[]) then client.last_tier else tier end,
        credit_expires_on = credit_ends_on, loan_due_on = said.loan_due_on,
        unused_since = case when idle then coalesce(client.unused_since, as_of) end,
        usage_fell_on = case when fell then coalesce(client.usage_fell_on, as_of) end
      from said where client.id = said.client_id
    )
    select client_id as "clientId", was as "from", kind as "to" from said where kind <> was`
}
