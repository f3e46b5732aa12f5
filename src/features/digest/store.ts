import type { Moment } from '../../bot/moment.ts'
import { type Day, instantOf } from '../../core/calendar/time.ts'
import type { Queries } from '../../infra/database/index.ts'
import type { Line } from './rules.ts'

/** Who reads a digest: of a role, here, not muted and not away. */
export interface Reader {
  readonly id: string
  readonly unitId: string
  readonly unitName: string
  readonly unitPath: string
}

export const readersOf = (tx: Queries, role: 'lead' | 'head', today: Day): Promise<Reader[]> =>
  tx.$queryRaw<Reader[]>`
    select staff.id, unit.id as "unitId", unit.name as "unitName", unit.path as "unitPath"
    from staff join unit on unit.id = staff.unit_id
    where staff.role = ${role} and staff.active
      and (muted_until is null or muted_until < ${today}::date)
      and not exists (select from absence where staff_id = staff.id and cancelled_at is null
        and ${today}::date between from_day and until_day)
    order by staff.code`

/**
 * What was done (for outcomes, with how many clients) from a day to today below a unit, by manager or by the units right below it, and what
 * is due and open now, with whoever left and whose tasks wait.
 */
export async function linesOf(
  tx: Queries,
  unitPath: string,
  from: Day,
  at: Moment,
  by: 'manager' | 'unit',
): Promise<Line[]> {
  const start = instantOf(from, '00:00', at.timezone)
  return tx.$queryRaw<Line[]>`
    with people as (
      select staff.id, staff.name, staff.code, staff.active, unit.path
      from staff join unit on unit.id = staff.unit_id
      where starts_with(unit.path, ${unitPath})
        and (staff.role = 'manager' or staff.role = 'lead')
        and (staff.active or exists (select from task where manager_id = staff.id
          and status = 'open' and due_on <= ${at.today}::date))
    ), figures as (
      select people.*,
        (select count(*)::int from task join act on act.id = task.closed_by
          where act.staff_id = people.id and task.status = 'done'
            and task.closed_at >= ${start}::timestamptz) as done,
        (select count(*)::int from task where manager_id = people.id and status = 'open'
          and due_on <= ${at.today}::date) as open,
        (select count(*)::int from task where manager_id = people.id and status = 'open'
          and greatest(due_on, answer_by) < ${at.today}::date) as overdue,
        (select count(*)::int from visit where staff_id = people.id and undone_at is null
          and visited_on >= ${from}::date) as visits,
        logged.*
      from people cross join lateral (
        select count(distinct client_id) filter (where stage = 'interested')::int as interested,
          count(distinct client_id) filter (where stage in ('applied', 'approved', 'signed', 'granted'))::int as applied,
          count(distinct client_id) filter (where stage = 'granted')::int as granted
        from outcome where staff_id = people.id and undone_at is null
          and logged_on >= ${from}::date) as logged
    ), grouped as (
      select *, case when ${by} = 'manager' then name else coalesce((
          select unit.name from unit where starts_with(figures.path, unit.path)
            and length(unit.path) > length(${unitPath}) order by length(unit.path) limit 1), name) end
        as line, case when ${by} = 'manager' then code else path end as place,
        case when ${by} = 'manager' then code end as person,
        case when ${by} = 'manager' and not active then code end as leaver
      from figures
    )
    select line as name, min(leaver) as leaver, sum(done)::int as done, sum(open)::int as open,
      sum(overdue)::int as overdue, sum(interested)::int as interested,
      sum(applied)::int as applied, sum(granted)::int as granted, sum(visits)::int as visits
    from grouped group by line, person
    having ${by} = 'unit' or sum(done + open + interested + visits) > 0
    order by min(place)`
}
