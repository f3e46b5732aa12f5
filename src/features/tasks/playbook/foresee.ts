import type { Moment } from '../../../bot/moment.ts'
import { addDays, type Day } from '../../../core/calendar/time.ts'
import type { Queries } from '../../../infra/database/index.ts'
import type { Body } from '../../playbook/cells/values-rules.ts'
import { foreseenSql } from '../care/due-sql.ts'

/** How far a dry run looks, in days. */
const WEEKS_DAYS = 28

interface Count {
  readonly before: number
  readonly after: number
}

/** The tasks that rhythm and events make by two playbooks up to a day. */
export interface Foreseen {
  readonly until: Day
  readonly kinds: readonly (Count & { readonly kind: string })[]
  /** Those whose number changes most come first. */
  readonly managers: readonly (Count & { readonly name: string })[]
}

/** Counts for the whole book what a draft would make, against the playbook in force. */
export async function foresee(
  tx: Queries,
  inForce: Body,
  draft: Body,
  at: Moment,
): Promise<Foreseen> {
  const until = addDays(at.today, WEEKS_DAYS - 1)
  const dated = (body: Body) => ({ ...body, version: 1, effectiveFrom: at.today })
  const rows = await tx.$queryRawUnsafe<
    { kind: string | null; name: string | null; before: number; after: number }[]
  >(
    `with before as (${foreseenSql(dated(inForce), at, until)}),
       after as (${foreseenSql(dated(draft), at, until)})
     select counted.kind, staff.name, counted.before::int as before, counted.after::int as after
     from (
       select kind, manager_id, sum(coalesce(before.tasks, 0)) as before,
         sum(coalesce(after.tasks, 0)) as after
       from before full join after using (manager_id, kind)
       group by grouping sets ((kind), (manager_id))
     ) as counted left join staff on staff.id = counted.manager_id
     order by abs(counted.after - counted.before) desc, staff.code`,
  )
  const kinds = rows.flatMap(({ kind, before, after }) => (kind ? [{ kind, before, after }] : []))
  const managers = rows.flatMap(({ name, before, after }) =>
    name ? [{ name, before, after }] : [],
  )
  return { until, kinds, managers }
}
