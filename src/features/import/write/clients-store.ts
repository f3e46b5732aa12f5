import { pinyinOf } from '../../../core/identity/pinyin.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { NEW_ID } from '../../../infra/database/new-id.ts'
import { quoted } from '../../../infra/database/quoted.ts'
import { REGISTERS } from '../check/compare-store.ts'
import type { Range } from '../check/match-store.ts'

/** Who writes, by which act, when. */
export interface By {
  readonly staffId: string | null
  readonly actId: string
  readonly now: Date
}

/** Whether what a row says makes an existing client of whoever it means. */
export const SAYS_EXISTING = `(says->'client'->>'kind' = 'existing' or says->'facility' <> 'null'
  and (coalesce(says->'facility'->>'ends', 'infinity') >= says->>'asOf'
    or (says->'facility'->>'balance')::bigint > 0))`

/** The names of regions, clusters and industries that a range brings, by register. */
export async function placesIn(
  tx: Queries,
  { importId, after, last }: Range,
): Promise<ReadonlyMap<(typeof REGISTERS)[number], readonly string[]>> {
  const rows = await tx.$queryRaw<{ register: (typeof REGISTERS)[number]; names: string[] }[]>`
    select register, array_agg(distinct name) as names
    from import_row cross join lateral (values ('region', says->'client'->>'region'),
      ('cluster', says->'client'->>'cluster'), ('industry', says->'client'->>'industry'))
      as place (register, name)
    where import_id = ${importId}::uuid and number > ${after} and number <= ${last} and not written
      and kind = 'client' and (verdict = 'new' or verdict = 'changed' and changes ? register) and name is not null
    group by register`
  return new Map(rows.map(({ register, names }) => [register, names]))
}

/** How the names that a range brings are searched for in Latin letters. */
export async function spellNames(tx: Queries, { importId, after, last }: Range): Promise<string> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    select distinct coalesce(says->'client'->>'name', says->'client'->>'business_name') as name
    from import_row
    where import_id = ${importId}::uuid and number > ${after} and number <= ${last} and not written
      and kind = 'client' and (verdict = 'new' or verdict = 'changed' and changes ? 'name')`
  return JSON.stringify(rows.map(({ name }) => ({ name, ...pinyinOf(name) })))
}

/** Beside each row its entries of the registers, with the names that stand there; each name's key is made once. */
const PLACES = REGISTERS.map(
  (register) => `left join lateral (
    select register_entry.id, register_entry.name, register_entry.code
    from (select name_key(says->'client'->>${quoted(register)}) as key offset 0) as said
    join register_name on register_name.register = ${quoted(register)} and register_name.key = said.key
    join register_entry on register_entry.id = entry_id
    offset 0) as ${register} on true`,
).join(' ')

/** What a row says of a new client beside what stands in the client's own row, as changes of nothing. */
const BROUGHT = `(
  select jsonb_object_agg(key, jsonb_build_array(null, value)) from (
    select 'fact:' || key as key, value from jsonb_each(says->'facts')
    union all select 'phone:' || number, to_jsonb(number)
    from jsonb_array_elements_text(says->'phones') with ordinality as phone (number, place) where place > 1
    union all select 'held:' || code, to_jsonb(code) from jsonb_array_elements_text(says->'held') as code
    union all select * from (values ('note', says->'note'), ('facility', says->'facility')) as one (key, value)
    where value <> 'null'
  ) as brought)`

/** Puts the new clients of a range on file; resolves to their ids. */
export async function insertClients(
  tx: Queries,
  { importId, after, last }: Range,
  spelt: string,
  by: By,
): Promise<string[]> {
  const rows = await tx.$queryRawUnsafe<{ id: string }[]>(
    `with fresh as (
       update import_row set client_id = ${NEW_ID}, changes = ${BROUGHT}
       where import_id = $1::uuid and number > $2 and number <= $3 and kind = 'client' and verdict = 'new' and not written
       returning number, client_id, owner_id, says
     )
     insert into client (id, kind, name, business_name, pinyin, initials, phone, id_number, credit_code,
       address, wechat, language, licence_ends_on, credit_expires_on, source, source_detail,
       region_id, region, cluster_id, cluster, industry_id, industry, industry_code, owner_id, opened_by, entered_at)
     select client_id, case when ${SAYS_EXISTING} then 'existing' else 'prospect' end, spelt.name,
       says->'client'->>'business_name', spelt.pinyin, spelt.initials, says->'phones'->>0,
       says->'client'->>'id_number', says->'client'->>'credit_code', says->'client'->>'address',
       says->'client'->>'wechat', says->'client'->>'language',
       (says->'client'->>'licence_ends_on')::date, (says->'client'->>'credit_expires_on')::date,
       coalesce(says->'client'->>'source', 'list'), says->'client'->>'source_detail',
       region.id, region.name, cluster.id, cluster.name, industry.id, industry.name, industry.code, owner_id, $4::uuid, $5::timestamptz
     from fresh join jsonb_to_recordset($6::jsonb) as spelt (name text, pinyin text, initials text)
       on spelt.name = coalesce(says->'client'->>'name', says->'client'->>'business_name')
     ${PLACES}
     order by number
     returning id`,
    importId,
    after,
    last,
    by.actId,
    by.now,
    spelt,
  )
  return rows.map(({ id }) => id)
}
