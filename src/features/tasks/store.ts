import type { Day } from '../../core/calendar/time.ts'
import { newId } from '../../core/ids.ts'
import { isContact, type Stage } from '../../core/outcome.ts'
import { batchPerTransaction } from '../../infra/batch.ts'
import { encryptedRow } from '../../infra/database/encryption/columns.ts'
import { secret } from '../../infra/database/encryption/secret.ts'
import type { Queries } from '../../infra/database/index.ts'
import { idsOf } from '../../infra/database/raw-statements.ts'
import { LATEST, rowsPerClient } from '../clients/per-client.ts'
import type { TaskKind } from '../playbook/rules.ts'
import { noteContacts } from './care/store.ts'
import { errandSql } from './errands/store.ts'
import type { NoNext, PlannedTask } from './rules.ts'

/** A task to be opened, and the act that opens it; null: no act of a person. */
export type OpeningTask = PlannedTask & {
  readonly managerId: string
  readonly clientId: string
  readonly product: string | null
  readonly amount: number | null
  readonly note: string | null
}

interface Opening {
  readonly task: OpeningTask
  readonly actId: string | null
  readonly now: Date
}

const open = batchPerTransaction(async (tx, openings: readonly Opening[]) => {
  const rows = openings.map(({ task, actId, now }) => {
    const { base = task.priority, asked = false } = task
    return encryptedRow('task', { ...task, id: newId(), base, asked, actId, now })
  })
  const json = JSON.stringify(rows)
  const replaced = tx.$executeRaw`
    update task set status = 'cancelled', closed_by = "actId", closed_at = "now",
      no_next = 'replaced'
    from jsonb_to_recordset(${json}::jsonb)
      as next ("clientId" uuid, kind text, reason text, "actId" uuid, "now" timestamptz)
    where task.client_id = "clientId" and task.kind = next.kind and task.status = 'open'
      and not ${errandSql('task')} and not ${errandSql('next')}`
  const inserted = tx.$executeRaw`
    insert into task (id, manager_id, client_id, kind, due_on, due_time, priority, base, asked, reason,
      attempt, product, amount, note, answer_by, opened_by, created_at)
    select id, "managerId", "clientId", kind, "dueOn", "dueTime", priority, base, asked, reason, attempt,
      product, amount, note, "answerBy", "actId", "now"
    from jsonb_to_recordset(${json}::jsonb) as next (
      id uuid, "managerId" uuid, "clientId" uuid, kind text, "dueOn" date, "dueTime" text, priority int,
      base int, asked bool, reason text, attempt int, product text, amount bigint, note text, "answerBy" date,
      "actId" uuid, "now" timestamptz)`
  await Promise.all([replaced, inserted])
  return openings.map(() => undefined)
})

/** Opens a task for a client; one of that kind which is open already makes way for it, but for errands. */
export const openTask = (
  tx: Queries,
  task: OpeningTask,
  actId: string | null,
  now: Date,
): Promise<undefined> => open(tx, { task, actId, now })

export interface LoggedOutcome {
  /** Null: what the client said closes none. */
  readonly taskId: string | null
  readonly clientId: string
  readonly staffId: string
  readonly actId: string
  readonly kind: string
  readonly stage: Stage
  readonly amount: number | null
  readonly product: string | null
  readonly agreedOn: Day | null
  /** The hour of that day, `HH:MM`; null: none was named. */
  readonly agreedAt: string | null
  readonly note: string | null
  readonly noNext: NoNext | null
  /** The campaign that it was for; null: none. */
  readonly campaignId: string | null
  /** The task was a visit. */
  readonly visit: boolean
  readonly today: Day
  readonly now: Date
}

