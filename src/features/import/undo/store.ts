import type { Queries } from '../../../infra/database/index.ts'

/** The act of an import that is to be taken back first: the one that wrote last. Null: all are. */
export async function lastAct(tx: Queries, importId: string): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ actId: string }[]>`
    select act_id as "actId" from import_row
    where import_id = ${importId}::uuid and written and act_id is not null and stays is null
    order by kind = 'history' desc, number desc limit 1`
  return row?.actId ?? null
}

/**
 * Of the clients whom an act of an import entered, those on whom something was built since, which stay with all that
 * the import wrote: their rows say so.
 */
export async function markBuiltUpon(
  tx: Queries,
  importId: string,
  actId: string,
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ clientId: string }[]>`
    update import_row set stays = 'built-upon'
    from client
    where import_id = ${importId}::uuid and import_row.act_id = ${actId}::uuid and written
      and import_row.kind = 'client' and client_id is not null and client.id = client_id and client.opened_by = ${actId}::uuid and (
        exists (select from outcome where outcome.client_id = client.id and undone_at is null)
        or exists (select from visit where visit.client_id = client.id and undone_at is null)
        or exists (select from need where need.client_id = client.id and status <> 'withdrawn')
        or exists (select from complaint where complaint.client_id = client.id)
        or exists (select from task where task.client_id = client.id
          and no_next is distinct from 'undone' and (status = 'done' or closed_by is not null
            or opened_by is not null and opened_by <> ${actId}::uuid))
        or exists (select from file_change where file_change.client_id = client.id and undone_at is null)
        or exists (select from fact_entry where fact_entry.client_id = client.id and undone_at is null
          and fact_entry.act_id is distinct from ${actId}::uuid)
        or exists (select from facility where facility.client_id = client.id
          and facility.act_id is distinct from ${actId}::uuid)
        or exists (select from client_note where client_note.client_id = client.id
          and client_note.act_id is distinct from ${actId}::uuid)
        or exists (select from client_document where client_document.client_id = client.id)
        or exists (select from share where share.client_id = client.id)
        or exists (select from department_share where department_share.client_id = client.id)
        or exists (select from owner_change where owner_change.client_id = client.id)
        or exists (select from tier_nomination where tier_nomination.client_id = client.id)
        or exists (select from referral_link where referral_link.client_id = client.id)
        or exists (select from referral_entry where referral_entry.client_id = client.id)
        or exists (select from activity_guest where activity_guest.client_id = client.id)
        or exists (select from erasure where erasure.client_id = client.id))
    returning client_id as "clientId"`
  return rows.map(({ clientId }) => clientId)
}

/** What is written of clients who stay is no longer of the act that is taken back, but of the yes. */
export async function keepOfStaying(
  tx: Queries,
  clientIds: readonly string[],
  { actId, yes }: { readonly actId: string; readonly yes: string },
): Promise<void> {
  const ids = [...clientIds]
  await tx.$executeRaw`
    update client set opened_by = ${yes}::uuid where id = any(${ids}::uuid[])`
  await tx.$executeRaw`
    update fact_entry set act_id = ${yes}::uuid
    where act_id = ${actId}::uuid and client_id = any(${ids}::uuid[])`
  await tx.$executeRaw`
    update undo_snapshot set act_id = ${yes}::uuid
    where act_id = ${actId}::uuid and client_id = any(${ids}::uuid[])`
  await tx.$executeRaw`
    update client_note set act_id = ${yes}::uuid
    where act_id = ${actId}::uuid and client_id = any(${ids}::uuid[])`
  await tx.$executeRaw`
    update product_held set act_id = ${yes}::uuid
    where act_id = ${actId}::uuid and client_id = any(${ids}::uuid[])`
}

/** Of the clients who were on file before, those of whom somebody changed the same since: that stays as it is now. */
export async function markChangedSince(
  tx: Queries,
  importId: string,
  actId: string,
): Promise<void> {
  await tx.$executeRaw`
    update import_row set stays = 'changed-since'
    where import_id = ${importId}::uuid and act_id = ${actId}::uuid and written and stays is null
      and verdict = 'changed' and client_id in (
        select own.client_id from file_change as own join file_change as later
          on later.client_id = own.client_id and later.subject = own.subject
            and later.row_id is not distinct from own.row_id and later.id > own.id
            and later.undone_at is null
        where own.act_id = ${actId}::uuid
        union
        select own.client_id from fact_entry as own join fact_entry as later
          on later.client_id = own.client_id and later.fact = own.fact and later.id > own.id
            and later.undone_at is null
        where own.act_id = ${actId}::uuid)`
}

/** Of clients whose facilities are as they were: what an act opened is cancelled, what it closed is open again. */
export async function takeBackTasks(
  tx: Queries,
  clientIds: readonly string[],
  { actId, yes }: { readonly actId: string; readonly yes: string },
  now: Date,
): Promise<void> {
  const ids = [...clientIds]
  await tx.$executeRaw`
    update task set status = 'cancelled', closed_by = ${yes}::uuid, closed_at = ${now}::timestamptz,
      no_next = 'undone', generated_for = null
    where opened_by = ${actId}::uuid and status = 'open' and client_id = any(${ids}::uuid[])`
  await tx.$executeRaw`
    update task set status = 'open', closed_by = null, closed_at = null, no_next = null
    where closed_by = ${actId}::uuid and client_id = any(${ids}::uuid[])`
}

/** Takes back what has no history of its own: products held, notes, and what a client became by a word alone. */
export async function takeBackRest(tx: Queries, importId: string, actId: string): Promise<void> {
  await tx.$executeRaw`delete from client_note where act_id = ${actId}::uuid`
  await tx.$executeRaw`delete from product_held where act_id = ${actId}::uuid`
  await tx.$executeRaw`
    update client set kind = case when changes ? 'kind' and not exists (
        select from facility where facility.client_id = client.id)
        then changes->'kind'->>0 else client.kind end,
      credit_expires_on = case when changes ? 'credit_expires_on'
        and to_jsonb(credit_expires_on) = changes->'credit_expires_on'->1
        then (changes->'credit_expires_on'->>0)::date else credit_expires_on end
    from import_row
    where import_id = ${importId}::uuid and act_id = ${actId}::uuid and written and verdict = 'changed'
      and client.id = client_id and changes ?| array['kind', 'credit_expires_on']`
}

/** Takes the clients whom an act entered off the file; resolves to those whom it changed. */
export async function takeOff(tx: Queries, importId: string, actId: string): Promise<string[]> {
  await tx.$executeRaw`delete from client where opened_by = ${actId}::uuid`
  const rows = await tx.$queryRaw<{ clientId: string }[]>`
    with undone as (
      update import_row set written = false
      where import_id = ${importId}::uuid and act_id = ${actId}::uuid and written
        and stays is distinct from 'built-upon'
      returning client_id, verdict
    )
    select distinct client_id as "clientId" from undone
    where client_id is not null and verdict = 'changed' and client_id in (select id from client)`
  return rows.map(({ clientId }) => clientId)
}

/** How many rows were taken back, and how many stay. */
export async function countUndone(
  tx: Queries,
  importId: string,
): Promise<{ readonly back: number; readonly stays: number }> {
  const [row] = await tx.$queryRaw<{ back: number; stays: number }[]>`
    select (count(*) filter (where stays is null))::int as back,
      (count(*) filter (where stays is not null))::int as stays
    from import_row where import_id = ${importId}::uuid and act_id is not null`
  return row ?? { back: 0, stays: 0 }
}
