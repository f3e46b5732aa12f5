import type { Queries } from '../../../infra/database/index.ts'
import { type Conduct, isFarMore } from './rules.ts'

type Counted = Pick<Conduct, 'staffId' | 'name' | 'code' | 'count'>

/** Who was shown more than `limit` different clients within the last hour, and far more than they usually are. */
export async function farLooks(tx: Queries, limit: number, now: Date): Promise<Conduct[]> {
  const many = await tx.$queryRaw<Counted[]>`
    select staff.id as "staffId", name, code, count(distinct client)::int as count
    from act cross join unnest(seen) as client join staff on staff.id = staff_id
    where at > ${now}::timestamptz - interval '1 hour' and at <= ${now}::timestamptz
    group by staff.id having count(distinct client) > ${limit}`
  if (many.length === 0) return []
  const hours = await tx.$queryRaw<{ staffId: string; usual: number }[]>`
    select staff_id as "staffId", avg(seen)::float8 as usual
    from (
      select staff_id, count(distinct client) as seen from act cross join unnest(act.seen) as client
      where staff_id = any(${many.map(({ staffId }) => staffId)}::uuid[])
        and at > ${now}::timestamptz - interval '30 days'
        and at <= ${now}::timestamptz - interval '1 hour'
      group by staff_id, date_trunc('hour', at)
    ) as hour group by staff_id`
  const usualOf = new Map(hours.map(({ staffId, usual }) => [staffId, usual]))
  return many.flatMap((each) => {
    const usual = usualOf.get(each.staffId) ?? null
    return isFarMore(each.count, usual, limit) ? [{ ...each, kind: 'looks' as const, usual }] : []
  })
}

/**
 * Who tried numbers out more than `limit` times within the last day: entries of new clients and changes of files
 * that were refused or taken back, and rows of books that were looked at and not written, of which the preview says
 * that somebody else serves the client or that the number may not be entered.
 */
export async function vainEntries(tx: Queries, limit: number, now: Date): Promise<Conduct[]> {
  const rows = await tx.$queryRaw<Counted[]>`
    select staff.id as "staffId", name, code, sum(tried.count)::int as count
    from (
      select staff_id, count(*) as count from act
      where at > ${now}::timestamptz - interval '1 day' and at <= ${now}::timestamptz
        and command in ('new-client', 'tag', 'change-client')
        and (result = 'refused' or undone_at is not null)
      group by staff_id
      union all
      select staff_id, sum(verdict.value::int) from import
      cross join jsonb_each_text(coalesce(counts -> 'verdicts', '{}')) as verdict
      where started_at > ${now}::timestamptz - interval '1 day' and kind = 'clients'
        and state in ('preview', 'dropped', 'undone') and verdict.key in ('foreign', 'listed')
      group by staff_id
    ) as tried join staff on staff.id = tried.staff_id
    group by staff.id having sum(tried.count) > ${limit}`
  return rows.map((each) => ({ ...each, kind: 'entries', usual: null }))
}
