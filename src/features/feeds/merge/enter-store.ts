import { pinyinOf } from '../../../core/identity/pinyin.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { NEW_ID } from '../../../infra/database/new-id.ts'
import { quoted } from '../../../infra/database/quoted.ts'
import { REJECTED } from '../store.ts'
import type { Part } from './store.ts'

/** Why nobody comes on file by a staged row. */
export type Why =
  | 'two-clients'
  | 'other-paper'
  | 'no-name'
  | 'no-owner'
  | 'owner-unknown'
  | 'owner-left'
  | 'owner-no-manager'

/** A staged row of nobody on file. */
export interface Stranger {
  readonly line: number
  /** Its numbers: `phone:+86…`, `id:…`, `credit-code:…`, `core-number:…`. */
  readonly keys: readonly string[]
  readonly name: string
  readonly ownerId: string
  readonly why: Why | null
}

/** The rows of a part that mean nobody yet, with whom all of their numbers mean and what tells these apart. */
const STRANGERS = `
  asked as materialized (
    select line, cells, array_remove(array['phone:' || (cells->>'phone'), 'id:' || (cells->>'id_number'),
      'credit-code:' || (cells->>'credit_code'), 'core-number:' || (cells->>'core_number')], null) as keys
    from feed_row where load_id = $1::uuid and line > $2::int and line <= $3::int
      and client_id is null and key_kind <> ${quoted(REJECTED)}
  ), met as (
    select line, array_agg(distinct client_id) as clients from (
      select line, known.client_id from asked cross join unnest(keys) as named
      join client_identity as known
        on known.kind = split_part(named, ':', 1) and known.key = secret_key(split_part(named, ':', 2))
      union all
      select line, client.id from asked join client on core_number = cells->>'core_number'
    ) as each group by line
  ), judged as (
    select asked.*, clients[1] as client_id, cardinality(clients) as many,
      coalesce(secret_key(client.id_number) <> secret_key(cells->>'id_number')
        or secret_key(client.credit_code) <> secret_key(cells->>'credit_code')
        or client.core_number <> cells->>'core_number', false) as differs
    from asked left join met using (line) left join client on client.id = clients[1]
  )`

/** Gives rows that mean nobody by the number they are staged by the client whom their other numbers mean. */
export async function matchByOthers(tx: Queries, { loadId, after, last }: Part): Promise<void> {
  await tx.$executeRawUnsafe(
    `with ${STRANGERS}
     update feed_row set client_id = judged.client_id from judged
     where feed_row.load_id = $1::uuid and feed_row.line = judged.line and many = 1 and not differs`,
    ...[loadId, after, last],
  )
}

/** The rows of a part that mean nobody, in their order. */
export const strangersIn = (tx: Queries, { loadId, after, last }: Part): Promise<Stranger[]> =>
  tx.$queryRawUnsafe<Stranger[]>(
    `with ${STRANGERS}
     select line, keys, coalesce(cells->>'name', '') as name, coalesce(owner.id::text, '') as "ownerId",
       case when many > 1 then 'two-clients' when differs then 'other-paper'
         when cells->>'name' is null then 'no-name'
         when cells->>'owner_code' is null then 'no-owner'
         when owner.id is null then 'owner-unknown'
         when not owner.active then 'owner-left'
         when owner.role <> 'manager' then 'owner-no-manager' end as why
     from judged left join staff as owner on lower(owner.code) = lower(cells->>'owner_code')
     order by line`,
    ...[loadId, after, last],
  )

/** Puts prospects on file as their staged rows say; resolves to their ids. */
export async function insertStrangers(
  tx: Queries,
  loadId: string,
  strangers: readonly Stranger[],
  now: Date,
): Promise<string[]> {
  const rows = strangers.map(({ line, name, ownerId }) => {
    return { line, name, owner_id: ownerId, ...pinyinOf(name) }
  })
  const entered = await tx.$queryRawUnsafe<{ id: string }[]>(
    `insert into client (id, kind, name, business_name, pinyin, initials, phone, id_number, credit_code,
       core_number, address, licence_ends_on, source, owner_id, entered_at)
     select ${NEW_ID}, 'prospect', fresh.name, cells->>'business_name', pinyin, initials, cells->>'phone',
       cells->>'id_number', cells->>'credit_code', cells->>'core_number', cells->>'address',
       (cells->>'licence_ends_on')::date, 'list', owner_id, $3::timestamptz
     from jsonb_to_recordset($2::jsonb) as fresh (line int, name text, owner_id uuid, pinyin text, initials text)
     join feed_row on feed_row.load_id = $1::uuid and feed_row.line = fresh.line
     order by fresh.line
     on conflict do nothing
     returning id`,
    ...[loadId, JSON.stringify(rows), now],
  )
  return entered.map(({ id }) => id)
}
