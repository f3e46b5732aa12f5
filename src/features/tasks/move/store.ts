import type { Day } from '../../../core/calendar/time.ts'
import { newId } from '../../../core/ids.ts'
import { secret } from '../../../infra/database/encryption/secret.ts'
import type { Queries } from '../../../infra/database/index.ts'

/** What a task becomes. */
export interface Moved {
  readonly taskId: string
  readonly dueOn: Day
  /** The hour of that day, `HH:MM`; null: none. */
  readonly dueTime: string | null
  readonly managerId: string
  readonly note: string | null
  /** As `task_move.skip_reason`; absent: it is no skipping. */
  readonly skipReason?: string | null
}

/** Puts a task off or gives it to somebody else, and notes what it was, so that it can be undone. */
export async function moveTask(
  tx: Queries,
  { taskId, dueOn, dueTime, managerId, note, skipReason = null }: Moved,
  actId: string,
  now: Date,
): Promise<void> {
  await tx.$executeRaw`
    insert into task_move (id, act_id, task_id, from_due_on, to_due_on, from_time,
      from_manager_id, to_manager_id, from_note, moved_at, skip_reason)
    select ${newId()}::uuid, ${actId}::uuid, id, due_on, ${dueOn}::date, due_time, manager_id,
      ${managerId}::uuid, note, ${now}::timestamptz, ${secret('note', skipReason)}
    from task where id = ${taskId}::uuid`
  await tx.$executeRaw`
    update task set postponed = postponed + (case when due_on < ${dueOn}::date then 1 else 0 end),
      due_on = ${dueOn}::date, due_time = ${dueTime}, manager_id = ${managerId}::uuid, note = ${secret('note', note)}
    where id = ${taskId}::uuid`
}

/** Gives a task to somebody else as it stands, and notes whose it was, so that it can be undone. */
export async function giveTask(
  tx: Queries,
  taskId: string,
  managerId: string,
  actId: string,
  now: Date,
): Promise<void> {
  await tx.$executeRaw`
    with moved as (
      insert into task_move (id, act_id, task_id, from_due_on, to_due_on, from_time,
        from_manager_id, to_manager_id, from_note, moved_at)
      select ${newId()}::uuid, ${actId}::uuid, id, due_on, due_on, due_time, manager_id,
        ${managerId}::uuid, note, ${now}::timestamptz
      from task where id = ${taskId}::uuid
    )
    update task set manager_id = ${managerId}::uuid where id = ${taskId}::uuid`
}

/** Takes back what an act moved; what the calendar moved only while it stands where it was moved to. */
export async function moveBack(tx: Queries, act: string, now: Date): Promise<void> {
  await tx.$executeRaw`
    update task set due_on = from_due_on, due_time = from_time, manager_id = from_manager_id, note = from_note,
      postponed = postponed - (case when from_due_on < to_due_on and not by_calendar then 1 else 0 end)
    from task_move
    where task_id = task.id and act_id = ${act}::uuid and undone_at is null and status = 'open'
      and (not by_calendar or due_on = to_due_on)`
  await tx.$executeRaw`
    update task_move set undone_at = ${now}::timestamptz where act_id = ${act}::uuid`
}
