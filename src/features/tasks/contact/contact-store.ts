import { keepSnapshot, snapshotsOf } from '../../../bot/commands/undo-snapshot.ts'
import type { Day } from '../../../core/calendar/time.ts'
import { secret } from '../../../infra/database/encryption/secret.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { listed } from '../../../infra/database/quoted.ts'
import { CARE_EVENTS, type TaskKind } from '../../playbook/rules.ts'
import { placeIsFree, placeOf } from '../errands/errand.ts'
import type { NoNext } from '../rules.ts'
import { endTasks } from '../store.ts'

/** Why nobody contacts a client, and by which act; nulls: they may be contacted. */
interface Silence {
  readonly why: string | null
  readonly by: string | null
}

/** A client may be contacted again. */
export async function liftSilence(tx: Queries, clientId: string, actId: string): Promise<void> {
  const [was] = await tx.$queryRaw<Silence[]>`
    select do_not_contact as why, silenced_by as by from client where id = ${clientId}::uuid`
  const kept = was && { ...was, why: secret('note', was.why) }
  await keepSnapshot(tx, actId, 'do-not-contact', clientId, kept)
  await tx.$executeRaw`
    update client set do_not_contact = null, silenced_by = null where id = ${clientId}::uuid`
}

/** A task that a bar ended and whose reason still stands, with its day as it was. */
export interface Ended {
  readonly id: string
  readonly kind: TaskKind
  readonly dueOn: Day
}

/**
 * What do-not-contact ended, or another bar meanwhile, and may go on: the latest of a kind, where none
 * of it is open, and every errand, as far as its reason still stands. Not what an event of the calendar made: the
 * night makes that anew where it is still due.
 */
export const endedTasks = (tx: Queries, clientId: string, today: Day): Promise<Ended[]> =>
  tx.$queryRawUnsafe<Ended[]>(
    `select distinct on (${placeOf('task')}) task.id, task.kind, task.due_on::text as "dueOn"
     from task join client on client.id = task.client_id
       left join act as silence on silence.id = client.silenced_by
     where client.id = $1::uuid and task.status = 'cancelled'
       and (task.no_next in ('negative-list', 'exit-tier') or (task.no_next = 'do-not-contact'
         and task.closed_at >= coalesce(silence.at, task.closed_at)))
       and ${placeIsFree('task')}
       and case
         when task.reason in (${listed(CARE_EVENTS)}) then false
         when task.reason = 'need' then exists (select from need where need.client_id = client.id
           and need.status = 'open' and need.product = coalesce(task.product, need.product))
         when task.reason = 'referral' then exists (select from referral_entry as entry
           where entry.client_id = client.id and entry.status = 'accepted')
         when task.kind = 'campaign' then task.due_on >= $2::date
         else true end
     order by ${placeOf('task')}, task.closed_at desc, task.id desc`,
    clientId,
    today,
  )

/** Opens ended tasks again, each on its day. */
export async function reopen(tx: Queries, tasks: readonly Ended[]): Promise<void> {
  await tx.$executeRaw`
    update task set status = 'open', closed_at = null, closed_by = null, no_next = null,
      due_on = "dueOn"
    from jsonb_to_recordset(${JSON.stringify(tasks)}::jsonb) as ended (id uuid, "dueOn" date)
    where task.id = ended.id`
}

/** Ended tasks wait for another bar to be gone. */
export async function nowEndedBy(tx: Queries, tasks: readonly Ended[], bar: NoNext): Promise<void> {
  await tx.$executeRaw`
    update task set no_next = ${bar} where id = any(${tasks.map(({ id }) => id)}::uuid[])`
}

/** Sets when a client is not to be called; null: whenever the playbook allows. */
export async function setQuietHours(
  tx: Queries,
  clientId: string,
  hours: string | null,
  actId: string,
): Promise<void> {
  const [was] = await tx.$queryRaw<{ hours: string | null }[]>`
    select quiet_hours as hours from client where id = ${clientId}::uuid`
  await keepSnapshot(tx, actId, 'quiet-hours', clientId, was)
  await tx.$executeRaw`update client set quiet_hours = ${hours} where id = ${clientId}::uuid`
}

/** Takes back what an act said of contact: its silence, the lifting of one, and hours. */
export async function contactBack(tx: Queries, actId: string, now: Date): Promise<void> {
  await tx.$executeRaw`
    update client set do_not_contact = null, silenced_by = null where silenced_by = ${actId}::uuid`
  const silenced = await snapshotsOf<Silence>(tx, actId, 'do-not-contact')
  for (const { clientId, before } of silenced) {
    await tx.$executeRaw`
      update client set do_not_contact = ${secret('note', before.why)}, silenced_by = ${before.by}::uuid
      where id = ${clientId}::uuid`
  }
  // What had gone on, and what others planned for them meanwhile, ends as it did by the silence.
  for (const { clientId, before } of silenced) await endTasks(tx, clientId, before.by, now)
  for (const { clientId, before } of await snapshotsOf<{ hours: string | null }>(
    tx,
    actId,
    'quiet-hours',
  )) {
    await tx.$executeRaw`
      update client set quiet_hours = ${before.hours} where id = ${clientId}::uuid`
  }
}
