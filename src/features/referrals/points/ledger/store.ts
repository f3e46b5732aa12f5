import type { Moment } from '../../../../bot/moment.ts'
import type { Queries } from '../../../../infra/database/index.ts'
import { CONFIRMED, REACHED } from '../../figures/store.ts'
import type { PointsRule } from '../rules.ts'
import { EARNINGS, SPENT } from '../store.ts'

/** An entry with its link, who recommended (`client`, or else `staff`) and the newcomer (`person`). */
const ENTRY = `
  referral_entry as entry join referral_link as link on link.id = entry.link_id
  left join client on client.id = link.client_id
  left join staff on staff.id = coalesce(link.staff_id, client.owner_id)
  left join unit on unit.id = staff.unit_id
  left join client as person on person.id = entry.client_id
  ${REACHED} ${CONFIRMED}`

/** It has the credit, of somebody who is new. */
const COUNTS = `entry.status = 'accepted' and entry.credit = 'first' and not entry.returning`

/**
 * The newcomer turned out to be the referrer, or somebody who was on file before: their file became one with an
 * older one.
 */
const SAME_PERSON = `(person.id = link.client_id or person.entered_at < entry.entered_at
  or secret_key(person.phone) = secret_key(case when link.client_id is null then staff.phone else client.phone end))`

const DAY_OF = {
  details: '(entry.entered_at at time zone $4)::date',
  contact: '(reached.contacted at time zone $4)::date',
  loan: 'lent.confirmed',
}

/**
 * Posts what newcomers of a rule's referrers reached in its days and was not posted yet, in the order in which it
 * happened: as far as each referrer's month goes, and then as far as the budget goes. Resolves to how many there were
 * within their months, and how many of them the budget was enough for.
 */
export async function earn(
  tx: Queries,
  rule: PointsRule,
  { now, timezone }: Pick<Moment, 'now' | 'timezone'>,
): Promise<{ readonly due: number; readonly earned: number }> {
  const { points, earners, budget, used } = rule
  const [counts] = await tx.$queryRawUnsafe<[{ due: number; earned: number }]>(
    `with earning as (${EARNINGS}), reached as (
       select entry.id as entry_id, stage.name as stage, stage.day, stage.points,
         coalesce(link.client_id, link.staff_id) as referrer,
         date_trunc('month', stage.day)::date as month
       from ${ENTRY}
       cross join lateral (values ('details', ${DAY_OF.details}, $5::int),
         ('contact', ${DAY_OF.contact}, $6::int), ('loan', ${DAY_OF.loan}, $7::int)
       ) as stage (name, day, points)
       where ${COUNTS} and not coalesce(${SAME_PERSON}, false) and not person.negative_list
         and starts_with(unit.path, $8) and (link.client_id is not null or staff.active)
         and case when link.client_id is not null then 'clients'
           when staff.role = 'manager' then 'managers' else 'staff' end = any($9::text[])
         and stage.points > 0 and stage.day between $2::date and $3::date
         and not exists (select from earning where earning.entry_id = entry.id
           and earning.stage = stage.name and not earning.taken_back)
     ), before as (
       select coalesce(link.client_id, link.staff_id) as referrer,
         date_trunc('month', earning.day)::date as month, sum(earning.points) as points
       from earning join referral_entry as entry on entry.id = earning.entry_id
       join referral_link as link on link.id = entry.link_id
       where earning.rule_id = $1::uuid and ${SPENT} group by 1, 2
     ), within_month as (
       select reached.*, coalesce(before.points, 0) + sum(reached.points) over (
         partition by referrer, month order by day, entry_id, stage) as of_month
       from reached left join before using (referrer, month)
     ), due as (
       select *, sum(points) over (order by day, entry_id, stage) as so_far
       from within_month where $10::int is null or of_month <= $10::int
     ), posted as (
       insert into points_posting (entry_id, stage, round, kind, rule_id, points, day, posted_at)
       select entry_id, stage, 1 + (select count(*) from points_posting as one
           where one.entry_id = due.entry_id and one.stage = due.stage and kind = 'earned')::int,
         'earned', $1::uuid, points, day, $12::timestamptz
       from due where so_far <= $11::int
       on conflict do nothing returning 1
     )
     select (select count(*)::int from due) as due, (select count(*)::int from posted) as earned`,
    rule.id,
    rule.countsFrom,
    rule.untilDay,
    timezone,
    points.details,
    points.contact,
    points.loan,
    rule.unitPath,
    [...earners],
    rule.ceiling,
    budget - used,
    now,
  )
  return counts
}

/**
 * Posts against what no longer stands: the loan was a mistake, the talk was undone, the entry was withdrawn or lost
 * its credit, or the newcomer is nobody new. Of a newcomer whose file is gone what was earned stands. Resolves to how many.
 */
export const takeBack = (
  tx: Queries,
  { now, today, timezone }: Pick<Moment, 'now' | 'today' | 'timezone'>,
): Promise<number> =>
  tx.$executeRawUnsafe(
    `insert into points_posting (entry_id, stage, round, kind, rule_id, points, day, posted_at)
     select earning.entry_id, earning.stage, round, $3, rule_id, -earning.points, $1::date,
       $2::timestamptz
     from (${EARNINGS}) as earning, ${ENTRY}
     where entry.id = earning.entry_id and not taken_back and (not (${COUNTS})
       or (person.id is not null and (coalesce(${SAME_PERSON}, false)
         or case earning.stage when 'contact' then ${DAY_OF.contact} is null
           when 'loan' then ${DAY_OF.loan} is null else false end)))
     on conflict do nothing`,
    today,
    now,
    'taken-back',
    timezone,
  )

/** Notes that marketing was told of a budget that is used up; false: it was told before. */
export const noteEmptied = async (tx: Queries, ruleId: string, now: Date): Promise<boolean> =>
  (await tx.$executeRaw`
    update points_rule set emptied_at = ${now}::timestamptz
    where id = ${ruleId}::uuid and emptied_at is null`) > 0

/** Who keeps the rules. */
export const keepers = async (tx: Queries): Promise<string[]> =>
  (
    await tx.staff.findMany({
      where: { role: 'marketing', active: true },
      select: { id: true },
      orderBy: { code: 'asc' },
    })
  ).map(({ id }) => id)
