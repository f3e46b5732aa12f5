import { NEW_ID } from '../../../src/infra/database/new-id.ts'

/**
 * What somebody would write who knew the shipped playbook, the day (Monday 23 November 2026) and
 * nothing else: the same rows as the playbook makes.
 */
export const HAND_WRITTEN = `
  insert into task (id, manager_id, client_id, kind, due_on, generated_for, status, priority, base,
    because, reason, attempt, asked, created_at)
  select ${NEW_ID}, owner_id, client_id, kind, due_on, generated_for, 'open', priority, base,
    because, reason, 0, false, timestamptz '2026-11-23 00:10:00+00'
  from (
    select book.*, due.*,
      greatest(0, least(100, base + tier_weight + late + ending + silent)) as priority,
      case when greatest(late, ending, silent) = 0 then null
        when late >= greatest(ending, silent) then 'overdue' when ending >= silent then 'credit-ends'
        else 'quiet' end as because
    from (
      select client.id as client_id, owner_id, credit_expires_on, last_touch, last_visit, tier,
        operating_since, call_every, visit_every, tier_weight,
        case when credit_expires_on between date '2026-11-23' and date '2026-12-23' then 10 else 0 end as ending,
        case when date '2026-11-23' - last_touch >= 90 then 8 else 0 end as silent
      from client
      join client_tier on client_tier.client_id = client.id
      left join client_facts on client_facts.client_id = client.id
      cross join lateral (select
        coalesce(last_contact_on, (entered_at at time zone 'Asia/Shanghai')::date) as last_touch,
        coalesce(last_visit_on, (entered_at at time zone 'Asia/Shanghai')::date) as last_visit,
        case tier when 'B' then 30 when 'C' then 45 when 'D' then 60 when 'ordinary' then 30 end as call_every,
        case tier when 'B' then 60 when 'C' then 90 when 'D' then 180 end as visit_every,
        case tier when 'B' then 8 when 'C' then 4 else 0 end as tier_weight) as rhythm
      where not negative_list and do_not_contact is null and tier <> 'F'
    ) as book
    cross join lateral (
      select 'call' as kind, reason, base, generated_for,
        case when generated_for <= date '2026-11-23' then date '2026-11-23' else generated_for end as due_on,
        0 as late
      from (
        select 'credit-due' as reason, 75 as base, credit_expires_on - 30 as generated_for
        where credit_expires_on >= date '2026-11-23' and credit_expires_on - 30 <= date '2026-11-26'
        union all
        select 'quiet', 45, last_touch + (date '2026-11-26' - last_touch) / 90 * 90
        where date '2026-11-26' - last_touch >= 90
        union all
        select 'birthday', 35, (operating_since + make_interval(years =>
          2026 - extract(year from operating_since)::int))::date
        where (operating_since + make_interval(years => 2026 - extract(year from operating_since)::int))::date
          between date '2026-11-23' and date '2026-11-26'
        union all
        select 'care', 30, last_touch + (date '2026-11-26' - last_touch) / call_every * call_every
        where date '2026-11-26' - last_touch >= call_every
        limit 1
      ) as call
      union all
      select 'visit', 'care', 30, day, greatest(day, date '2026-11-23'), 0
      from (select last_visit + (date '2026-11-26' - last_visit) / visit_every * visit_every as day
        where date '2026-11-26' - last_visit >= visit_every) as visit
    ) as due
  ) as made
  order by client_id
  on conflict do nothing`
