import type { Day } from '../../core/calendar/time.ts'
import type { Queries } from '../../infra/database/index.ts'

/** Clients by tier or class within a path. */
export async function tierCounts(
  tx: Queries,
  path: string,
): Promise<{ tier: string; count: number }[]> {
  return path === '/'
    ? tx.$queryRaw`select tier, count(*)::int as count from client_tier group by tier`
    : tx.$queryRaw`
        select client_tier.tier, count(*)::int as count
        from unit join staff on staff.unit_id = unit.id
        join client on client.owner_id = staff.id
        join client_tier on client_tier.client_id = client.id
        where starts_with(unit.path, ${path}) group by client_tier.tier`
}

export interface Move {
  readonly from: string | null
  readonly to: string
  readonly count: number
  /** How many of them wait for approval. */
  readonly pending: number
}

/** Moves from tier to tier since a day, first decisions left out. */
export async function tierMoves(tx: Queries, path: string, since: Day): Promise<Move[]> {
  return tx.$queryRaw<Move[]>`
    select "from", "to", count(*)::int as count,
      count(*) filter (where tier_change.status = 'pending')::int as pending
    from tier_change join client on client.id = client_id
    join staff on staff.id = client.owner_id join unit on unit.id = staff.unit_id
    where changed_on >= ${since}::date and "from" is not null
      and tier_change.status in ('applied', 'pending') and starts_with(unit.path, ${path})
    group by "from", "to" order by count desc, "from", "to" limit 60`
}

export interface Load {
  readonly name: string
  readonly unit: string
  readonly clients: number
  readonly open: number
  readonly overdue: number
  readonly today: number
  /** Done in the last seven days. */
  readonly done: number
}

/** Managers with what they have to do, the most overdue first; `most` of them. */
export async function loads(tx: Queries, path: string, today: Day, most: number): Promise<Load[]> {
  return tx.$queryRaw<Load[]>`
    with member as (
      select staff.id, staff.name, staff.code, unit.name as unit
      from staff join unit on unit.id = staff.unit_id
      where staff.active and staff.role = 'manager' and starts_with(unit.path, ${path})
    ), task_load as (
      select manager_id, count(*)::int as open,
        count(*) filter (where greatest(due_on, answer_by) < ${today}::date)::int as overdue,
        count(*) filter (where due_on = ${today}::date)::int as today
      from task where status = 'open' and manager_id in (select id from member)
      group by manager_id
    )
    select member.name, member.unit, coalesce(book.clients, 0) as clients,
      coalesce(open, 0) as open, coalesce(overdue, 0) as overdue,
      coalesce(member.today, 0) as today, coalesce(logged.done, 0) as done
    from (
      select member.*, open, overdue, task_load.today
      from member left join task_load on manager_id = member.id
      order by overdue desc nulls last, open desc nulls last, code limit ${most}
    ) as member
    left join lateral (
      select count(*)::int as clients from client where owner_id = member.id
    ) as book on true
    left join lateral (
      select count(*)::int as done from outcome
      where staff_id = member.id and logged_on > ${today}::date - 7 and undone_at is null
    ) as logged on true
    order by coalesce(overdue, 0) desc, coalesce(open, 0) desc, code`
}

export interface ReferralLine {
  readonly referrer: string
  readonly unit: string
  /** People who left their details, and of those who were new. */
  readonly entries: number
  readonly fresh: number
  /** Of those who count for this referrer. */
  readonly applied: number
  /** The same, granted as their managers log it, and whose loan a facility on file confirms. */
  readonly granted: number
  readonly confirmed: number
}

/** Who recommended how many since a day of the bank, within a path; `most` of them. */
export async function referralLines(
  tx: Queries,
  path: string,
  since: Day,
  timezone: string,
  most: number,
): Promise<ReferralLine[]> {
  return tx.$queryRaw<ReferralLine[]>`
    select coalesce(staff.name, left(referrer.name, 1) || '**') as referrer, unit.name as unit,
      count(*)::int as entries, count(*) filter (where not entry.returning)::int as fresh,
      count(*) filter (where result.applied)::int as applied,
      count(*) filter (where lent.claimed)::int as granted,
      count(*) filter (where lent.confirmed)::int as confirmed
    from referral_entry as entry
    join referral_link as link on link.id = entry.link_id
    left join staff on staff.id = link.staff_id
    left join client as referrer on referrer.id = link.client_id
    join staff as holder on holder.id = coalesce(link.staff_id, referrer.owner_id)
    join unit on unit.id = holder.unit_id
    left join lateral (
      select bool_or(stage in ('applied', 'approved', 'signed', 'granted')) as applied
      from outcome where outcome.client_id = entry.client_id and undone_at is null
        and logged_at >= entry.entered_at
    ) as result on entry.credit = 'first'
    left join lateral (
      select bool_or(claimed) as claimed, bool_or(confirmed) as confirmed from loan_granted as loan
      where loan.client_id = entry.client_id
        and granted_on >= (entry.entered_at at time zone ${timezone})::date
    ) as lent on entry.credit = 'first'
    where entry.entered_at >= ${since}::timestamp at time zone ${timezone} and entry.status in ('new', 'accepted')
      and starts_with(unit.path, ${path})
    group by link.staff_id, link.client_id, 1, 2
    order by confirmed desc, granted desc, entries desc, referrer limit ${most}`
}
