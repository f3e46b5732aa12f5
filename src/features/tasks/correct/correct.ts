import { keepSnapshot, snapshotsOf } from '../../../bot/commands/undo-snapshot.ts'
import { DEAD_NUMBER, isContact } from '../../../core/outcome.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { needsAgain, withdrawNeeds } from '../../needs/store.ts'
import { recountContacts } from '../care/store.ts'
import { numberLives } from '../contact/dead-number.ts'
import type { LoggedOutcome } from './logged-outcome.ts'

/** What a correction took back, so that its undoing brings it back. */
interface Corrected {
  readonly outcomeId: string
  readonly needs: readonly string[]
  /** Tasks that the first outcome had replaced: open again, or replaced by what follows now. */
  readonly reopened: readonly { readonly id: string; readonly by: string; readonly at: string }[]
}

/**
 * Takes back an outcome and what followed it, for its one task: its act may have logged others. The
 * task itself stays closed. `stays`: it was an attempt, which the history keeps.
 */
export async function takeBackOutcome(
  tx: Queries,
  { outcomeId, actId: first, clientId, kind, stage }: LoggedOutcome,
  stays: boolean,
  { staffId, actId, now }: { readonly staffId: string; readonly actId: string; readonly now: Date },
): Promise<void> {
  await tx.$executeRaw`
    update outcome set undone_at = ${now}::timestamptz, corrected_by = ${actId}::uuid,
      stays = ${stays} where id = ${outcomeId}::uuid`
  await tx.$executeRaw`
    update task set status = 'cancelled', closed_by = ${actId}::uuid,
      closed_at = ${now}::timestamptz, no_next = 'undone'
    where opened_by = ${first}::uuid and client_id = ${clientId}::uuid and status = 'open'`
  const reopened = await tx.$queryRaw<Corrected['reopened']>`
    with was as (
      select id, closed_by, closed_at from task
      where closed_by = ${first}::uuid and client_id = ${clientId}::uuid and status = 'cancelled'
        and no_next = 'replaced' and opened_by is distinct from ${first}::uuid
    )
    update task set status = 'open', closed_by = null, closed_at = null, no_next = null
    from was where was.id = task.id
    returning task.id::text, was.closed_by::text as by, was.closed_at::text as at`
  const needs = await withdrawNeeds(tx, first, clientId)
  const corrected: Corrected = { outcomeId, needs, reopened }
  await keepSnapshot(tx, actId, 'corrected', clientId, corrected)
  if (kind === DEAD_NUMBER) await numberLives(tx, clientId, first, { staffId, actId, now })
  if (isContact(stage)) await recountContacts(tx, [clientId])
}

/**
 * What an act corrected stands again, as it stood before. Goes before anything that the act closed is
 * open again: of a kind a client has one open task.
 */
export async function correctedBack(tx: Queries, actId: string): Promise<void> {
  for (const { before } of await snapshotsOf<Corrected>(tx, actId, 'corrected')) {
    await tx.$executeRaw`
      update outcome set undone_at = null, corrected_by = null, stays = false
      where id = ${before.outcomeId}::uuid`
    for (const { id, by, at } of before.reopened) {
      await tx.$executeRaw`
        update task set status = 'cancelled', closed_by = ${by}::uuid,
          closed_at = ${at}::timestamptz, no_next = 'replaced' where id = ${id}::uuid`
    }
    await needsAgain(tx, before.needs)
  }
}

/** An outcome, of a client, as it is named in an answer. */
export interface NamedOutcome {
  readonly clientName: string
  readonly kind: string
  readonly amount: bigint | null
  readonly note: string | null
}

/** What an act corrected, and what counts again without it. */
export const outcomesBefore = (tx: Queries, actId: string) =>
  tx.$queryRaw<NamedOutcome[]>`
    select client.name as "clientName", outcome.kind, outcome.amount, outcome.note
    from undo_snapshot join outcome on outcome.id = (before->>'outcomeId')::uuid
    join client on client.id = outcome.client_id
    where undo_snapshot.act_id = ${actId}::uuid and subject = 'corrected'
    order by outcome.id`

/** The ids of tasks that a correction, an act, opened again. */
export const REOPENED = `(
  select (task->>'id')::uuid from undo_snapshot, jsonb_array_elements(before->'reopened') as task
  where undo_snapshot.act_id = act.id and subject = 'corrected')`

/** Holds when an outcome of the act was corrected, or what it opened again was worked on. */
export const CORRECTED_SINCE = `
  exists (select from outcome where act_id = act.id and corrected_by is not null)
  or exists (select from task where id in ${REOPENED} and status <> 'open'
    and closed_by is distinct from act.id)`
