import type { Queries } from '../../../infra/database/index.ts'
import { CLIENT_MEANT, isForeign, MET } from '../meant/store.ts'
import type { Importer } from '../rules.ts'

/** Rows after one number, up to and including another. */
export interface Range {
  readonly importId: string
  readonly after: number
  readonly last: number
}

/** What a range brings of clients. */
interface RangeSays {
  /** The keyed hashes of their numbers. */
  readonly hashes: readonly string[]
  /** Whether rows are the first of their client, whether rows are about a client of an earlier row: of either, true. */
  readonly passes: readonly boolean[]
}

/** What is to be known of a range before its rows are matched: `passes` are the values of `again`, the first rows first. */
export async function lookInto(tx: Queries, range: Range): Promise<RangeSays> {
  const [row] = await tx.$queryRaw<{ hashes: string[] | null; passes: boolean[] | null }[]>`
    select array_agg(distinct hash) filter (where hash is not null) as hashes,
      array_agg(distinct first is not null order by first is not null) as passes
    from import_row left join lateral unnest(hashes) as hash on true
    where import_id = ${range.importId}::uuid and number > ${range.after} and number <= ${range.last}
      and kind = 'client'`
  return { hashes: row?.hashes ?? [], passes: row?.passes ?? [] }
}

/**
 * Says of each row of a range whom it means, whose they are to be, and whether it is taken at all; what was
 * written already or cannot be read is passed over, and what was said of it already is not written again. `listed` are
 * hashes on the negative list, `erased` of whoever had their file deleted. `again`: of the rows about a client of an earlier row, which come after all others; else
 * of those others.
 */
export async function matchRows(
  tx: Queries,
  { importId, after, last }: Range,
  { staffId, role, path }: Importer,
  {
    listed,
    erased,
    again,
  }: {
    readonly listed: readonly string[]
    readonly erased: readonly string[]
    readonly again: boolean
  },
): Promise<void> {
  const own = role === 'manager' ? staffId : null
  await tx.$executeRaw`
    with batch as materialized (
      select number, says, keys, hashes, account, first, lower(says->'owner'->>'code') as owner_code,
        name_key(says->'owner'->>'name') as owner_name
      from import_row
      where import_id = ${importId}::uuid and number > ${after} and number <= ${last}
        and kind = 'client' and faults is null and not written and reason is distinct from 'differs'
        and (first is not null) = ${again}
    ), ${MET}, worker as (
      select staff.id, lower(staff.code) as code, name_key(staff.name) as name, active,
        role = 'manager' as manages,
        starts_with(unit.path, ${path}) and staff.id = coalesce(${own}::uuid, staff.id) as within
      from staff join unit on unit.id = staff.unit_id
    ), by_code as materialized (
      select worker.* from (
        select distinct owner_code as code from batch where owner_code is not null) as asked (code)
      join worker on worker.code = asked.code
    ), by_name as materialized (
      select asked.name, count(*) filter (where active and manages and within) as able,
        count(*) as known, bool_or(active) as works, bool_or(active and manages) as managing,
        (array_agg(id) filter (where active and manages and within))[1] as id
      from (select distinct owner_name as name from batch where owner_name is not null) as asked (name)
      join worker on worker.name = asked.name group by asked.name
    ), judged as (
      select batch.number, batch.first as first_row, says->'facility' = 'null' and says->'held' = '[]' as bare,
        client.id as client_id,
        coalesce(client.owner_id, coded.id, named.id, ${own}::uuid) as owner_id,
        coalesce(client.owner_id <> coalesce(coded.id, named.id), false) as other_owner,
        case
          when cardinality(met.clients) > 1 then 'two-clients'
          when client.id is null and first.verdict in ('rejected', 'listed', 'foreign') then 'first-rejected'
          when ${isForeign(path, own)} then 'foreign'
          when held.client_id <> client.id or client.id is null and held.client_id is not null
            then 'account-elsewhere'
          when secret_key(client.id_number) <> secret_key(batch.says->'client'->>'id_number') then 'other-id'
          when secret_key(client.credit_code) <> secret_key(batch.says->'client'->>'credit_code') then 'other-code'
          when name_key(batch.says->'client'->>'name') not in
              (name_key(client.name), coalesce(name_key(client.business_name), ''))
            and coalesce(secret_key(client.id_number) <> secret_key(batch.says->'client'->>'id_number')
              or batch.says->'client'->>'id_number' is null or client.id_number is null, true)
            and coalesce(secret_key(client.credit_code) <> secret_key(batch.says->'client'->>'credit_code')
              or batch.says->'client'->>'credit_code' is null or client.credit_code is null, true)
            and held.client_id is null then 'other-name'
          when client.id is not null or batch.first is not null then null
          when batch.says->'client'->>'name' is null and batch.says->'client'->>'business_name' is null
            then 'no-name'
          when batch.hashes && ${[...listed]}::text[] and batch.says->'facility' = 'null'
            and batch.says->'client'->>'kind' is distinct from 'existing' then 'listed'
          when batch.hashes && ${[...erased]}::text[] and batch.says->'facility' = 'null'
            and batch.says->'client'->>'kind' is distinct from 'existing' then 'erased'
          when owner_code is not null and coded.id is null then 'owner-unknown'
          when owner_code is not null and not coded.active then 'owner-left'
          when owner_code is not null and not coded.manages then 'owner-no-manager'
          when owner_code is not null and not coded.within then 'owner-outside'
          when owner_code is not null and coded.name <> owner_name then 'owner-differs'
          when owner_code is not null then null
          when owner_name is not null and coalesce(named.known, 0) = 0 then 'owner-unknown'
          when named.able > 1 then 'owner-many'
          when owner_name is not null and not named.works then 'owner-left'
          when owner_name is not null and not named.managing then 'owner-no-manager'
          when owner_name is not null and named.able = 0 then 'owner-outside'
          when owner_name is null and ${own}::uuid is null then 'owner-missing'
        end as reason
      from batch ${CLIENT_MEANT}
      left join lateral (
        select client_id from facility where facility.account = batch.account offset 0) as held on true
      left join lateral (
        select verdict from import_row as earlier
        where earlier.import_id = ${importId}::uuid and earlier.number = batch.first offset 0) as first on true
      left join by_code as coded on coded.code = owner_code
      left join by_name as named on named.name = owner_name
    ), decided as (
      select *, case when reason in ('foreign', 'listed') then reason
        when reason is not null then 'rejected'
        when client_id is not null then 'same'
        when first_row is null then 'new'
        when bare then 'twice' else 'also' end as verdict
      from judged
    )
    update import_row set client_id = decided.client_id, owner_id = decided.owner_id, changes = null,
      reason = decided.reason, other_owner = decided.other_owner, verdict = decided.verdict
    from decided where import_row.import_id = ${importId}::uuid and import_row.number = decided.number
      and import_row.number > ${after} and import_row.number <= ${last}
      and (import_row.client_id, import_row.owner_id, import_row.reason, import_row.other_owner,
          case import_row.verdict when 'changed' then 'same' else import_row.verdict end)
        is distinct from (decided.client_id, decided.owner_id, decided.reason, decided.other_owner, decided.verdict)`
}

/** Forgets what was said of rows of a range about clients of earlier rows, until those are on file. */
export async function forgetAgain(tx: Queries, { importId, after, last }: Range): Promise<void> {
  await tx.$executeRaw`
    update import_row set verdict = null, reason = null, changes = null
    where import_id = ${importId}::uuid and number > ${after} and number <= ${last} and kind = 'client'
      and first is not null and not written and reason is distinct from 'differs'`
}
