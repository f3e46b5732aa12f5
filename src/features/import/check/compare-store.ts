import type { Queries } from '../../../infra/database/index.ts'
import { quoted } from '../../../infra/database/quoted.ts'
import { FACT_NAMES, factColumn } from '../../tier-rules/facts.ts'
import type { Range } from './match-store.ts'

/** Columns of `client` that a book may change. */
export const CLIENT_COLUMNS = [
  ...['name', 'business_name', 'id_number', 'credit_code', 'address', 'wechat', 'language'],
  ...['source_detail', 'licence_ends_on', 'credit_expires_on'],
] as const
export const REGISTERS = ['region', 'cluster', 'industry'] as const

/** By column, the name under which a fact's day and history are kept. */
export const FACT_OF_COLUMN = JSON.stringify(
  Object.fromEntries(FACT_NAMES.map((name) => [factColumn(name), name])),
)

const columnValues = CLIENT_COLUMNS.map(
  (column) => `(${quoted(column)}, to_jsonb(client.${column}), says->'client'->${quoted(column)})`,
).join(', ')
const registerValues = REGISTERS.map(
  (register) =>
    `(${quoted(register)}, client.${register}_id, to_jsonb(client.${register}),
      says->'client'->${quoted(register)})`,
).join(', ')

/**
 * What a row of an import says that is not on file, as (key, before, after), of `row`, `client`, `facts`, and `filed`,
 * which is all of `facts` by its columns.
 */
const DIFFERENCES = `
  select key, before, after from (values ${columnValues}) as of (key, before, after)
  where after is not null and before is distinct from after
    and not (key = 'name' and name_key(after #>> '{}')
      in (name_key(client.name), coalesce(name_key(client.business_name), '')))
    and not (key in ('id_number', 'credit_code')
      and coalesce(secret_key(before #>> '{}') = secret_key(after #>> '{}'), false))
    and not (key = 'business_name' and coalesce(name_key(before #>> '{}') = name_key(after #>> '{}'), false))
  union all
  select of.key, before, after from (values ${registerValues}) as of (key, now_id, before, after)
  left join register_name as known
    on known.register = of.key and known.key = name_key(after #>> '{}')
  where after is not null and (known.entry_id is null or now_id is distinct from known.entry_id)
  union all
  select 'fact:' || said.key, filed->said.key, said.value
  from jsonb_each(says->'facts') as said
  where nullif(filed->said.key, 'null') is distinct from said.value
    and coalesce(facts.as_of->>($1::jsonb->>said.key), '') <= says->>'asOf'
    and case when says->'vague' ? said.key then coalesce(abs((filed->>said.key)::date
      - (said.value #>> '{}')::date) > (says->'vague'->>said.key)::int, true) else true end
  union all
  select 'phone:' || number, null, to_jsonb(number)
  from jsonb_array_elements_text(says->'phones') as said (number)
  where not exists (select from client_phone
    where client_phone.client_id = client.id
      and secret_key(client_phone.number) = secret_key(said.number) and person is null
      and state = 'ok')
  union all
  select 'held:' || code, null, to_jsonb(code) from jsonb_array_elements_text(says->'held') as code
  where not exists (select from product_held
    where product_held.client_id = client.id and product = code and until is null)
  union all
  select 'note', null, says->'note' where says->>'note' is not null and not exists (
    select from client_note where client_note.client_id = client.id
      and secret_key(text) = secret_key(says->>'note'))
  union all
  select 'facility', now.facility, says->'facility'
  from (select says->'facility' as said) as asked
  left join lateral (
    select as_of, jsonb_build_object('account', account, 'product', product, 'kind', kind, 'limit',
      credit_limit, 'balance', balance, 'opened', opened_on, 'ends', ends_on) as facility
    from facility where facility.account = says->'facility'->>'account'
  ) as now on true
  where said <> 'null' and coalesce(now.as_of::text, '') <= says->>'asOf'
    and not coalesce(now.facility @> jsonb_strip_nulls(said), false)
  union all
  select 'kind', to_jsonb(client.kind), '"existing"'
  where client.kind = 'prospect' and says->'client'->>'kind' = 'existing' and says->'facility' = 'null'`

/**
 * Says of each row of a range whose client is on file what is to be changed. `again`: of the rows about a client of an
 * earlier row; else of all others.
 */
export async function compareRows(
  tx: Queries,
  { importId, after, last }: Range,
  again: boolean,
): Promise<void> {
  await tx.$executeRawUnsafe(
    `with compared as materialized (
       select number, (select jsonb_object_agg(key, jsonb_build_array(before, after))
         from (${DIFFERENCES}) as difference) as changes
       from import_row as row join client on client.id = row.client_id
       left join client_facts as facts on facts.client_id = client.id
       cross join lateral (select to_jsonb(facts) as filed offset 0) as facts_on_file
       where import_id = $2::uuid and number > $3 and number <= $4
         and row.kind = 'client' and verdict in ('same', 'changed') and not written
         and (first is not null) = $5
     )
     update import_row set changes = compared.changes,
       verdict = case when compared.changes is null then 'same' else 'changed' end
     from compared
     where import_row.import_id = $2::uuid and import_row.number = compared.number
       and import_row.number > $3 and import_row.number <= $4
       and import_row.changes is distinct from compared.changes`,
    FACT_OF_COLUMN,
    importId,
    after,
    last,
    again,
  )
}
