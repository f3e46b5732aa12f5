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

/** Whose entries of new clients were refused or taken back more than `limit` times within the last day. */
export async function vainEntries(tx: Queries, limit: number, now: Date): Promise<Conduct[]> {
  const rows = await tx.$queryRaw<Counted[]>`
    select staff.id as "staffId", name, code, count(*)::int as count
    from act join staff on staff.id = staff_id
    where at > ${now}::timestamptz - interval '1 day' and at <= ${now}::timestamptz
      and command in ('new-client', 'tag') and (result = 'refused' or undone_at is not null)
    group by staff.id having count(*) > ${limit}`
  return rows.map((each) => ({ ...each, kind: 'entries', usual: null }))
}
