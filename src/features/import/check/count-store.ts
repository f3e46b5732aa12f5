import type { Text } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { reasonText } from '../labels.ts'
import type { Counts, Verdict } from '../rules.ts'

/** Reasons that are named; the workbook of rejected rows has all. */
const MOST_REASONS = 3

/** How many rows of an import come to what. Rows whose cells cannot be taken are rejected. */
export async function countRows(tx: Queries, importId: string): Promise<Counts> {
  const verdicts = await tx.$queryRaw<{ verdict: Verdict; count: number; otherOwner: number }[]>`
    select coalesce(verdict, 'rejected') as verdict, count(*)::int as count,
      (count(*) filter (where other_owner and verdict in ('changed', 'same')))::int as "otherOwner"
    from import_row where import_id = ${importId}::uuid and (kind <> 'history' or faults is not null
      or verdict in ('rejected', 'foreign')) group by 1`
  const changes = await tx.$queryRaw<{ key: string; count: number }[]>`
    select key, count(*)::int as count from (
      select distinct number, case when key ~ '^(phone|held):' then split_part(key, ':', 1) else key end
        as key
      from import_row cross join jsonb_object_keys(changes) as key
      where import_id = ${importId}::uuid and kind <> 'history' and verdict = 'changed'
    ) as changed group by key order by count desc, key`
  const [sum] = await tx.$queryRaw<{ history: number; onFile: number }[]>`
    select (count(*) filter (where kind = 'history' and verdict = 'new'))::int as history,
      (count(distinct client_id) filter (where kind not in ('client', 'history')
        and verdict in ('new', 'changed')))::int as "onFile"
    from import_row where import_id = ${importId}::uuid`
  const why = await tx.$queryRaw<{ fault: Text | null; reason: string | null; count: number }[]>`
    select faults->0 as fault, reason, count(*)::int as count from import_row
    where import_id = ${importId}::uuid and coalesce(verdict, 'rejected') = 'rejected'
    group by 1, 2 order by count desc, 2 limit ${MOST_REASONS}`
  return {
    why: why.map(({ fault, reason, count }) => ({
      text: fault ?? reasonText(reason ?? ''),
      count,
    })),
    verdicts: Object.fromEntries(verdicts.map(({ verdict, count }) => [verdict, count])),
    changes: Object.fromEntries(changes.map(({ key, count }) => [key, count])),
    otherOwner: verdicts.reduce((sum, each) => sum + each.otherOwner, 0),
    history: sum?.history ?? 0,
    onFile: sum?.onFile ?? 0,
  }
}
