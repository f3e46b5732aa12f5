import type { Queries } from '../../../infra/database/index.ts'
import type { Range } from '../check/match-store.ts'

/** Clients on file before whom a range changes: all of them, those with a new number, those who are existing now. */
export async function changedClients(
  tx: Queries,
  { importId, after, last }: Range,
): Promise<Readonly<Record<'ids' | 'numbers' | 'moved', readonly string[]>>> {
  const [row] = await tx.$queryRaw<Record<'ids' | 'numbers' | 'moved', string[] | null>[]>`
    select array_agg(distinct client_id) as ids, array_agg(distinct client_id) filter (
      where changes ?| array['id_number', 'credit_code'] or exists (
        select from jsonb_object_keys(changes) as key where starts_with(key, 'phone:'))) as numbers,
      array_agg(distinct client_id) filter (where changes ? 'kind') as moved
    from import_row
    where import_id = ${importId}::uuid and number > ${after} and number <= ${last} and not written
      and kind = 'client' and verdict = 'changed' and client_id is not null`
  return { ids: row?.ids ?? [], numbers: row?.numbers ?? [], moved: row?.moved ?? [] }
}

/** What a range was to write is written, by an act. */
export async function markWritten(
  tx: Queries,
  { importId, after, last }: Range,
  actId: string,
): Promise<void> {
  await tx.$executeRaw`
    update import_row set written = true, act_id = ${actId}::uuid
    where import_id = ${importId}::uuid and number > ${after} and number <= ${last} and not written
      and kind <> 'history' and verdict in ('new', 'changed')`
}