/** Closes a task that is open with its outcome, and marks the client as contacted. */
export const closeWithOutcome = batchPerTransaction(
  async (tx, outcomes: readonly LoggedOutcome[]) => {
    const rows = outcomes.map((each) => encryptedRow('outcome', { ...each, id: newId() }))
    const closed = tx.$executeRaw`
    with logged as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as outcome (
        id uuid, "taskId" uuid, "clientId" uuid, "staffId" uuid, "actId" uuid, kind text,
        stage text, amount bigint, product text, "agreedOn" date, "agreedAt" text, note text, "noNext" text, "campaignId" uuid,
        today date, "now" timestamptz)
    ), closed as (
      update task set status = 'done', closed_by = "actId", closed_at = "now"
      from logged where task.id = "taskId" and status = 'open'
    )
    insert into outcome (id, act_id, task_id, client_id, staff_id, kind, stage, amount, product,
      next_on, next_time, note, no_next, campaign_id, logged_on, logged_at)
    select id, "actId", "taskId", "clientId", "staffId", kind, stage, amount, product, "agreedOn",
      "agreedAt", note, "noNext", "campaignId", today, "now"
    from logged`
    const contacted = noteContacts(
      tx,
      outcomes
        .filter(({ stage }) => isContact(stage))
        .map(({ clientId, today, visit }) => ({ clientId, on: today, visit })),
    )
    await Promise.all([closed, contacted])
    return outcomes.map(() => undefined)
  },
)

/** Nobody may market to the client any more: its open tasks are cancelled too, but for a complaint. */
export async function silence(
  tx: Queries,
  clientId: string,
  why: string,
  actId: string,
  now: Date,
): Promise<void> {
  await tx.$executeRaw`
    update client set do_not_contact = ${secret('note', why)}, silenced_by = ${actId}::uuid
    where id = ${clientId}::uuid and do_not_contact is null`
  await endTasks(tx, clientId, actId, now)
}

/** Ends what is open of a client whom nobody may contact, but for a complaint. */
export async function endTasks(
  tx: Queries,
  clientId: string,
  actId: string | null,
  now: Date,
): Promise<void> {
  await tx.$executeRaw`
    update task set status = 'cancelled', closed_by = ${actId}::uuid,
      closed_at = ${now}::timestamptz, no_next = 'do-not-contact', generated_for = null
    where client_id = ${clientId}::uuid and status = 'open' and kind <> 'complaint'`
}

/** Which of these kinds outcomes on file have. */
export async function kindsOnFile(tx: Queries, codes: readonly string[]): Promise<string[]> {
  if (codes.length === 0) return []
  const rows = await tx.$queryRaw<{ code: string }[]>`
    select code from unnest(${codes}::text[]) as code
    where exists (select from outcome where kind = code)`
  return rows.map(({ code }) => code)
}

/** A task that is open for a client. */
export interface OpenTask {
  readonly clientId: string
  readonly id: string
  readonly kind: TaskKind
  readonly dueOn: Day
  readonly dueTime: string | null
  readonly managerId: string
  /** Whether it is one of `isErrand`. */
  readonly errand: boolean
  readonly note: string | null
}

/** The open tasks of a client, the next first. */
export const openTasksOf = rowsPerClient(
  (tx, clientIds) => tx.$queryRaw<OpenTask[]>`
    select client_id::text as "clientId", id::text, kind, due_on::text as "dueOn",
      due_time as "dueTime", manager_id::text as "managerId",
      ${errandSql('task')} as errand, note
    from task where client_id = any(${clientIds}::uuid[]) and status = 'open' order by due_on, due_time, id`,
)

/** What a client said once. */
export interface PastOutcome {
  readonly clientId: string
  readonly kind: string
  readonly on: Day
  /** The name of whoever logged it. */
  readonly by: string
  /** Whole yuan. */
  readonly amount: number | null
  readonly product: string | null
  readonly note: string | null
}

/** What a client said lately, the latest first. */
export const latestOutcomesOf = rowsPerClient(
  (tx, clientIds) => tx.$queryRaw<PastOutcome[]>`
    select asked.id::text as "clientId", met.*
    from (select distinct unnest(${idsOf(clientIds)}) as id) as asked
    cross join lateral (
      select outcome.kind, logged_on::text as on, staff.name as by, outcome.amount::float8 as amount, product,
        note
      from outcome join staff on staff.id = staff_id
      where client_id = asked.id and (undone_at is null or stays)
      order by logged_at desc limit ${LATEST}
    ) as met`,
)
