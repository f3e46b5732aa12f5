import type { Queries } from '../../infra/database/index.ts'
import { FOLLOWERS, OWN } from './merge-store.ts'

/** Two files that became one and are so still. */
export interface Merged {
  readonly id: string
  readonly actId: string
  readonly keptId: string
  readonly keptName: string
  readonly mergedId: string
  /** Of the client that went: how it was called, and whose it was. */
  readonly mergedName: string
  readonly mergedOwnerId: string
  readonly by: string
  readonly at: Date
}

const SELECT = `
  select client_merge.id, client_merge.act_id as "actId", kept_id as "keptId",
    client.name as "keptName", merged_id as "mergedId", gone #>> '{client,0,name}' as "mergedName",
    (gone #>> '{client,0,owner_id}')::uuid as "mergedOwnerId", staff.name as by, merged_at as at
  from client_merge join client on client.id = kept_id
  join staff on staff.id = client_merge.staff_id`

/** What was merged into a client, the latest first: they are taken apart in this order. */
export const mergesInto = (tx: Queries, clientId: string): Promise<Merged[]> =>
  tx.$queryRawUnsafe<Merged[]>(
    `${SELECT} where kept_id = $1::uuid and undone_at is null order by client_merge.id desc`,
    clientId,
  )

export const mergesBy = (tx: Queries, actId: string): Promise<Merged[]> =>
  tx.$queryRawUnsafe<Merged[]>(
    `${SELECT} where client_merge.act_id = $1::uuid and undone_at is null`,
    actId,
  )

/** Numbers of the client that went which mean somebody else by now; they must be settled before. */
export const numbersTaken = (tx: Queries, mergeId: string): Promise<{ name: string }[]> =>
  tx.$queryRaw<{ name: string }[]>`
    with merge as (
      select kept_id, jsonb_populate_record(null::client, gone #> '{client,0}') as was, gone
      from client_merge where id = ${mergeId}::uuid
    )
    select distinct client.name from merge
    join client_identity on client_id <> kept_id and (
      kind = 'id' and key = secret_key((was).id_number)
      or kind = 'credit-code' and key = secret_key((was).credit_code)
      or kind = 'phone' and key in (
        select secret_key(number) from jsonb_populate_recordset(null::client_phone, gone -> 'client_phone')
        where person is null and state = 'ok'))
    join client on client.id = client_id`

/**
 * Takes two files apart: the client that went is back with what was its, unless somebody wrote over it
 * since, and what was done since stays with the one that stayed.
 */
export async function splitFiles(tx: Queries, merged: Merged, now: Date): Promise<void> {
  const { id, keptId, mergedId } = merged
  await putBackKept(tx, id)
  await tx.$executeRaw`
    insert into client
    select was.* from client_merge, jsonb_populate_record(null::client,
      gone #> '{client,0}' || '{"phone": null}') as was
    where client_merge.id = ${id}::uuid`
  for (const { table, of, key } of FOLLOWERS) {
    await tx.$executeRawUnsafe(
      `update ${table} set ${of} = $1::uuid
       where ${of} = $2::uuid and ${key}::text in (
         select jsonb_array_elements_text(moved -> $4) from client_merge where id = $3::uuid)`,
      mergedId,
      keptId,
      id,
      table,
    )
  }
  for (const table of [...FOLLOWERS.map((each) => each.table), ...OWN]) {
    await tx.$executeRawUnsafe(
      `insert into ${table}
       select was.* from client_merge,
         jsonb_populate_recordset(null::${table}, gone -> $2) as was
       where client_merge.id = $1::uuid`,
      id,
      table,
    )
  }
  await tx.$executeRaw`
    update client_phone set preferred = true
    from client_merge
    where client_merge.id = ${id}::uuid and client_phone.client_id = ${mergedId}::uuid
      and person is null and secret_key(number) = secret_key(gone #>> '{client,0,phone}')`
  await tx.$executeRaw`
    update referral_link set merged_from = null
    where client_id = ${mergedId}::uuid and merged_from = ${mergedId}::uuid`
  await tx.$executeRaw`
    update task set status = was.status, closed_at = was.closed_at, no_next = was.no_next,
      generated_for = was.generated_for, manager_id = was.manager_id
    from client_merge, jsonb_populate_recordset(null::task, tasks) as was
    where client_merge.id = ${id}::uuid and task.id = was.id
      and (task.no_next = 'merged' or task.status = 'open')`
  await tx.$executeRaw`
    update client_merge set undone_at = ${now}::timestamptz where id = ${id}::uuid`
}

/** Every column of the client that stayed which the merge wrote and nobody since. */
const putBackKept = (tx: Queries, mergeId: string) => tx.$executeRaw`
  update client set kind = was.kind, last_tier = was.last_tier, business_name = was.business_name,
    id_kind = was.id_kind, id_number = was.id_number, credit_code = was.credit_code,
    region_id = was.region_id, cluster_id = was.cluster_id, industry_id = was.industry_id,
    address = was.address, wechat = was.wechat, language = was.language,
    credit_expires_on = was.credit_expires_on, licence_ends_on = was.licence_ends_on,
    quiet_hours = was.quiet_hours, do_not_contact = was.do_not_contact,
    negative_list = was.negative_list, last_contact_on = was.last_contact_on,
    last_visit_on = was.last_visit_on, contacts = was.contacts, entered_at = was.entered_at
  from client as kept join client_merge on kept_id = kept.id
  cross join lateral (
    select coalesce(jsonb_object_agg(key, before -> key), '{}') as columns
    from jsonb_each(after) as written (key, value) where to_jsonb(kept) -> key = value
  ) as untouched
  cross join lateral jsonb_populate_record(kept, untouched.columns) as was
  where client_merge.id = ${mergeId}::uuid and client.id = kept.id`
