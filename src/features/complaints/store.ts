import type { Day } from '../../core/calendar/time.ts'
import { newId } from '../../core/ids.ts'
import { toDay } from '../../infra/database/columns.ts'
import { secret } from '../../infra/database/encryption/secret.ts'
import type { Queries } from '../../infra/database/index.ts'
import type { NoNext } from '../tasks/rules.ts'
import type { OpenComplaint } from './rules.ts'

interface Row extends Omit<OpenComplaint, 'dueOn'> {
  dueOn: Date
}

const toComplaint = (row: Row): OpenComplaint => ({ ...row, dueOn: toDay(row.dueOn) })

/** The open complaints of a client, the oldest first. */
export async function openComplaintsOf(tx: Queries, clientId: string): Promise<OpenComplaint[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select complaint.id, task.id as "taskId", client.id as "clientId",
      client.name as "clientName", about, about_staff_id as "aboutStaffId", complaint.due_on as "dueOn",
      manager_id as "managerId", staff.name as "managerName"
    from complaint join client on client.id = complaint.client_id
    join task on task.id = task_id join staff on staff.id = manager_id
    where complaint.client_id = ${clientId}::uuid and complaint.status = 'open'
    order by complaint.id`
  return rows.map(toComplaint)
}

/** Open complaints on the lists of everybody below a unit, the most pressing first. */
export async function openComplaintsBelow(
  tx: Queries,
  unitPath: string,
  most: number,
): Promise<OpenComplaint[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select complaint.id, task.id as "taskId", client.id as "clientId",
      client.name as "clientName", about, about_staff_id as "aboutStaffId", complaint.due_on as "dueOn",
      manager_id as "managerId", staff.name as "managerName"
    from complaint join client on client.id = complaint.client_id
    join task on task.id = task_id join staff on staff.id = manager_id
    join unit on unit.id = staff.unit_id
    where complaint.status = 'open' and starts_with(unit.path, ${unitPath})
    order by complaint.due_on, complaint.id limit ${most}`
  return rows.map(toComplaint)
}

/** Complaints that should have been settled before a day, with the unit of whose list they are on. */
export async function lateComplaints(
  tx: Queries,
  today: Day,
): Promise<(OpenComplaint & { readonly unitPath: string })[]> {
  const rows = await tx.$queryRaw<(Row & { unitPath: string })[]>`
    select complaint.id, task.id as "taskId", client.id as "clientId",
      client.name as "clientName", about, about_staff_id as "aboutStaffId", complaint.due_on as "dueOn",
      manager_id as "managerId", staff.name as "managerName", unit.path as "unitPath"
    from complaint join client on client.id = complaint.client_id
    join task on task.id = task_id join staff on staff.id = manager_id
    join unit on unit.id = staff.unit_id
    where complaint.status = 'open' and complaint.due_on < ${today}::date
    order by complaint.id`
  return rows.map((row) => ({ ...toComplaint(row), unitPath: row.unitPath }))
}

/** Puts a complaint on file, upon the client's open task of that kind. */
export async function insertComplaint(
  tx: Queries,
  complaint: {
    clientId: string
    registeredBy: string
    about: string
    aboutStaffId: string | null
    dueOn: Day
  },
  actId: string,
  now: Date,
): Promise<void> {
  const { clientId, registeredBy, about, aboutStaffId, dueOn } = complaint
  await tx.$executeRaw`
    insert into complaint (id, act_id, client_id, task_id, registered_by, about, about_staff_id,
      due_on, registered_at)
    select ${newId()}::uuid, ${actId}::uuid, client_id, id, ${registeredBy}::uuid, ${secret('note', about)},
      ${aboutStaffId}::uuid, ${dueOn}::date, ${now}::timestamptz
    from task
    where client_id = ${clientId}::uuid and kind = 'complaint' and status = 'open'`
}

/** Settles every open complaint of a client, and the task with them. */
export async function settleComplaints(
  tx: Queries,
  clientId: string,
  answer: string,
  /** Why nothing follows; null: something does. */
  noNext: NoNext | null,
  actId: string,
  now: Date,
): Promise<void> {
  await tx.$executeRaw`
    update complaint set status = 'closed', answer = ${secret('note', answer)}, closed_by = ${actId}::uuid,
      closed_at = ${now}::timestamptz
    where client_id = ${clientId}::uuid and status = 'open'`
  await tx.$executeRaw`
    update task set status = 'done', closed_by = ${actId}::uuid, closed_at = ${now}::timestamptz,
      no_next = ${noNext}
    where client_id = ${clientId}::uuid and kind = 'complaint' and status = 'open'`
}

/** Withdraws what an act registered, and opens again what it settled. */
export async function complaintsBack(tx: Queries, actId: string): Promise<void> {
  await tx.$executeRaw`update complaint set status = 'withdrawn' where act_id = ${actId}::uuid`
  await tx.$executeRaw`
    update complaint set status = 'open', answer = null, closed_by = null, closed_at = null
    where closed_by = ${actId}::uuid`
}
