import type { Queries } from '../../../infra/database/index.ts'
import { NEW_ID } from '../../../infra/database/new-id.ts'
import { listed, quoted } from '../../../infra/database/quoted.ts'
import { FACT_NAMES, factColumn } from '../../tier-rules/facts.ts'
import { CLIENT_COLUMNS, FACT_OF_COLUMN, REGISTERS } from '../check/compare-store.ts'
import type { Range } from '../check/match-store.ts'
import type { By } from './clients-store.ts'

/** The rows of a range of which something is to be written. */
const ROWS = `import_row.import_id = $1::uuid and import_row.number > $2 and import_row.number <= $3
  and import_row.kind = 'client' and not written and verdict in ('new', 'changed') and changes is not null`

const args = ({ importId, after, last }: Range) => [importId, after, last] as const

const setColumns = CLIENT_COLUMNS.map((column) => {
  const type = column.endsWith('_on') ? '::date' : ''
  return `${column} = coalesce((changes->${quoted(column)}->>1)${type}, client.${column})`
}).join(', ')
const setPlaces = REGISTERS.map(
  (register) => `${register}_id = case when changes ? ${quoted(register)} then (select entry_id
    from register_name where register = ${quoted(register)}
      and key = name_key(changes->${quoted(register)}->>1))
    else client.${register}_id end`,
).join(', ')
const COLUMNS = `array[${listed([...CLIENT_COLUMNS, ...REGISTERS, 'kind'])}]`

/** Writes what a range changes of clients' own columns. `spelt` are its names in Latin letters. */
export async function changeClients(
  tx: Queries,
  range: Range,
  spelt: string,
  today: string,
): Promise<void> {
  await tx.$executeRawUnsafe(
    `update client set ${setColumns}, ${setPlaces},
       kind = case when changes ? 'kind' then 'existing' else client.kind end,
       kind_since = case when changes ? 'kind' then $5::date else kind_since end,
       last_tier = case when changes ? 'kind' then null else last_tier end,
       pinyin = coalesce(spelt.pinyin, client.pinyin), initials = coalesce(spelt.initials, client.initials)
     from import_row
     left join jsonb_to_recordset($4::jsonb) as spelt (name text, pinyin text, initials text)
       on spelt.name = changes->'name'->>1
     where ${ROWS} and client.id = import_row.client_id and changes ?| ${COLUMNS}`,
    ...args(range),
    spelt,
    today,
  )
}

/** Keeps what stood in columns of clients who were on file before. */
export async function keepColumns(tx: Queries, range: Range, by: By): Promise<void> {
  await tx.$executeRawUnsafe(
    `insert into file_change (id, act_id, client_id, staff_id, subject, before, after, recorded_at)
     select ${NEW_ID}, $4::uuid, client_id, $5::uuid,
       case when key in ('region', 'cluster', 'industry') then key || '_id' else key end,
       nullif(case key when 'region' then to_jsonb(region_id) when 'cluster' then to_jsonb(cluster_id)
         when 'industry' then to_jsonb(industry_id) else value->0 end, 'null'),
       case when key in ('region', 'cluster', 'industry') then to_jsonb((select entry_id from register_name
         where register = key and register_name.key = name_key(value->>1))) else value->1 end,
       $6::timestamptz
     from import_row join client on client.id = client_id cross join jsonb_each(changes) as change
     where ${ROWS} and verdict = 'changed' and key = any(${COLUMNS})
       and key not in ('kind', 'credit_expires_on')
     order by number`,
    ...args(range),
    by.actId,
    by.staffId,
    by.now,
  )
}

