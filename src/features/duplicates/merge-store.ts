import { newId } from '../../core/ids.ts'
import { encryptedRow } from '../../infra/database/encryption/columns.ts'
import type { Queries } from '../../infra/database/index.ts'
import { isErrand } from '../tasks/errands/errand.ts'

// Two files become one in five steps, all in one transaction:
// 1. The client that goes is kept as it is, with its open tasks, to be put back.
// 2. What must stand once only of one client is settled: of two open tasks of a kind the other's is closed.
// 3. Every row that points to the client that goes points to the one that stays, but for those that stand
//    there already (`same`): they are kept with the client that goes.
// 4. The client that goes is deleted, so that its numbers are free.
// 5. What the file that stays does not know is taken from the other.
// Taking apart runs backwards. What was done in between stays where it was done.

interface Follower {
  readonly table: string
  /** The column that points to the client. */
  readonly of: string
  /** What tells the row from others of the same client. */
  readonly key: string
  /** Holds between two rows, `moving` and `there`, of which one file can have one only. */
  readonly same?: string
}

const follower = (table: string, more: Partial<Follower> = {}): Follower => ({
  ...{ table, of: 'client_id', key: 'id' },
  ...more,
})
const paired = (table: string, key: string): Follower =>
  follower(table, { key, same: `there.${key} = moving.${key}` })

/** Every table that points to a client, but for what is the client's own state: a test knows of others. */
export const FOLLOWERS: readonly Follower[] = [
  paired('share', 'staff_id'),
  paired('department_share', 'unit_id'),
  paired('campaign_response', 'campaign_id'),
  paired('campaign_trial', 'campaign_id'),
  paired('negative_hit', 'entry_id'),
  paired('activity_guest', 'activity_id'),
  paired('target_list_row', 'list_id'),
  follower('client_phone', { same: 'secret_key(there.number) = secret_key(moving.number)' }),
  follower('relative', { same: 'there.kind = moving.kind and there.name = moving.name' }),
  follower('product_held', { same: 'there.product = moving.product' }),
  follower('client_document', { same: 'there.sha256 = moving.sha256' }),
  follower('tier_nomination', {
    same: 'there.role = moving.role and there.ended_at is null and moving.ended_at is null',
  }),
  follower('tier_change', { same: `there.status = 'pending' and moving.status = 'pending'` }),
  follower('erasure', { same: `there.status = 'asked' and moving.status = 'asked'` }),
  follower('client_merge', { of: 'kept_id' }),
  ...[
    ...['facility', 'client_note', 'file_change', 'fact_entry', 'task', 'outcome', 'need', 'visit'],
    ...[
      'owner_change',
      'past_share',
      'complaint',
      'enquiry',
      'referral_link',
      'referral_entry',
      'undo_snapshot',
      'reminder',
    ],
  ].map((table) => follower(table)),
]
/** What is the client's own: it goes with the client, and comes back with it. */
export const OWN = ['client_facts', 'client_tier'] as const

type Rows = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>

export interface Merge {
  readonly keptId: string
  readonly mergedId: string
  readonly actId: string
  readonly staffId: string
  readonly now: Date
}

/** Makes one file of two; resolves to the id under which they can be taken apart. */
export async function mergeFiles(tx: Queries, merge: Merge): Promise<string> {
  const { keptId, mergedId, now } = merge
  const before = await rowOf(tx, keptId)
  const merged = await rowOf(tx, mergedId)
  const tasks = await settleTasks(tx, merge)
  await tx.$executeRaw`
    update client_phone set preferred = false where client_id = ${mergedId}::uuid and preferred`
  await tx.$executeRaw`
    update referral_link set merged_from = client_id
    where client_id = ${mergedId}::uuid and merged_from is null`
  const moved: Record<string, string[]> = {}
  for (const each of FOLLOWERS) moved[each.table] = await move(tx, each, merge)
  const gone: Record<string, Rows[string]> = { client: [merged] }
  for (const { table, of } of [...FOLLOWERS, ...OWN.map((own) => follower(own))]) {
    gone[table] = await rowsOf(tx, table, of, mergedId)
  }
  await tx.$executeRaw`delete from client where id = ${mergedId}::uuid`
  await fillIn(tx, keptId, merged)
  const after = await rowOf(tx, keptId)
  const id = newId()
  await tx.$executeRaw`
    insert into client_merge (id, act_id, kept_id, merged_id, staff_id, moved, gone, tasks, before,
      after, merged_at)
    values (${id}::uuid, ${merge.actId}::uuid, ${keptId}::uuid, ${mergedId}::uuid,
      ${merge.staffId}::uuid, ${JSON.stringify(moved)}::jsonb, ${JSON.stringify(gone)}::jsonb,
      ${JSON.stringify(tasks)}::jsonb, ${JSON.stringify(before)}::jsonb,
      ${JSON.stringify(after)}::jsonb, ${now}::timestamptz)`
  return id
}

