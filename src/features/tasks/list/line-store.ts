import type { Day } from '../../../core/calendar/time.ts'
import { batchPerTransaction } from '../../../infra/batch.ts'
import { toYuan } from '../../../infra/database/columns.ts'
import type { Queries } from '../../../infra/database/index.ts'
import type { TaskKind } from '../../playbook/rules.ts'
import type { Because } from '../care/priority-rules.ts'
import type { TaskReason } from '../rules.ts'

/** A task with what its line on the list says. */
export interface TaskLine {
  readonly id: string
  /** Who works it: the manager, or whoever stands in for them. */
  readonly readerId: string
  readonly managerId: string
  readonly clientId: string
  readonly status: 'open' | 'done' | 'cancelled'
  readonly kind: TaskKind
  readonly dueOn: Day
  /** The hour of that day, `HH:MM`; null: none is named. */
  readonly dueTime: string | null
  readonly priority: number
  readonly reason: TaskReason
  readonly attempt: number
  /** How often it was put off. */
  readonly postponed: number
  readonly product: string | null
  readonly amount: number | null
  readonly note: string | null
  readonly clientName: string
  readonly businessName: string | null
  readonly phone: string | null
  readonly tier: string | null
  readonly provisional: boolean
  /** The tier that waits for approval; null when none does. */
  readonly pendingTier: string | null
  readonly doNotContact: string | null
  readonly negativeList: boolean
  readonly creditExpiresOn: Day | null
  readonly loanDueOn: Day | null
  /** Null too where the task's reason is not that the client is quiet. */
  readonly usageRate: number | null
  readonly lastContactOn: Day | null
  /** The days that the contact ceiling counts, newest first. */
  readonly contacts: readonly Day[]
  readonly unusedSince: Day | null
  /** `12:00-14:00`; null: as the playbook says. */
  readonly quietHours: string | null
  /** What raised the priority most; null: nothing did. */
  readonly because: Because | null
  /** How far it was carried for being overdue; null or 0: not at all. */
  readonly escalation: number | null
  readonly last: {
    readonly kind: string
    readonly on: Day
    readonly note: string | null
  } | null
  /** Who recommended the client, for a referral. */
  readonly referrer: string | null
  /** For a complaint: the day by which it is to be settled. */
  readonly answerBy: Day | null
  /** Whose client it is, where that is not the reader. */
  readonly whose: string | null
  /** Who set the task, where that was somebody above. */
  readonly assignedBy: string | null
  /** The library has papers of the product. */
  readonly papers: boolean
}

/** What comes next on somebody's list, with its number there. */
export interface UpNext {
  readonly number: number
  readonly task: TaskLine
}

type Row = Omit<TaskLine, 'amount'> & { readonly amount: bigint | null }

/**
 * The columns of a line for the tasks in a table expression `picked (id, viewer, …)`; what few lines
 * say is looked up for those alone.
 */
const LINE = `
  select task.id, picked.viewer as "readerId", task.manager_id as "managerId", task.client_id as "clientId", task.status,
    task.kind, task.due_on::text as "dueOn", task.due_time as "dueTime", task.priority, task.reason, task.attempt, task.postponed,
    task.product, task.amount, task.note, client.name as "clientName", client.business_name as "businessName",
    client.phone, client_tier.tier, coalesce(client_tier.provisional, false) as provisional,
    waiting."to" as "pendingTier",
    client.do_not_contact as "doNotContact", client.negative_list as "negativeList",
    client.credit_expires_on::text as "creditExpiresOn", client.loan_due_on::text as "loanDueOn",
    case when task.reason = 'quiet' then (
      select usage_rate from client_facts where client_facts.client_id = client.id
    ) end as "usageRate",
    client.last_contact_on::text as "lastContactOn", coalesce(to_json(client.contacts), '[]') as contacts,
    client.unused_since::text as "unusedSince", client.quiet_hours as "quietHours", task.because, task.escalation,
    (
      select json_build_object('kind', kind, 'on', logged_on, 'note', note) from outcome
      where outcome.client_id = client.id and undone_at is null order by logged_at desc limit 1
    ) as last,
    case when task.kind = 'referral' then (
      select coalesce(staff.name, referrer.name)
      from referral_entry
      join referral_link on referral_link.id = referral_entry.link_id
      left join staff on staff.id = referral_link.staff_id
      left join client as referrer on referrer.id = referral_link.client_id
      where referral_entry.client_id = client.id
      order by referral_entry.entered_at desc limit 1
    ) end as referrer,
    task.answer_by::text as "answerBy",
    case when client.owner_id <> picked.viewer then (
      select name from staff where id = client.owner_id
    ) end as whose,
    case when task.reason = 'assigned' then (
      select name from act join staff on staff.id = act.staff_id
      where act.id = task.opened_by and staff.id <> task.manager_id
    ) end as "assignedBy",
    task.product is not null and exists (
      select from paper where paper.product = task.product and ended_at is null
    ) as papers
  from picked
  -- By key, however many of them the plan expects: of a small book all tasks are read else.
  join task on task.id = picked.id and task.id = any(array(select id from picked))
  join client on client.id = task.client_id
  left join client_tier on client_tier.client_id = client.id
  left join tier_change as waiting on waiting.client_id = client.id and waiting.status = 'pending'`

/**
 * The row itself, with no column that was not read: to copy so many, or to add one to them, is most of
 * what reading a line costs.
 */
const toLine = (row: Row): TaskLine => Object.assign(row, { amount: toYuan(row.amount) })

/**
 * What the lines of these tasks say to whom, in the order asked for. They are asked for in one value:
 * by the length of an array the statement would be planned anew, which takes longer than its work.
 */
export async function linesOf(
  tx: Queries,
  asked: readonly { readonly id: string; readonly readerId: string }[],
): Promise<TaskLine[]> {
  if (asked.length === 0) return []
  const rows = await tx.$queryRawUnsafe<Row[]>(
    `with picked as (
       select id, viewer, place
       from rows from (json_to_recordset($1::json) as (id uuid, "readerId" uuid))
         with ordinality as asked (id, viewer, place)
     ) ${LINE} order by picked.place`,
    JSON.stringify(asked),
  )
  return rows.map(toLine)
}

/** Whose lines, of which tasks. */
interface Reading {
  readonly readerId: string
  readonly ids: readonly string[]
}

async function readTasks(tx: Queries, asked: readonly Reading[]): Promise<TaskLine[][]> {
  const all = asked.flatMap(({ readerId, ids }) => ids.map((id) => ({ id, readerId })))
  const lines = new Map(
    (await linesOf(tx, all)).map((line) => [`${line.readerId} ${line.id}`, line]),
  )
  return asked.map(({ readerId, ids }) => ids.flatMap((id) => lines.get(`${readerId} ${id}`) ?? []))
}

/** The lines that one person reads, as `linesOf` gives them. */
export const linesFor = batchPerTransaction(readTasks)

/**
 * The tasks of these ids as their reader reads them, locked, in the order asked for; ids that are none
 * are left out.
 */
export const lockTasks = batchPerTransaction(async (tx, asked: readonly Reading[]) => {
  const ids = asked.flatMap((each) => each.ids)
  const [, tasks] = await Promise.all([
    tx.$queryRaw<
      unknown[]
    >`select id from task where id = any(${ids}::uuid[]) order by id for update`,
    readTasks(tx, asked),
  ])
  return tasks
})