/** Puts the numbers of a range on files, the first that a row says as the one to call first. */
export async function addPhones(tx: Queries, range: Range, by: By): Promise<void> {
  await tx.$executeRawUnsafe(
    `with brought as (
       select client_id, change.value->>1 as number, says->'phones'->>0 = change.value->>1 as preferred, verdict
       from import_row cross join jsonb_each(changes) as change
       where ${ROWS} and starts_with(key, 'phone:')
     ), demoted as (
       update client_phone set preferred = false from brought
       where client_phone.client_id = brought.client_id and brought.preferred and client_phone.preferred
     ), added as (
       insert into client_phone (id, client_id, number, preferred, staff_id, act_id, recorded_at)
       select ${NEW_ID}, client_id, number, bool_or(preferred), $5::uuid, $4::uuid, $6::timestamptz
       from brought group by client_id, number
       on conflict (client_id, secret_key(number)) do update set person = null, state = 'ok',
         preferred = excluded.preferred, state_at = excluded.recorded_at, state_by = excluded.staff_id
       returning *
     )
     insert into file_change (id, act_id, client_id, staff_id, subject, row_id, after, recorded_at)
     select ${NEW_ID}, $4::uuid, added.client_id, $5::uuid, 'client_phone', added.id, to_jsonb(added),
       $6::timestamptz
     from added join brought on brought.client_id = added.client_id 
       and secret_key(brought.number) = secret_key(added.number)
     where verdict = 'changed'`,
    ...args(range),
    by.actId,
    by.staffId,
    by.now,
  )
}

const FACT_COLUMNS = FACT_NAMES.map(factColumn)

/** Writes the facts of a range, each with its history, and the day of which they are, also where they are the same. */
export async function writeFacts(tx: Queries, range: Range, by: By): Promise<void> {
  await tx.$executeRawUnsafe(
    `insert into fact_entry (id, act_id, client_id, staff_id, fact, before, after, recorded_at)
     select ${NEW_ID}, $4::uuid, client_id, $5::uuid, $7::jsonb->>substr(key, 6), nullif(value->0, 'null'),
       value->1, $6::timestamptz
     from import_row cross join jsonb_each(changes) as change
     where ${ROWS} and starts_with(key, 'fact:') order by number`,
    ...args(range),
    by.actId,
    by.staffId,
    by.now,
    FACT_OF_COLUMN,
  )
  await tx.$executeRawUnsafe(
    `with told as (
       select client_id, key, value, says->>'asOf' as day, $4::jsonb->>key as fact,
         coalesce(changes ? ('fact:' || key), false) as differs
       from import_row cross join jsonb_each(says->'facts')
       where import_id = $1::uuid and number > $2 and number <= $3 and kind = 'client' and not written
         and verdict in ('new', 'changed', 'same')
     ), one as (
       select client_id, jsonb_object_agg(key, value) filter (where differs) as facts,
         coalesce(jsonb_object_agg(fact, day order by day)
           filter (where coalesce(known.as_of->>fact, '') <= day), '{}') as days
       from told left join lateral (
         select as_of from client_facts where client_facts.client_id = told.client_id offset 0) as known on true
       group by client_id
     )
     insert into client_facts (client_id, ${FACT_COLUMNS.join(', ')}, as_of)
     select one.client_id, ${FACT_COLUMNS.map((column) => `said.${column}`).join(', ')}, days
     from one cross join lateral jsonb_populate_record(null::client_facts, coalesce(facts, '{}')) as said
     order by one.client_id
     on conflict (client_id) do update set ${FACT_COLUMNS.map(
       (column) => `${column} = coalesce(excluded.${column}, client_facts.${column})`,
     ).join(', ')}, as_of = client_facts.as_of || excluded.as_of`,
    ...args(range),
    FACT_OF_COLUMN,
  )
}

/** Puts the notes of a range on files. */
export async function addNotes(tx: Queries, range: Range, by: By): Promise<void> {
  await tx.$executeRawUnsafe(
    `insert into client_note (id, client_id, text, staff_id, act_id, recorded_at)
     select ${NEW_ID}, client_id, changes->'note'->>1, $5::uuid, $4::uuid, $6::timestamptz
     from import_row where ${ROWS} and changes ? 'note' order by number`,
    ...args(range),
    by.actId,
    by.staffId,
    by.now,
  )
}
