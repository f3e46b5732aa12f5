import type { Day } from '../../../core/calendar/time.ts'
import type { Queries } from '../../../infra/database/index.ts'
import type { Because } from '../care/priority-rules.ts'
import type { TaskLine } from './line-store.ts'

/**
 * A line as it stood on a list when it was shown, with what its task says no more later: what an order of lines could be
 * learned from. A task keeps its kind and its reason. `because` is absent where nothing raised the priority.
 */
export type ShownLine = Pick<TaskLine, 'id' | 'priority' | 'dueOn'> & { because?: Because }

/** What of these lines is kept, in their order, but for those whose ids are known. */
export const shownOf = (lines: readonly TaskLine[], known: readonly string[] = []): ShownLine[] =>
  lines
    .filter(({ id }) => !known.includes(id))
    .map(({ id, because, priority, dueOn }) =>
      because ? { id, priority, dueOn, because } : { id, priority, dueOn },
    )

/** `closed`: without an outcome, as by another task's. */
export type CameOf = 'logged' | 'skipped' | 'moved' | 'closed' | 'open'

/** What came on its day of a line that was shown. */
export interface LineCame {
  /** From 1, in the order in which they were shown. */
  readonly place: number
  readonly came: CameOf
  /** Why it was skipped; null: it was not, or no reason was given. */
  readonly why: string | null
}

/**
 * Of a person's list of a day: its lines in their places, and what came of each on that day; without those due
 * later that nothing came of.
 */
export const cameOfList = (
  tx: Queries,
  {
    staffId,
    day,
    timezone,
  }: { readonly staffId: string; readonly day: Day; readonly timezone: string },
): Promise<LineCame[]> =>
  tx.$queryRaw`
    select place::int, coalesce(done.came, task.came) as came, nullif(done.why, '') as why
    from task_list
    cross join lateral jsonb_array_elements(shown) with ordinality as line (said, place)
    left join lateral (
      select case status when 'open' then 'open' else 'closed' end as came from task
      where id = (said->>'id')::uuid
    ) as task on true
    left join lateral (
      select * from (
        select 'logged' as came, null as why, logged_at as at from outcome
        where task_id = (said->>'id')::uuid and logged_on = task_list.day and undone_at is null
        union all
        select case when skip_reason is null then 'moved' else 'skipped' end, skip_reason, moved_at
        from task_move
        where task_id = (said->>'id')::uuid and undone_at is null and not by_calendar
          and (moved_at at time zone ${timezone})::date = task_list.day
      ) as event order by at desc limit 1
    ) as done on true
    where staff_id = ${staffId}::uuid and day = ${day}::date and task.came is not null
      and (done.came is not null or said->>'dueOn' <= task_list.day::text)
    order by place`
