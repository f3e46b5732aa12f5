import type { Moment } from '../../../bot/moment.ts'
import type { Day } from '../../../core/calendar/time.ts'
import { newId } from '../../../core/ids.ts'
import { isContact, type OutcomeKind, SILENCES } from '../../../core/outcome.ts'
import { secret } from '../../../infra/database/encryption/secret.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { type Client, noMarketing } from '../../clients/rules.ts'
import { playbookOn } from '../../playbook/store.ts'
import { noteContacts } from '../care/store.ts'
import { type Next, nextAfter } from '../rules.ts'
import { openTask, silence } from '../store.ts'

/** A contact without a task on the list: what came of it, and what it was for. */
export interface LoggedContact {
  readonly client: Pick<Client, 'id' | 'tier' | 'doNotContact' | 'negativeList'>
  readonly kind: OutcomeKind
  readonly amount: number | null
  readonly product: string | null
  readonly agreedOn: Day | null
  /** The hour of that day, `HH:MM`; null: none was named. */
  readonly agreedAt: string | null
  readonly note: string | null
  /** Null: it was for no campaign. */
  readonly campaignId: string | null
}

/** What follows a contact by the playbook, as after a task of the list. */
export async function nextAfterContact(
  tx: Queries,
  {
    client,
    kind,
    agreedOn,
    agreedAt,
  }: Pick<LoggedContact, 'client' | 'kind' | 'agreedOn' | 'agreedAt'>,
  at: Moment,
): Promise<Next> {
  const [before] = await tx.$queryRaw<
    { attempt: number | null; contacts: Day[] | null; quietHours: string | null }[]
  >`
    select attempt, client.contacts::text[] as contacts, quiet_hours as "quietHours"
    from client left join task on task.client_id = client.id and task.kind = 'call'
      and task.status = 'open'
    where client.id = ${client.id}::uuid`
  return nextAfter(
    await playbookOn(tx, at.today),
    kind.code,
    {
      agreedOn,
      agreedAt,
      attempt: before?.attempt ?? 0,
      tier: client.tier,
      noMarketing: noMarketing(client),
      contacts: before?.contacts ?? [],
      quietHours: before?.quietHours ?? null,
    },
    at,
  )
}

/** Logs a contact and opens what follows it; an open campaign task of the client is done with it. */
export async function logContact(
  tx: Queries,
  contact: LoggedContact,
  next: Next,
  /** `managerId`: whose the next task is; absent: theirs. */
  by: { readonly staffId: string; readonly actId: string; readonly managerId?: string },
  at: Moment,
): Promise<void> {
  const { client, kind, note, amount, product } = contact
  const noNext = 'none' in next ? next.none : null
  await tx.$executeRaw`
    with task as (
      update task set status = 'done', closed_by = ${by.actId}::uuid, closed_at = ${at.now}::timestamptz
      where client_id = ${client.id}::uuid and kind = 'campaign' and status = 'open'
        and manager_id = ${by.staffId}::uuid returning id
    )
    insert into outcome (id, act_id, task_id, client_id, staff_id, kind, stage, amount, product,
      next_on, next_time, note, no_next, logged_on, logged_at, campaign_id)
    values (${newId()}::uuid, ${by.actId}::uuid, (select id from task), ${client.id}::uuid,
      ${by.staffId}::uuid, ${kind.code}, ${kind.stage}, ${amount}::bigint, ${product},
      ${contact.agreedOn}::date, ${contact.agreedAt}, ${secret('note', note)},
      ${noNext}, ${at.today}::date, ${at.now}::timestamptz, ${contact.campaignId}::uuid)`
  if (isContact(kind.stage)) {
    await noteContacts(tx, [{ clientId: client.id, on: at.today, visit: false }])
  }
  if (kind.code === SILENCES) {
    await silence(tx, client.id, note ?? '客户要求勿扰', by.actId, at.now)
  }
  if (!('task' in next)) return
  const planned = { ...next.task, managerId: by.managerId ?? by.staffId, clientId: client.id }
  await openTask(tx, { ...planned, product, amount, note }, by.actId, at.now)
}