async function rowOf(tx: Queries, clientId: string): Promise<Rows[string][number]> {
  const [found] = await tx.$queryRaw<{ row: Rows[string][number] }[]>`
    select to_jsonb(client) as row from client where id = ${clientId}::uuid for update`
  if (!found) throw new Error(`there is no client ${clientId}`)
  return encryptedRow('client', found.row)
}

async function rowsOf(tx: Queries, table: string, of: string, id: string): Promise<Rows[string]> {
  const found = await tx.$queryRawUnsafe<{ row: Rows[string][number] }[]>(
    `select to_jsonb(${table}) as row from ${table} where ${of} = $1::uuid`,
    id,
  )
  return found.map(({ row }) => encryptedRow(table, row))
}

/** Moves what the file that stays does not have; resolves to the keys of what moved. */
async function move(tx: Queries, each: Follower, { keptId, mergedId }: Merge): Promise<string[]> {
  const { table, of, key, same = 'false' } = each
  const rows = await tx.$queryRawUnsafe<{ key: string }[]>(
    `update ${table} as moving set ${of} = $1::uuid
     where ${of} = $2::uuid
       and not exists (select from ${table} as there where there.${of} = $1::uuid and ${same})
     returning ${key}::text as key`,
    keptId,
    mergedId,
  )
  return rows.map(({ key }) => key)
}

/**
 * Closes open tasks of a kind that the file that stays has open too, and hands the others to its owner.
 * Resolves to the tasks as they were.
 */
async function settleTasks(tx: Queries, { keptId, mergedId, now }: Merge): Promise<Rows[string]> {
  const before = await tx.$queryRaw<{ row: Rows[string][number] }[]>`
    select to_jsonb(task) - 'note' as row from task
    where client_id = ${mergedId}::uuid and (status = 'open' or generated_for is not null)`
  await tx.$executeRawUnsafe(
    `update task set status = 'cancelled', closed_at = $1::timestamptz, no_next = 'merged'
     where client_id = $2::uuid and status = 'open' and not ${isErrand('task')} and exists (
       select from task as there where there.client_id = $3::uuid and there.status = 'open'
         and there.kind = task.kind and not ${isErrand('there')})`,
    now,
    mergedId,
    keptId,
  )
  await tx.$executeRaw`
    update task set generated_for = null
    where client_id = ${mergedId}::uuid and exists (
      select from task as there where there.client_id = ${keptId}::uuid and there.kind = task.kind
        and there.generated_for = task.generated_for)`
  await tx.$executeRaw`
    update task set manager_id = kept.owner_id
    from client as merged cross join client as kept
    where task.client_id = merged.id and merged.id = ${mergedId}::uuid and kept.id = ${keptId}::uuid
      and task.status = 'open' and task.manager_id = merged.owner_id`
  return before.map(({ row }) => row)
}

/** Takes from the client that went what the file that stays does not know; a wish to be left alone always. */
const fillIn = (tx: Queries, keptId: string, merged: object) => tx.$executeRaw`
  update client set
    kind = (array['prospect', 'lapsed', 'existing'])[greatest(
      array_position(array['prospect', 'lapsed', 'existing'], client.kind),
      array_position(array['prospect', 'lapsed', 'existing'], other.kind))],
    last_tier = case when client.kind = 'lapsed' and other.kind <> 'existing' then client.last_tier end,
    business_name = coalesce(client.business_name, other.business_name),
    id_kind = case when client.id_number is null then other.id_kind else client.id_kind end,
    id_number = coalesce(client.id_number, other.id_number),
    credit_code = coalesce(client.credit_code, other.credit_code),
    region_id = coalesce(client.region_id, other.region_id),
    cluster_id = coalesce(client.cluster_id, other.cluster_id),
    industry_id = coalesce(client.industry_id, other.industry_id),
    address = coalesce(client.address, other.address),
    wechat = coalesce(client.wechat, other.wechat),
    language = coalesce(client.language, other.language),
    credit_expires_on = coalesce(client.credit_expires_on, other.credit_expires_on),
    licence_ends_on = coalesce(client.licence_ends_on, other.licence_ends_on),
    quiet_hours = coalesce(client.quiet_hours, other.quiet_hours),
    do_not_contact = coalesce(client.do_not_contact, other.do_not_contact),
    negative_list = client.negative_list or other.negative_list,
    last_contact_on = greatest(client.last_contact_on, other.last_contact_on),
    last_visit_on = greatest(client.last_visit_on, other.last_visit_on),
    contacts = array(
      select distinct day from unnest(client.contacts || other.contacts) as day order by day desc limit 10),
    entered_at = least(client.entered_at, other.entered_at)
  from jsonb_populate_record(null::client, ${JSON.stringify(merged)}::jsonb) as other
  where client.id = ${keptId}::uuid`
