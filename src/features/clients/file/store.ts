import { newId } from '../../../core/ids.ts'
import { encryptedRow, encryptedValue } from '../../../infra/database/encryption/columns.ts'
import type { Queries } from '../../../infra/database/index.ts'

/** Who writes on a file, by which act, when; null: a feed, or a visitor. */
export interface By {
  readonly staffId: string | null
  readonly actId: string | null
  readonly now: Date
}

/** The tables of a file whose rows have a history here. */
const TABLES = [
  'client_phone',
  'relative',
  'product_held',
  'client_document',
  'client_note',
] as const
export type FileTable = (typeof TABLES)[number]

/** A value of a column, or a row, by column or id. */
type Kept = ReadonlyMap<string, unknown>

async function columnsNow(tx: Queries, clientId: string): Promise<Kept> {
  const [row] = await tx.$queryRaw<{ columns: Record<string, unknown> }[]>`
    select to_jsonb(kept) as columns from (
      select name, business_name, pinyin, initials, id_kind, id_number, credit_code, address, wechat,
        language, licence_ends_on, credit_expires_on, source_detail, region_id, cluster_id, industry_id
      from client where id = ${clientId}::uuid
    ) as kept`
  return new Map(Object.entries(row?.columns ?? {}))
}

async function rowsNow(tx: Queries, table: FileTable, clientId: string): Promise<Kept> {
  const rows = await tx.$queryRawUnsafe<{ id: string; row: unknown }[]>(
    `select id::text, to_jsonb(${table}) as row from ${table} where client_id = $1::uuid`,
    clientId,
  )
  return new Map(rows.map(({ id, row }) => [id, row]))
}

/**
 * Runs what writes the client's own columns, or rows of one table of the file, and keeps what stood there
 * before: the history of the file, and what undo puts back. Resolves to whether anything changed.
 */
export async function keepHistory(
  tx: Queries,
  of: { readonly clientId: string; readonly table: FileTable | 'client' },
  by: By,
  write: () => Promise<unknown>,
): Promise<boolean> {
  const { clientId, table } = of
  const now = () => (table === 'client' ? columnsNow(tx, clientId) : rowsNow(tx, table, clientId))
  const before = await now()
  await write()
  const after = await now()
  const changes = [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const was = before.get(key) ?? null
    const is = after.get(key) ?? null
    if (JSON.stringify(was) === JSON.stringify(is)) return []
    const of = table === 'client' ? { subject: key, row: null } : { subject: table, row: key }
    return [{ ...of, before: was, after: is }]
  })
  await noteChanges(tx, clientId, changes, by)
  return changes.length > 0
}

/** Notes what was written on a file; `row`: the id of a row, null for a column of the client's own. */
export async function noteChanges(
  tx: Queries,
  clientId: string,
  changes: readonly (Pick<FileChange, 'subject' | 'before' | 'after'> & {
    readonly row: string | null
  })[],
  by: By,
): Promise<void> {
  const rows = changes.map(({ subject, row, before, after }) => {
    const kept = (value: unknown) =>
      row === null ? encryptedValue('client', subject, value) : encryptedRow(subject, value)
    return { ...{ id: newId(), subject, row }, before: kept(before), after: kept(after) }
  })
  await tx.$executeRaw`
    insert into file_change (id, act_id, client_id, staff_id, subject, row_id, before, after, recorded_at)
    select id, ${by.actId}::uuid, ${clientId}::uuid, ${by.staffId}::uuid, subject, "row",
      nullif(before, 'null'), nullif(after, 'null'), ${by.now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as change (
      id uuid, subject text, "row" uuid, before jsonb, after jsonb)`
}

interface Change {
  readonly id: string
  readonly clientId: string
  readonly subject: string
  readonly rowId: string | null
  /** A value, or a row. */
  readonly before: unknown
  readonly latest: boolean
}

/**
 * Puts back what an act wrote over, unless somebody wrote there again since. Resolves to the clients whose
 * files changed.
 */
