import type { Day } from '../../core/calendar/time.ts'
import { newId } from '../../core/ids.ts'
import { secret } from '../../infra/database/encryption/secret.ts'
import type { Queries } from '../../infra/database/index.ts'
import type { TaskKind } from '../playbook/rules.ts'
import { KEPT_DAYS, type Reminder } from './rules.ts'

export interface KeptReminder extends Reminder {
  readonly id: string
  readonly staffId: string
}

/** Keeps what somebody wants to be reminded of. */
export async function keepReminder(
  tx: Queries,
  { dueOn, dueTime, note, clientId }: Reminder,
  { staffId, actId, now }: { readonly staffId: string; readonly actId: string; readonly now: Date },
): Promise<void> {
  await tx.$executeRaw`
    insert into reminder (id, staff_id, client_id, due_on, due_time, note, act_id, made_at)
    values (${newId()}::uuid, ${staffId}::uuid, ${clientId}::uuid, ${dueOn}::date, ${dueTime}, ${secret('note', note)},
      ${actId}::uuid, ${now}::timestamptz)`
}

/** What these people are still to be reminded of on some days, by hour. */
export const remindersOf = (
  tx: Queries,
  staffIds: readonly string[],
  { from, until }: { readonly from: Day; readonly until: Day },
): Promise<KeptReminder[]> =>
  tx.$queryRaw<KeptReminder[]>`
    select reminder.id::text, staff_id::text as "staffId", due_on::text as "dueOn", due_time as "dueTime",
      note, client_id::text as "clientId", client.name as "clientName"
    from reminder left join client on client.id = client_id
    where staff_id = any(${[...staffIds]}::uuid[]) and reminded_at is null
      and due_on between ${from}::date and ${until}::date
    order by due_on, due_time, reminder.id`

/** One's own reminder that is still to come; null: there is none of this id. */
export async function ownReminder(
  tx: Queries,
  staffId: string,
  id: string,
): Promise<{ readonly id: string; readonly note: string } | null> {
  const [found] = await tx.$queryRaw<{ id: string; note: string }[]>`
    select id::text, note from reminder
    where id = ${id}::uuid and staff_id = ${staffId}::uuid and reminded_at is null for update`
  return found ?? null
}

export const dropReminder = (tx: Queries, id: string) =>
  tx.$executeRaw`delete from reminder where id = ${id}::uuid`

/** Takes back what an act kept, unless it was given. */
export const takeBackReminders = (tx: Queries, actId: string) =>
  tx.$executeRaw`delete from reminder where act_id = ${actId}::uuid and reminded_at is null`

/** Forgets what was given, or could not be, so many days ago. */
export const forgetReminders = (tx: Queries, today: Day) =>
  tx.$executeRaw`delete from reminder where due_on < ${today}::date - ${KEPT_DAYS}::int`

/** Somebody who works in a unit, and whether a chat reaches them. */
export interface Member {
  readonly id: string
  readonly name: string
  readonly reached: boolean
}

/** Who works in a unit and those below it, but for one. */
export const membersBelow = (tx: Queries, path: string, butFor: string): Promise<Member[]> =>
  tx.$queryRaw<Member[]>`
    select staff.id::text, staff.name, exists (
        select from account where staff_id = staff.id and reachable is not false
      ) as reached
    from staff join unit on unit.id = unit_id
    where staff.active and starts_with(unit.path, ${path}) and staff.id <> ${butFor}::uuid
    order by staff.code`

/** An appointment: a task with an hour, by whom it is worked. */
export interface Appointment {
  readonly taskId: string
  readonly dueOn: Day
  readonly dueTime: string
  readonly kind: TaskKind
  readonly clientName: string
}

/** The open tasks with an hour that these people have on some days. */
export const appointmentsOf = (
  tx: Queries,
  staffIds: readonly string[],
  { from, until }: { readonly from: Day; readonly until: Day },
): Promise<Appointment[]> =>
  tx.$queryRaw<Appointment[]>`
    select task.id::text as "taskId", due_on::text as "dueOn", due_time as "dueTime", task.kind,
      client.name as "clientName"
    from task join client on client.id = client_id
    where manager_id = any(${[...staffIds]}::uuid[]) and task.status = 'open' and due_time is not null
      and due_on between ${from}::date and ${until}::date
    order by due_on, due_time, task.id`

/** Whose day it is: their unit's path says which calendar holds. */
type Reaching = { readonly path: string }

/**
 * Open appointments of today at these hours that nobody was reminded of, with whoever works them: the manager, or who
 * stands in. Of who is muted or has left, none.
 */
export async function dueAppointments(
  tx: Queries,
  today: Day,
  { visits, others }: { readonly visits: readonly string[]; readonly others: readonly string[] },
): Promise<(Reaching & { readonly id: string; readonly readerId: string })[]> {
  return tx.$queryRaw<{ id: string; readerId: string; path: string }[]>`
    select task.id::text, reader.id::text as "readerId", unit.path
    from task left join absence on absence.staff_id = task.manager_id and cancelled_at is null
      and ${today}::date between from_day and until_day
    join staff as reader on reader.id = coalesce(absence.stand_in_id, task.manager_id)
    join unit on unit.id = reader.unit_id
    where task.status = 'open' and due_on = ${today}::date
      and due_time = any(case when task.kind = 'visit' then ${[...visits]}::text[] else ${[...others]}::text[] end)
      and reader.active and (muted_until is null or muted_until < ${today}::date)
      and not exists (select from message
        where once_key = 'soon:' || task.id || ':' || due_on || ' ' || due_time)
    order by due_time, task.id`
}

/** Reminders of today and before that were not given, of people who are here and not muted. */
export const dueReminders = (tx: Queries, today: Day): Promise<(KeptReminder & Reaching)[]> =>
  tx.$queryRaw<(KeptReminder & Reaching)[]>`
    select reminder.id::text, staff.id::text as "staffId", due_on::text as "dueOn",
      due_time as "dueTime", note, client_id::text as "clientId", client.name as "clientName", unit.path
    from reminder join staff on staff.id = staff_id join unit on unit.id = staff.unit_id
    left join client on client.id = client_id
    where reminded_at is null and due_on <= ${today}::date and staff.active
      and (muted_until is null or muted_until < ${today}::date)
      and not exists (select from absence where absence.staff_id = staff.id and cancelled_at is null
        and ${today}::date between from_day and until_day)
    order by due_on, due_time, reminder.id for update of reminder`

export const noteReminded = (tx: Queries, ids: readonly string[], now: Date) =>
  tx.$executeRaw`
    update reminder set reminded_at = ${now}::timestamptz where id = any(${[...ids]}::uuid[])`
