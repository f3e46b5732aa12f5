import type { Moment } from '../../../bot/moment.ts'
import { type Day, instantOf } from '../../../core/calendar/time.ts'
import type { Queries } from '../../../infra/database/index.ts'
import type { Book } from '../../pipeline/store.ts'
import { type PersonDay, reminderKey, type Sums } from './rules.ts'

/**
 * Managers of a book's unit and below, or one, with what they did since a day: who did nothing first, those with most to do
 * before others, and last who is away. With `idle` only who did nothing and is here. `sums` are over all of them.
 * A visit that said what came of it is logged once.
 */
export async function peopleOf(
  tx: Queries,
  book: Book,
  { today, timezone }: Pick<Moment, 'today' | 'timezone'>,
  {
    since,
    from,
    most,
    idle,
  }: {
    readonly since: Day
    readonly from: number
    readonly most: number
    readonly idle: boolean
  },
): Promise<{ readonly people: PersonDay[]; readonly sums: Sums }> {
  const one = 'staffId' in book ? book.staffId : null
  const path = 'path' in book ? book.path : ''
  const rows = await tx.$queryRaw<(PersonDay & { sums: Sums })[]>`
    with member as (
      select staff.id, staff.code, staff.name, unit.name as unit, unit.path,
        coalesce(muted_until >= ${today}::date, false) as muted,
        exists (select from absence where absence.staff_id = staff.id and cancelled_at is null
          and ${today}::date between from_day and until_day) as away
      from staff join unit on unit.id = staff.unit_id
      where staff.active and case when ${one}::uuid is null
        then staff.role = 'manager' and starts_with(unit.path, ${path}) else staff.id = ${one}::uuid end
    ), said as (
      select staff_id, count(*)::int as logged,
        count(distinct client_id) filter (where stage = 'interested')::int as interested,
        count(distinct client_id) filter
          (where stage in ('applied', 'approved', 'signed', 'granted'))::int as applied,
        count(distinct client_id) filter (where stage = 'granted')::int as granted
      from outcome where staff_id = any(array(select id from member)) and undone_at is null
        and logged_on between ${since}::date and ${today}::date
      group by staff_id
    ), paid as (
      select staff_id, count(*)::int as visits, count(*) filter (where not exists (
          select from outcome where outcome.act_id = visit.act_id))::int as alone
      from visit
      where staff_id = any(array(select id from member)) and undone_at is null
        and visited_on between ${since}::date and ${today}::date
      group by staff_id
    ), came as (
      select owner_id, count(*)::int as entered from client
      where owner_id = any(array(select id from member))
        and entered_at >= ${instantOf(since, '00:00', timezone)}::timestamptz
      group by owner_id
    ), due as (
      select manager_id, count(*)::int as open,
        count(*) filter (where greatest(due_on, answer_by) < ${today}::date)::int as overdue
      from task where manager_id = any(array(select id from member)) and status = 'open'
        and due_on <= ${today}::date
      group by manager_id
    ), day as (
      select member.*, coalesce(said.logged, 0) + coalesce(alone, 0) as logged,
        coalesce(interested, 0) as interested, coalesce(applied, 0) as applied,
        coalesce(granted, 0) as granted, coalesce(visits, 0) as visits,
        coalesce(entered, 0) as entered, coalesce(open, 0) as open, coalesce(overdue, 0) as overdue
      from member left join said on said.staff_id = member.id left join paid on paid.staff_id = member.id
      left join came on came.owner_id = member.id left join due on due.manager_id = member.id
    )
    -- Of those who are shown alone, so that messages are looked up by their key.
    select shown.id::text, code, name, unit, path as "unitPath", away, muted, logged, interested, applied, granted,
      visits, entered, open, overdue, sums,
      exists (select from message where once_key = ${reminderKey(today, '')} || shown.id) as reminded
    from (
      select day.*, summed.sums from day cross join (
        select jsonb_build_object('people', count(*), 'away', count(*) filter (where away),
          'idle', count(*) filter (where logged = 0 and not away), 'logged', coalesce(sum(logged), 0),
          'open', coalesce(sum(open), 0), 'overdue', coalesce(sum(overdue), 0)) as sums
        from day
      ) as summed
      where not ${idle} or (logged = 0 and not away)
      order by away, logged > 0, open desc, code limit ${most} offset ${from}
    ) as shown
    order by away, logged > 0, open desc, code`
  return {
    people: rows.map(({ sums: _, ...person }) => person),
    sums: rows[0]?.sums ?? { people: 0, away: 0, idle: 0, logged: 0, open: 0, overdue: 0 },
  }
}
