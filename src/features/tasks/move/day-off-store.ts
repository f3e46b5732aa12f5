import type { Day } from '../../../core/calendar/time.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { NEW_ID } from '../../../infra/database/new-id.ts'

/** A workday that is none any more, for those below a path who are not below one of the others. */
export interface DayOff {
  readonly below: string
  readonly except: readonly string[]
  readonly day: Day
  readonly nextWorkday: Day
  /** The last workday before it, from today on; null: there is none. */
  readonly workdayBefore: Day | null
}

/** Open tasks that are due on such days, and whose: `task`, `unit` and `off`. */
const DUE = `jsonb_to_recordset($1::jsonb) as off (below text, "except" text[], day date,
    "nextWorkday" date, "workdayBefore" date)
  cross join staff join unit on unit.id = staff.unit_id`
const MEANT = `staff.id = task.manager_id and task.status = 'open' and task.due_on = off.day
  and starts_with(unit.path, off.below)
  and not exists (select from unnest(off."except") as other (path) where starts_with(unit.path, other.path))`

/** How many open tasks are due on days off, and of how many people. */
export async function tasksOn(
  tx: Queries,
  daysOff: readonly DayOff[],
): Promise<{ readonly tasks: number; readonly people: number }> {
  const none = { tasks: 0, people: 0 }
  if (daysOff.length === 0) return none
  const [row] = await tx.$queryRawUnsafe<{ tasks: number; people: number }[]>(
    `select count(*)::int as tasks, count(distinct task.manager_id)::int as people
     from ${DUE} cross join task where ${MEANT}`,
    JSON.stringify(daysOff),
  )
  return row ?? none
}

/**
 * Moves open tasks from days off to the next workday; what must be settled by a day goes to the
 * workday before, where the next one is too late. Nobody put them off.
 */
export async function moveFrom(
  tx: Queries,
  daysOff: readonly DayOff[],
  actId: string,
  now: Date,
): Promise<void> {
  if (daysOff.length === 0) return
  await tx.$executeRawUnsafe(
    `with moved as (
       update task set due_on = case when answer_by < off."nextWorkday"
         then coalesce(off."workdayBefore", off."nextWorkday") else off."nextWorkday" end
       from ${DUE} where ${MEANT}
       returning task.id, off.day, task.due_on, task.due_time, task.manager_id, task.note
     )
     insert into task_move (id, act_id, task_id, from_due_on, to_due_on, from_time, from_manager_id,
       to_manager_id, from_note, moved_at, by_calendar)
     select ${NEW_ID}, $2::uuid, id, day, due_on, due_time, manager_id, manager_id, note, $3::timestamptz, true
     from moved`,
    JSON.stringify(daysOff),
    actId,
    now,
  )
}
