import type { Queries } from '../../../infra/database/index.ts'
import type { Range } from '../check/match-store.ts'
import { CLIENT_MEANT, isForeign, MET } from '../meant/store.ts'
import type { Importer } from '../rules.ts'

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
      select number, says, keys, account, (says->>'on')::date as day, says->>'note' as note
      from import_row
      where import_id = ${importId}::uuid and number > ${after} and number <= ${last}
        and kind = 'history' and faults is null and not written
    ), ${MET}, brought as (
      select distinct batch.number from batch cross join unnest(batch.keys) as key
      join (
        select unnest(keys) as key from import_row
        where import_id = ${importId}::uuid and kind = 'client'
          and verdict in ('new', 'also', 'twice') and client_id is null
      ) as fresh using (key)
    ), judged as (
      select batch.number, client.id as client_id,
        coalesce((select staff.id from staff where lower(staff.code) = lower(says->'owner'->>'code')),
          (select min(staff.id::text)::uuid from staff where name_key(staff.name) = name_key(says->'owner'->>'name')
            having count(*) = 1), client.owner_id) as done_by,
        case
          when cardinality(met.clients) > 1 then 'two-clients'
          when client.id is null and brought.number is null then 'no-client'
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
      left join brought on brought.number = batch.number
    )
    update import_row set client_id = judged.client_id, owner_id = judged.done_by, reason = judged.reason,
      verdict = case when judged.reason = 'foreign' then 'foreign'
        when judged.reason is not null then 'rejected'
        when judged.known then 'same' else 'new' end
    from judged where import_row.import_id = ${importId}::uuid and import_row.number = judged.number
      and import_row.number > ${after} and import_row.number <= ${last}`
}
