import type { Day } from '../../../core/calendar/time.ts'
import { newId } from '../../../core/ids.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { EARNERS, type Earner, isSame, type PointsRule, type Terms } from './rules.ts'

/** Nobody else writes into the ledger or its rules before this transaction ends. */
export async function holdLedger(tx: Queries): Promise<void> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended('points', 0))::text`
}

/**
 * What was earned, as rows of one for each earning. Of a budget it takes what stands, and what was paid and then taken
 * back, until that is kept from a later payment: what is gone is not given out again.
 */
const earnings = (where: string) => `
  select entry_id, stage, round, rule_id, max(points) as points,
    min(day) filter (where kind = 'earned') as day, bool_or(kind = 'taken-back') as taken_back,
    bool_or(kind = 'paid') as paid, bool_or(kind = 'recovered') as recovered
  from points_posting ${where} group by entry_id, stage, round, rule_id`
export const EARNINGS = earnings('')
/** Of an earning: it takes its points of the budget, and of its referrer's month. */
export const SPENT = '(not taken_back or (paid and not recovered))'

interface Row {
  readonly id: string
  readonly fromDay: Day
  readonly untilDay: Day
  readonly countsFrom: Day
  readonly unitPath: string
  readonly details: number
  readonly contact: number
  readonly loan: number
  readonly clients: boolean
  readonly staff: boolean
  readonly managers: boolean
  readonly budget: number
  readonly ceiling: number | null
  readonly used: number
  readonly emptied: boolean
}

function toRule({ details, contact, loan, clients, staff, managers, ...row }: Row): PointsRule {
  const earns: Readonly<Record<Earner, boolean>> = { clients, staff, managers }
  const points = { details, contact, loan }
  return { ...row, points, earners: EARNERS.filter((each) => earns[each]) }
}

/** The rules whose last day is not before this one, in their order. */
export async function rulesSince(tx: Queries, since: Day): Promise<PointsRule[]> {
  const rows = await tx.$queryRawUnsafe<Row[]>(
    `select id, from_day::text as "fromDay", until_day::text as "untilDay",
       counts_from::text as "countsFrom", unit_path as "unitPath", for_details as details,
       for_contact as contact, for_loan as loan, clients, staff, managers, budget, ceiling,
       emptied_at is not null as emptied,
       coalesce((select sum(points) filter (where ${SPENT})
         from (${EARNINGS}) as earning where rule_id = points_rule.id), 0)::int as used
     from points_rule where until_day >= $1::date order by from_day, unit_path`,
    since,
  )
  return rows.map(toRule)
}

/** Puts a rule in force, or changes the one of the same first day; what happened before today earns by neither. */
export async function putRule(
  tx: Queries,
  terms: Terms,
  known: readonly PointsRule[],
  { today, now }: { readonly today: Day; readonly now: Date },
): Promise<void> {
  const { fromDay, untilDay, unitPath, points, earners, budget, ceiling } = terms
  const before = known.find((rule) => isSame(rule, terms))
  const countsFrom = fromDay > today ? fromDay : today
  const [clients, staff, managers] = EARNERS.map((each) => earners.includes(each))
  await tx.$executeRaw`
    insert into points_rule (id, unit_path, from_day, until_day, counts_from, for_details,
      for_contact, for_loan, clients, staff, managers, budget, ceiling, confirmed_at)
    values (${before?.id ?? newId()}::uuid, ${unitPath}, ${fromDay}::date, ${untilDay}::date,
      ${countsFrom}::date, ${points.details}, ${points.contact}, ${points.loan}, ${clients},
      ${staff}, ${managers}, ${budget}, ${ceiling}, ${now}::timestamptz)
    on conflict (id) do update set until_day = excluded.until_day,
      counts_from = excluded.counts_from, for_details = excluded.for_details,
      for_contact = excluded.for_contact, for_loan = excluded.for_loan, clients = excluded.clients,
      staff = excluded.staff, managers = excluded.managers, budget = excluded.budget,
      ceiling = excluded.ceiling, confirmed_at = excluded.confirmed_at, emptied_at = null`
}

/** From tomorrow on it earns nobody anything; one that has not begun is gone. */
export async function endRule(tx: Queries, id: string, today: Day): Promise<void> {
  await tx.$executeRaw`
    delete from points_rule where id = ${id}::uuid and from_day > ${today}::date`
  await tx.$executeRaw`
    update points_rule set until_day = least(until_day, ${today}::date) where id = ${id}::uuid`
}

/** What somebody has of points. */
export interface Balance {
  /** What stands, paid or not. */
  readonly earned: number
  readonly paid: number
}

/**
 * What a referrer has of points; null where no rule is in force for them and none of theirs stands: then nobody speaks of
 * points.
 */
export async function balanceOf(
  tx: Queries,
  whose: { readonly staffId: string } | { readonly clientId: string },
  today: Day,
): Promise<Balance | null> {
  const [staffId, clientId] = 'staffId' in whose ? [whose.staffId, null] : [null, whose.clientId]
  const [row] = await tx.$queryRawUnsafe<[Balance & { readonly offered: boolean }]>(
    `select coalesce(sum(points) filter (where not taken_back), 0)::int as earned,
       coalesce(sum(points) filter (where paid and not taken_back), 0)::int as paid,
       exists (select from points_rule
         join staff on staff.id = coalesce($1::uuid, (select owner_id from client where id = $2::uuid))
         join unit on unit.id = staff.unit_id and starts_with(unit.path, unit_path)
         where $3::date between counts_from and until_day and case when $1::uuid is null then clients
           when staff.role = 'manager' then managers else points_rule.staff end) as offered
     from referral_link as link join referral_entry as entry on entry.link_id = link.id
     cross join lateral (${earnings('where entry_id = entry.id')}) as earning
     where link.staff_id = $1::uuid or link.client_id = $2::uuid`,
    staffId,
    clientId,
    today,
  )
  const { offered, earned, paid } = row
  return offered || earned > 0 ? { earned, paid } : null
}

/** The unit above all others. */
export const wholeBank = (tx: Queries): Promise<{ readonly name: string; readonly path: string }> =>
  tx.unit.findFirstOrThrow({
    where: { kind: 'head-office' },
    select: { name: true, path: true },
    orderBy: { path: 'asc' },
  })

/** What the units of rules are called, by path. */
export async function unitNames(
  tx: Queries,
  rules: readonly Terms[],
): Promise<ReadonlyMap<string, string>> {
  const units = await tx.unit.findMany({
    where: { path: { in: rules.map(({ unitPath }) => unitPath) } },
    select: { path: true, name: true },
  })
  return new Map(units.map(({ path, name }) => [path, name]))
}

/** Rules whose last day is before this one go, with all that was earned by them. */
export async function forgetRules(tx: Queries, before: Day): Promise<void> {
  await tx.$executeRaw`
    delete from points_posting using points_rule
    where points_rule.id = rule_id and until_day < ${before}::date`
  await tx.$executeRaw`
    delete from points_rule where until_day < ${before}::date
      and not exists (select from points_posting where rule_id = points_rule.id)`
}