export async function takeBackChanges(tx: Queries, actId: string, now: Date): Promise<string[]> {
  const changes = await tx.$queryRaw<Change[]>`
    update file_change as change set undone_at = ${now}::timestamptz
    where act_id = ${actId}::uuid and undone_at is null
    returning id, client_id as "clientId", subject, row_id as "rowId", before, not exists (
      select from file_change as later where later.client_id = change.client_id
        and later.subject = change.subject and later.row_id is not distinct from change.row_id
        and later.undone_at is null and later.id > change.id) as latest`
  const last = changes.filter(({ latest }) => latest)
  const columns = Map.groupBy(
    last.filter(({ rowId }) => rowId === null),
    ({ clientId }) => clientId,
  )
  for (const [clientId, of] of columns) {
    await putColumns(
      tx,
      clientId,
      Object.fromEntries(of.map((each) => [each.subject, each.before])),
    )
  }
  for (const table of TABLES) {
    const rows = last.filter((each) => each.subject === table && each.rowId !== null)
    if (rows.length > 0) await putRows(tx, table, rows)
  }
  return [...new Set(last.map(({ clientId }) => clientId))]
}

const putColumns = (tx: Queries, clientId: string, before: Record<string, unknown>) =>
  tx.$executeRaw`
    update client set name = kept.name, business_name = kept.business_name, pinyin = kept.pinyin,
      initials = kept.initials, id_kind = kept.id_kind, id_number = kept.id_number,
      credit_code = kept.credit_code, address = kept.address, wechat = kept.wechat,
      language = kept.language, licence_ends_on = kept.licence_ends_on,
      credit_expires_on = kept.credit_expires_on,
      source_detail = kept.source_detail, region_id = kept.region_id, cluster_id = kept.cluster_id,
      industry_id = kept.industry_id
    from client as now cross join lateral
      jsonb_populate_record(now, ${JSON.stringify(encryptedRow('client', before))}::jsonb) as kept
    where now.id = ${clientId}::uuid and client.id = now.id`

/** Rows are put back whole: nothing refers to one. */
async function putRows(tx: Queries, table: FileTable, changes: readonly Change[]): Promise<void> {
  await tx.$executeRawUnsafe(
    `delete from ${table} where id = any($1::uuid[])`,
    changes.map(({ rowId }) => rowId),
  )
  await tx.$executeRawUnsafe(
    `insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
    JSON.stringify(
      changes.flatMap(({ before }) => (before === null ? [] : [encryptedRow(table, before)])),
    ),
  )
}

/** Something that was changed on a file. */
export interface FileChange {
  readonly clientId: string
  /** A column of the client, or a table of the file. */
  readonly subject: string
  /** The value or the row as it was and is, by the names of its columns; null: there was none, it is gone. */
  readonly before: unknown
  readonly after: unknown
  /** The name of whoever changed it; null: a feed. */
  readonly by: string | null
  readonly at: Date
}

/** What was changed on a client's file, the latest first. */
export const changesOf = (tx: Queries, clientId: string, limit: number): Promise<FileChange[]> =>
  tx.$queryRaw<FileChange[]>`
    select change.client_id as "clientId", subject,
      coalesce(to_jsonb(entry_before.name), before) as before,
      coalesce(to_jsonb(entry_after.name), after) as after, staff.name as by, change.recorded_at as at
    from file_change as change left join staff on staff.id = change.staff_id
    left join register_entry as entry_before
      on subject in ('region_id', 'cluster_id', 'industry_id') and entry_before.id::text = before #>> '{}'
    left join register_entry as entry_after
      on subject in ('region_id', 'cluster_id', 'industry_id') and entry_after.id::text = after #>> '{}'
    where client_id = ${clientId}::uuid and undone_at is null
      and subject not in ('pinyin', 'initials', 'id_kind')
    order by change.id desc limit ${limit}`
