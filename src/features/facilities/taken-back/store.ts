import type { Moment } from '../../../bot/moment.ts'
import { Prisma } from '../../../generated/client.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { NEW_ID } from '../../../infra/database/new-id.ts'
import { takeBackThanks } from '../../referrals/entries/tell-granted.ts'
import { retier } from '../../tiers/retier.ts'

/**
 * Keeps the facilities of clients, and what follows from them, as they are before an act or an import
 * changes them: what `restoreFacilities` puts back. Once for a client and act.
 */
export const keepFacilities = (
  tx: Queries,
  clientIds: readonly string[],
  actId: string,
): Promise<number> => tx.$executeRaw`
  insert into undo_snapshot (id, act_id, subject, client_id, before)
  select ${Prisma.raw(NEW_ID)}, ${actId}::uuid, 'facilities', client.id, jsonb_build_object(
    'client', jsonb_build_object('kind', kind, 'kind_since', kind_since, 'last_tier', last_tier,
      'credit_expires_on', credit_expires_on, 'loan_due_on', loan_due_on,
      'unused_since', unused_since, 'usage_fell_on', usage_fell_on),
    'facts', (select jsonb_build_object('credit_limit', credit_limit, 'usage_rate', usage_rate,
        'as_of', (select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(as_of)
          where key in ('creditLimit', 'usageRate')))
      from client_facts where client_id = client.id),
    'tier', (select to_jsonb(client_tier) from client_tier where client_id = client.id),
    'pending', (select id from tier_change where client_id = client.id and status = 'pending'),
    'facilities', (select coalesce(jsonb_agg(to_jsonb(facility) order by line_id nulls first), '[]')
      from facility where client_id = client.id))
  from client where id = any(${[...clientIds]}::uuid[]) and not exists (
    select from undo_snapshot as kept where kept.act_id = ${actId}::uuid
      and kept.subject = 'facilities' and kept.client_id = client.id)
  order by client.id`

/**
 * Holds, of a row `undo_snapshot` of an act, when facilities of its client were changed since by somebody
 * else, or a move of its tier was decided since.
 */
export const CHANGED_SINCE = `(
  exists (select from undo_snapshot as later where later.client_id = undo_snapshot.client_id
    and later.subject = 'facilities' and later.id > undo_snapshot.id
    and later.act_id <> undo_snapshot.act_id
    and not exists (select from act where act.id = later.act_id and act.undone_at is not null))
  or exists (select from facility where facility.client_id = undo_snapshot.client_id
    and facility.act_id is null and facility.recorded_at > all (
      select made.recorded_at from facility as made where made.act_id = undo_snapshot.act_id))
  or exists (select from tier_change where tier_change.client_id = undo_snapshot.client_id
    and tier_change.id > undo_snapshot.id and tier_change.decided_at is not null))`

/**
 * Puts the facilities of clients back as they were before an act or an import, with what followed from
 * them: limit and usage, what the client is, its tier, thanks that were not said yet. One whose facilities
 * were changed since stays. Resolves to the clients that were put back; their tasks are for whoever takes
 * the act back.
 */
export async function restoreFacilities(
  tx: Queries,
  actId: string,
  at: Moment,
): Promise<readonly string[]> {
  const kept = await tx.$queryRawUnsafe<{ clientId: string }[]>(
    `select client.id as "clientId" from undo_snapshot join client on client.id = client_id
     where act_id = $1::uuid and subject = 'facilities' and not ${CHANGED_SINCE}`,
    actId,
  )
  const clientIds = kept.map(({ clientId }) => clientId)
  if (clientIds.length === 0) return []
  await takeBackThanks(tx, clientIds)
  await restoreRows(tx, actId, clientIds)
  await restoreCredit(tx, actId, clientIds, at.now)
  await restoreTiers(tx, actId, clientIds)
  await tx.$executeRaw`
    delete from undo_snapshot where act_id = ${actId}::uuid and subject = 'facilities'
      and client_id = any(${clientIds}::uuid[])`
  await retier(tx, clientIds, at.today)
  return clientIds
}

