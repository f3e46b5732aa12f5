import type { Queries } from '../../../infra/database/index.ts'
import type { Range } from '../check/match-store.ts'
import { CLIENT_MEANT, isForeign, MET } from '../meant/store.ts'
import type { Importer } from '../rules.ts'

/**
 * Tells each row of past talks and visits the row of its book that brings the client, once it is known what becomes
 * of the clients.
 */
export const pairEvents = (tx: Queries, importId: string): Promise<number> =>
  tx.$executeRaw`
    update import_row as talk set first = brought.first
    from (
      select event.number, min(fresh.number) as first
      from import_row as event cross join unnest(event.keys) as said (key)
      join (
        select client.number, unnest(client.keys) as key from import_row as client
        where client.import_id = ${importId}::uuid and client.kind = 'client'
          and client.verdict in ('new', 'also', 'twice') and client.client_id is null
      ) as fresh on fresh.key = said.key
      where event.import_id = ${importId}::uuid and event.kind = 'history' and event.faults is null
      group by event.number
    ) as brought
    where talk.import_id = ${importId}::uuid and talk.number = brought.number`

/**
 * Says of each row of a range of past talks and visits which client it means and who did it; a client that this book
 * brings counts as one. What is on file already is `same`.
 */
export async function matchEvents(
  tx: Queries,
  { importId, after, last }: Range,
  { staffId, role, path }: Importer,
): Promise<void> {
  const own = role === 'manager' ? staffId : null
  await tx.$executeRaw`
    with batch as materialized (
      select number, says, keys, account, first, (says->>'on')::date as day, says->>'note' as note,
        lower(says->'owner'->>'code') as owner_code, name_key(says->'owner'->>'name') as owner_name
      from import_row
      where import_id = ${importId}::uuid and number > ${after} and number <= ${last}
        and kind = 'history' and faults is null and not written
    ), ${MET}, by_code as materialized (
      select asked.code, staff.id from (select distinct owner_code as code from batch) as asked
      join staff on lower(staff.code) = asked.code
    ), by_name as materialized (
      select asked.name, min(staff.id::text)::uuid as id from (select distinct owner_name as name from batch) as asked
      join staff on name_key(staff.name) = asked.name group by asked.name having count(*) = 1
    ), judged as (
      select batch.number, client.id as client_id,
        coalesce(coded.id, named.id, client.owner_id) as done_by,
        case
          when cardinality(met.clients) > 1 then 'two-clients'
          when client.id is null and fresh.number is null then 'no-client'
          when ${isForeign(path, own)} then 'foreign'
        end as reason,
        case says->>'what'
          when 'visit' then exists (select from visit where visit.client_id = client.id
            and visited_on = day and undone_at is null and secret_key(visit.note) = secret_key(coalesce(batch.note, '')))
          when 'need' then exists (select from need where need.client_id = client.id
            and product = says->>'product' and secret_key(need.note) is not distinct from secret_key(batch.note))
          else exists (select from outcome where outcome.client_id = client.id and logged_on = day
              and undone_at is null and outcome.kind = says->>'outcome')
            or exists (select from client_note where client_note.client_id = client.id
              and recorded_at::date = day and secret_key(text) = secret_key(batch.note))
        end as known
      from batch ${CLIENT_MEANT}
      left join lateral (
        select number from import_row as earlier
        where earlier.import_id = ${importId}::uuid and earlier.number = batch.first
          and verdict in ('new', 'also', 'twice') and client_id is null offset 0) as fresh on true
      left join by_code as coded on coded.code = owner_code
      left join by_name as named on named.name = owner_name
    )
    update import_row set client_id = judged.client_id, owner_id = judged.done_by, reason = judged.reason,
      verdict = case when judged.reason = 'foreign' then 'foreign'
        when judged.reason is not null then 'rejected'
        when judged.known then 'same' else 'new' end
    from judged where import_row.import_id = ${importId}::uuid and import_row.number = judged.number
      and import_row.number > ${after} and import_row.number <= ${last}`
}
