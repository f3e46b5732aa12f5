import type { Moment } from '../../bot/moment.ts'
import { addMonths, type Day, instantOf } from '../../core/calendar/time.ts'
import { newId } from '../../core/ids.ts'
import { Prisma } from '../../generated/client.ts'
import type { Queries } from '../../infra/database/index.ts'
import { type Holder, type Measure, monthOf, type Progress, type Whose } from './rules.ts'

/** The people with a list and the units at and below a path, by code or name; all without `said`. */
export async function holdersBelow(
  tx: Queries,
  unitPath: string,
  said: string | null,
): Promise<Holder[]> {
  const rows = await tx.$queryRaw<(Omit<Holder, 'whose'> & { id: string; person: boolean })[]>`
    select staff.id, staff.code, staff.name, null as "unitPath", true as person
    from staff join unit on unit.id = staff.unit_id
    where starts_with(unit.path, ${unitPath}) and staff.active and staff.role = 'manager'
      and (${said}::text is null or lower(staff.code) = lower(${said}) or staff.name = ${said})
    union all
    select id, code, name, path, false from unit
    where starts_with(path, ${unitPath}) and kind <> 'department'
      and (${said}::text is null or lower(code) = lower(${said}) or name = ${said})
    order by person, code`
  return rows.map(({ id, person, ...named }) => ({
    ...named,
    whose: person ? { staffId: id } : { unitId: id },
  }))
}

/** What is set for people and units in a month: the target by measure, by their id. */
export async function targetsOf(
  tx: Queries,
  holders: readonly string[],
  months: readonly Day[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.$queryRaw<{ key: string; target: number }[]>`
    select coalesce(staff_id, unit_id) || ' ' || month || ' ' || measure as key, target from quota
    where (staff_id = any(${[...holders]}::uuid[]) or unit_id = any(${[...holders]}::uuid[]))
      and month = any(${[...months]}::date[])`
  return new Map(rows.map(({ key, target }) => [key, target]))
}

/** Sets targets of a month; a target of 0 takes the quota away. */
export async function putTargets(
  tx: Queries,
  whose: Whose,
  month: Day,
  targets: readonly { readonly measure: Measure; readonly target: number }[],
  setBy: string,
  now: Date,
): Promise<void> {
  const staffId = 'staffId' in whose ? whose.staffId : null
  const unitId = 'unitId' in whose ? whose.unitId : null
  const measures = targets.map(({ measure }) => measure)
  await tx.$executeRaw`
    delete from quota where month = ${month}::date and measure = any(${measures}::text[])
      and (staff_id = ${staffId}::uuid or unit_id = ${unitId}::uuid)`
  for (const { measure, target } of targets.filter((each) => each.target > 0)) {
    await tx.$executeRaw`
      insert into quota (id, unit_id, staff_id, month, measure, target, set_by, set_at)
      values (${newId()}::uuid, ${unitId}::uuid, ${staffId}::uuid, ${month}::date, ${measure},
        ${target}, ${setBy}::uuid, ${now}::timestamptz)`
  }
}

/** The clients that were a person's when they came on file, whoever has them now. */
const ENTERED_AS_THEIRS = Prisma.sql`
  select entered_at from client where owner_id = people.staff_id and not exists (
    select from owner_change where client_id = client.id and undone_at is null)
  union all
  select entered_at from owner_change as first join client on client.id = client_id
  where from_id = people.staff_id and undone_at is null and not exists (
    select from owner_change as earlier
    where earlier.client_id = first.client_id and earlier.undone_at is null
      and (earlier.changed_at, earlier.id) < (first.changed_at, first.id))`

interface Row extends Progress {
  readonly of: string
}

/**
 * How far holders have come with their quotas of a month, by id, in the order of the measures. What
 * one person did counts for them and for every unit above. The month is that of the bank's time zone.
 */
export async function progressOf(
  tx: Queries,
  holders: readonly string[],
  month: Day,
  timezone: string,
): Promise<Map<string, Progress[]>> {
  if (holders.length === 0) return new Map()
  const [from, until] = [month, addMonths(month, 1)]
  const [start, end] = [from, until].map((day) => instantOf(day, '00:00', timezone))
  const rows = await tx.$queryRaw<Row[]>`
    with asked as (
      select quota.id, coalesce(quota.staff_id, quota.unit_id) as of, measure, target, quota.staff_id,
        unit.path
      from quota left join unit on unit.id = quota.unit_id
      where month = ${month}::date
        and (quota.staff_id = any(${holders}::uuid[]) or quota.unit_id = any(${holders}::uuid[]))
    ), people as (
      select asked.id, asked.measure, staff.id as staff_id
      from asked join staff on staff.id = asked.staff_id
      union all
      select asked.id, asked.measure, staff.id
      from asked join unit on starts_with(unit.path, asked.path) join staff on staff.unit_id = unit.id
    ), lent as (
      select people.id, count(*) filter (where claimed)::int as claimed,
        count(*) filter (where confirmed)::int as confirmed,
        coalesce(sum(confirmed_amount), 0)::float8 as amount,
        exists (select from facility) as confirms
      from people join loan_granted as loan on loan.staff_id = people.staff_id
        and granted_on >= ${from}::date and granted_on < ${until}::date
      where people.measure = 'granted' group by people.id
    ), reached as (
      select people.id, sum(case measure
        when 'visits' then (select count(*) from visit where visit.staff_id = people.staff_id
          and undone_at is null and visited_on >= ${from}::date and visited_on < ${until}::date)
        when 'new-clients' then (select count(*) from (${ENTERED_AS_THEIRS}) as theirs
          where entered_at >= ${start}::timestamptz and entered_at < ${end}::timestamptz)
        when 'needs' then (select count(*) from need where registered_by = people.staff_id
          and need.status <> 'withdrawn'
          and registered_at >= ${start}::timestamptz and registered_at < ${end}::timestamptz)
        when 'touches' then (select count(*) from outcome where outcome.staff_id = people.staff_id
          and undone_at is null and logged_on >= ${from}::date and logged_on < ${until}::date
          and stage <> 'none')
        else (select count(distinct client_id) from outcome where outcome.staff_id = people.staff_id
          and undone_at is null and logged_on >= ${from}::date and logged_on < ${until}::date
          and case measure when 'applied' then stage in ('applied', 'approved', 'signed', 'granted')
            else stage = measure end)
        end)::int as reached
      from people group by people.id
    )
    select of, measure, target,
      coalesce(case when confirms then confirmed else reached end, 0) as reached,
      case when measure = 'granted' then jsonb_build_object('claimed', coalesce(claimed, 0),
        'confirmedAmount', coalesce(amount, 0),
        'confirms', exists (select from facility)) end as loans
    from asked left join reached on reached.id = asked.id left join lent on lent.id = asked.id
    order by array_position(array['visits', 'new-clients', 'touches', 'needs', 'applied', 'granted'],
      measure)`
  return Map.groupBy(rows, ({ of }) => of)
}

/**
 * How far people or units have come with this month's quotas, by their id; who has none is left out.
 */
export const quotaProgress = (
  tx: Queries,
  holders: readonly string[],
  { today, timezone }: Pick<Moment, 'today' | 'timezone'>,
): Promise<Map<string, Progress[]>> => progressOf(tx, holders, monthOf(today), timezone)