/** What was kept of clients by an act. */
const keptOf = (actId: string, clientIds: readonly string[]) => Prisma.sql`
  select id, client_id, before from undo_snapshot
  where act_id = ${actId}::uuid and subject = 'facilities'
    and client_id = any(${[...clientIds]}::uuid[])`

async function restoreRows(tx: Queries, actId: string, clientIds: readonly string[]) {
  await tx.$executeRaw`
    delete from facility using (${keptOf(actId, clientIds)}) as kept
    where facility.client_id = kept.client_id and not exists (
      select from jsonb_array_elements(kept.before -> 'facilities') as row
      where (row ->> 'id')::uuid = facility.id)`
  await tx.$executeRaw`
    update facility set product = was.product, account = was.account, kind = was.kind,
      line_id = was.line_id, credit_limit = was.credit_limit, balance = was.balance,
      opened_on = was.opened_on, ends_on = was.ends_on, state = was.state, closed_on = was.closed_on,
      confirmed_by = was.confirmed_by, as_of = was.as_of, claim_id = was.claim_id,
      document_id = was.document_id, staff_id = was.staff_id, act_id = was.act_id,
      recorded_at = was.recorded_at
    from (${keptOf(actId, clientIds)}) as kept cross join lateral
      jsonb_populate_recordset(null::facility, kept.before -> 'facilities') as was
    where facility.id = was.id`
}

async function restoreCredit(
  tx: Queries,
  actId: string,
  clientIds: readonly string[],
  now: Date,
): Promise<void> {
  await tx.$executeRaw`
    update client set kind = was.kind, kind_since = was.kind_since, last_tier = was.last_tier,
      credit_expires_on = was.credit_expires_on, loan_due_on = was.loan_due_on,
      unused_since = was.unused_since, usage_fell_on = was.usage_fell_on
    from (${keptOf(actId, clientIds)}) as kept
    cross join lateral jsonb_populate_record(null::client, kept.before -> 'client') as was
    where client.id = kept.client_id`
  await tx.$executeRaw`
    update client_facts set credit_limit = was.credit_limit, usage_rate = was.usage_rate,
      as_of = (client_facts.as_of - array['creditLimit', 'usageRate']) || coalesce(was.as_of, '{}')
    from (${keptOf(actId, clientIds)}) as kept cross join lateral jsonb_populate_record(
      null::client_facts, nullif(kept.before -> 'facts', 'null')) as was
    where client_facts.client_id = kept.client_id`
  await tx.$executeRaw`
    update fact_entry set undone_at = ${now}::timestamptz
    where act_id = ${actId}::uuid and client_id = any(${[...clientIds]}::uuid[])
      and fact in ('creditLimit', 'usageRate') and undone_at is null`
}

/** The tier as it was; a move that nobody decided never was, and one that it took the place of waits again. */
async function restoreTiers(tx: Queries, actId: string, clientIds: readonly string[]) {
  await tx.$executeRaw`
    delete from tier_change using (${keptOf(actId, clientIds)}) as kept
    where tier_change.client_id = kept.client_id and tier_change.id > kept.id
      and tier_change.decided_at is null`
  await tx.$executeRaw`
    update tier_change set status = 'pending' from (${keptOf(actId, clientIds)}) as kept
    where tier_change.id = (kept.before ->> 'pending')::uuid and status = 'superseded'`
  await tx.$executeRaw`
    delete from client_tier where client_id = any(${[...clientIds]}::uuid[])`
  await tx.$executeRaw`
    insert into client_tier
    select was.* from (${keptOf(actId, clientIds)}) as kept
    cross join lateral jsonb_populate_record(null::client_tier, kept.before -> 'tier') as was
    where jsonb_typeof(kept.before -> 'tier') = 'object'`
}
