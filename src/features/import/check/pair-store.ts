import type { Queries } from '../../../infra/database/index.ts'

/**
 * Finds rows of one import that are about one client: each later one is told the first. Where they say
 * different things of the client, none of them is taken.
 */
export async function pairRows(tx: Queries, importId: string): Promise<void> {
  await tx.$executeRaw`
    update import_row as later set first = paired.first
    from (
      select number, min(first) as first
      from (
        select number, min(number) over (partition by key) as first
        from import_row
        cross join unnest(case when account is null then keys else keys || ('account:' || account) end)
          as key
        where import_id = ${importId}::uuid and kind = 'client' and faults is null
      ) as keyed group by number
    ) as paired
    where later.import_id = ${importId}::uuid and later.number = paired.number
      and paired.first < later.number`
  await tx.$executeRaw`
    with differing as (
      select later.number, later.first
      from import_row as later join import_row as first
        on first.import_id = later.import_id and first.number = later.first
      where later.import_id = ${importId}::uuid and later.kind = 'client' and later.first is not null
        and (first.first is not null or exists (
          select from jsonb_each(later.says->'client' || (later.says->'facts')) as said
          join jsonb_each(first.says->'client' || (first.says->'facts')) as before using (key)
          where said.value <> before.value)
          or later.says->'phones'->0 <> first.says->'phones'->0)
    )
    update import_row set verdict = 'rejected', reason = 'differs'
    where import_id = ${importId}::uuid and number in (
      select number from differing union select first from differing)`
}
