import type { Moment } from '../../../bot/moment.ts'
import { type Asker, pathOf } from '../../../bot/policy.ts'
import type { Day } from '../../../core/calendar/time.ts'
import { toDay } from '../../../infra/database/columns.ts'
import type { Queries } from '../../../infra/database/index.ts'
import type { Playbook } from '../../playbook/rules.ts'
import { byCalendar, dateOf, TASK_UNIT } from '../care/sql.ts'
import { overdueBefore } from './rules.ts'

/** An overdue task as its lead reads of it. */
export interface Escalated {
  /** The lead or head that it is put to. */
  readonly chiefId: string
  readonly taskId: string
  readonly step: 2 | 3
  readonly clientName: string
  readonly businessName: string | null
  readonly managerName: string
  /** Of the manager's unit. */
  readonly unitPath: string
  readonly dueOn: Day
  /** The colleague of that lead with the fewest open tasks; null: there is nobody else. */
  readonly colleague: { readonly code: string; readonly name: string } | null
  /** How many are at this step for this lead, of which only the first are given. */
  readonly count: number
}

/** Tasks of a step that a card shows with their buttons. */
export const SHOWN = 8

interface Row extends Omit<Escalated, 'dueOn' | 'colleague'> {
  dueOn: Date
  code: string | null
  name: string | null
}

const toEscalated = ({ dueOn, code, name, ...row }: Row): Escalated => ({
  ...row,
  dueOn: toDay(dueOn),
  colleague: code && name ? { code, name } : null,
})

/** The nearest lead or head above a manager, as `chief (manager_id, chief_id, path)`. */
const CHIEFS = `chief as (
  select manager_id, chief_id, path from (
    select staff.id as manager_id, boss.id as chief_id, above.path,
      rank() over (partition by staff.id order by length(above.path) desc) as nearness
    from (select distinct manager_id from escalated) as whose
    join staff on staff.id = whose.manager_id
    join unit on unit.id = staff.unit_id
    join unit as above on starts_with(unit.path, above.path)
    join staff as boss on boss.unit_id = above.id and boss.active and boss.id <> staff.id
      and boss.role in ('lead', 'head')
  ) as ranked where nearness = 1)`

/** Of `escalated (task_id, manager_id, step)`, the first of each step for each chief. */
const shownSql = (today: Day) => `
  select placed.chief_id as "chiefId", placed.task_id as "taskId", placed.step,
    client.name as "clientName", client.business_name as "businessName",
    manager.name as "managerName", seat.path as "unitPath", task.due_on as "dueOn", colleague.code, colleague.name,
    placed.count
  from (
    select escalated.*, chief.chief_id, chief.path, task.client_id as about,
      count(*) over (partition by chief.chief_id, step)::int as count,
      row_number() over (partition by chief.chief_id, step order by task.priority desc, task.due_on,
        task.id) as place
    from escalated join chief using (manager_id) join task on task.id = escalated.task_id
    where step >= 2
  ) as placed
  join task on task.id = placed.task_id
  join client on client.id = task.client_id
  join staff as manager on manager.id = placed.manager_id
  join unit as seat on seat.id = manager.unit_id
  left join lateral (
    select staff.code, staff.name
    from staff join unit on unit.id = staff.unit_id
    where staff.active and staff.role = 'manager' and staff.id <> placed.manager_id
      and starts_with(unit.path, placed.path)
      and not exists (select from absence where absence.staff_id = staff.id
        and ${dateOf(today)} between from_day and until_day and cancelled_at is null)
    order by (select count(*) from task as open where open.manager_id = staff.id
      and open.status = 'open' and open.due_on <= ${dateOf(today)}), staff.code
    limit 1
  ) as colleague on placed.step = 3
  where place <= ${SHOWN}
  order by placed.chief_id, placed.step desc, place`

/**
 * Brings every overdue task to the step it is at; one that was put off goes back. Resolves to what
 * newly came to a lead, each step of a task once; only of those who work today. A complaint has a way to its lead of its own.
 */
export async function escalate(tx: Queries, playbook: Playbook, at: Moment): Promise<Escalated[]> {
  const { again, lead, reassign } = playbook.escalation
  const before = (count: number) =>
    byCalendar(at, TASK_UNIT, (workdays) => dateOf(overdueBefore(count, at.today, workdays)))
  const works = byCalendar(at, TASK_UNIT, (workdays) => `${workdays.isWorkday(at.today)}`)
  const rows = await tx.$queryRawUnsafe<Row[]>(
    `with reached as (
       select id, coalesce(escalation, 0) as was,
         case when due_on < ${before(reassign)} then 3 when due_on < ${before(lead)} then 2
           when due_on < ${before(again)} then 1 else 0 end as step
       from task where status = 'open' and kind <> 'complaint' and (due_on < ${before(again)} or escalation > 0)
         and ${works}
     ), moved as (
       update task set escalation = reached.step from reached
       where task.id = reached.id and task.status = 'open' and reached.step <> reached.was
       returning task.id as task_id, task.manager_id, reached.step, reached.was
     ), escalated as (
       select task_id, manager_id, step from moved where step > was
     ), ${CHIEFS}
     ${shownSql(at.today)}`,
  )
  return rows.map(toEscalated)
}

/** What stands at the lead's steps below a unit, put to one person. */
export async function escalatedBelow(tx: Queries, asker: Asker, today: Day): Promise<Escalated[]> {
  const rows = await tx.$queryRawUnsafe<Row[]>(
    `with escalated as (
       select task.id as task_id, task.manager_id, coalesce(task.escalation, 0) as step
       from task join staff on staff.id = task.manager_id join unit on unit.id = staff.unit_id
       where task.status = 'open' and task.escalation >= 2 and starts_with(unit.path, $2)
     ), chief as (
       select distinct manager_id, $1::uuid as chief_id, $2::text as path from escalated
     )
     ${shownSql(today)}`,
    asker.who.id,
    pathOf(asker),
  )
  return rows.map(toEscalated)
}

/** An open task of somebody below a unit; null when there is none of that id. */
export async function overdueTask(
  tx: Queries,
  taskId: string,
  unitPath: string,
): Promise<{
  readonly id: string
  readonly managerId: string
  readonly managerName: string
  readonly unitPath: string
  readonly clientName: string
  readonly note: string | null
} | null> {
  const [task] = await tx.$queryRaw<
    {
      id: string
      managerId: string
      managerName: string
      unitPath: string
      clientName: string
      note: string | null
    }[]
  >`
    select task.id, task.manager_id as "managerId", staff.name as "managerName",
      unit.path as "unitPath", client.name as "clientName", task.note
    from task join client on client.id = task.client_id join staff on staff.id = task.manager_id
    join unit on unit.id = staff.unit_id
    where task.id = ${taskId}::uuid and task.status = 'open'
      and starts_with(unit.path, ${unitPath}) for update of task`
  return task ?? null
}
