import type { Queries } from '../../../infra/database/index.ts'
import type { Range } from '../check/match-store.ts'
import type { Judged, ListRow } from './list.ts'

/** Finds rows of one file about the same: those that say the same are repeated, of others only the first is taken. */
export async function pairListRows(tx: Queries, importId: string): Promise<void> {
  await tx.$executeRaw`
    update import_row as later set first = paired.first,
      verdict = case when later.says = paired.says then 'twice' else 'rejected' end,
      reason = case when later.says = paired.says then null else 'repeated' end
    from (
      select number, first_value(number) over own as first, first_value(says) over own as says
      from import_row where import_id = ${importId}::uuid and faults is null and keys <> '{}'
      window own as (partition by keys order by number)
    ) as paired
    where later.import_id = ${importId}::uuid and later.number = paired.number
      and paired.first < later.number`
}

/** The rows of a range that may be taken, in their order. */
export const listRows = (
  tx: Queries,
  { importId, after, last }: Range,
): Promise<ListRow<unknown>[]> =>
  tx.$queryRaw<ListRow<unknown>[]>`
    select number, line, says, client_id as "clientId", changes from import_row
    where import_id = ${importId}::uuid and number > ${after} and number <= ${last}
      and faults is null and first is null and not written order by number`

/** Notes what would become of rows. */
export async function putVerdicts(
  tx: Queries,
  importId: string,
  judged: readonly Judged[],
): Promise<void> {
  await tx.$executeRaw`
    update import_row as row set verdict = judged.verdict, client_id = judged."clientId",
      changes = judged.changes, faults = case when why is null then null else jsonb_build_array(why) end
    from jsonb_to_recordset(${JSON.stringify(judged)}::jsonb) as judged (
      number int, verdict text, "clientId" uuid, changes jsonb, why jsonb)
    where row.import_id = ${importId}::uuid and row.number = judged.number`
}

/** Keeps nothing of what written rows of a range say: it stands where it was written, or nowhere in clear. */
export async function forgetWritten(tx: Queries, { importId, after, last }: Range): Promise<void> {
  await tx.$executeRaw`
    update import_row set says = '{}', cells = '[]', keys = '{}'
    where import_id = ${importId}::uuid and number > ${after} and number <= ${last}
      and (written or verdict in ('same', 'twice'))`
}

/** The rows that an act wrote. */
export const rowsOfAct = (
  tx: Queries,
  importId: string,
  actId: string,
): Promise<ListRow<unknown>[]> =>
  tx.$queryRaw<ListRow<unknown>[]>`
    select number, line, says, client_id as "clientId", changes from import_row
    where import_id = ${importId}::uuid and act_id = ${actId}::uuid and written order by number`

/** Notes that an act was taken back, and which of its rows stay. */
export async function markUndone(
  tx: Queries,
  importId: string,
  {
    actId,
    stays,
    now,
  }: { readonly actId: string; readonly stays: readonly number[]; readonly now: Date },
): Promise<void> {
  await tx.$executeRaw`
    update import_row set written = number = any(${[...stays]}::int[]),
      stays = case when number = any(${[...stays]}::int[]) then 'changed-since' end
    where import_id = ${importId}::uuid and act_id = ${actId}::uuid and written`
  await tx.$executeRaw`
    update act set undone_at = ${now}::timestamptz where id = ${actId}::uuid`
}
