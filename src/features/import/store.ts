import { askerOf, pathOf } from '../../bot/policy.ts'
import type { Role } from '../../core/staff.ts'
import type { Language, Text } from '../../core/text.ts'
import type { Queries } from '../../infra/database/index.ts'
import { mayOf } from './lists/lists.ts'
import {
  type Counts,
  type Importer,
  type ImportKind,
  type ImportRecord,
  type ImportState,
  type Mapping,
  NO_COUNTS,
  NO_MAPPING,
  UNDER_WAY,
} from './rules.ts'

/** Where a book came from. */
export interface NewImport {
  readonly id: string
  readonly kind: ImportKind
  readonly staffId: string | null
  readonly channel: string | null
  readonly externalId: string | null
  readonly uploadId: string
}

/** Takes an upload of this person for a book that is to be read; false: there is no such file. */
export async function addImport(tx: Queries, of: NewImport, now: Date): Promise<boolean> {
  const added = await tx.$executeRaw`
    insert into import (id, kind, staff_id, channel, external_id, file_name, sha256, upload_id, state,
      started_at)
    select ${of.id}::uuid, ${of.kind}, staff_id, ${of.channel}, ${of.externalId}, name,
      coalesce(sha256, encode(sha256(bytes), 'hex')), id, 'reading', ${now}::timestamptz
    from upload where id = ${of.uploadId}::uuid and staff_id is not distinct from ${of.staffId}::uuid
      and length(bytes) > 0`
  return added > 0
}

interface Row extends Omit<ImportRecord, 'mapping' | 'counts'> {
  mapping: Partial<Mapping>
  counts: Partial<Counts>
}

const toRecord = (row: Row): ImportRecord => ({
  ...row,
  mapping: { ...NO_MAPPING, ...row.mapping },
  counts: { ...NO_COUNTS, ...row.counts },
})

/** An import; null: there is none of that id. */
export async function importById(tx: Queries, id: string): Promise<ImportRecord | null> {
  const [row] = await tx.$queryRaw<Row[]>`
    select id, kind, staff_id as "staffId", channel, external_id as "externalId", file_name as "fileName",
      upload_id as "uploadId", state, act_id as "actId", next, rows, mapping, counts, fault,
      started_at as "startedAt", confirmed_at as "confirmedAt", ended_at as "endedAt"
    from import where id = ${id}::uuid`
  return row ? toRecord(row) : null
}

/** Keeps others from deciding about an import meanwhile; false: somebody does, or a piece of it is being done. */
export async function holdImport(tx: Queries, id: string): Promise<boolean> {
  const held = await tx.$queryRaw<{ id: string }[]>`
    select id from import where id = ${id}::uuid for update skip locked`
  return held.length > 0
}

/** The import that is to be gone on with first; null: none is. */
export async function nextImport(tx: Queries): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    select id from import where state in ('reading', 'checking', 'running', 'undoing')
    order by state = 'reading', started_at, id limit 1`
  return row?.id ?? null
}

/** The name of a file that this person sent; null: there is none. */
export async function uploadNamed(
  tx: Queries,
  uploadId: string,
  staffId: string,
): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ name: string }[]>`
    select name from upload
    where id = ${uploadId}::uuid and staff_id = ${staffId}::uuid and length(bytes) > 0`
  return row?.name ?? null
}

/** How many books are being read, looked through or written. */
export const underWay = (tx: Queries): Promise<number> =>
  tx.import.count({ where: { state: { in: [...UNDER_WAY] } } })

/** How many are gone on with before this one. */
export async function aheadOf(tx: Queries, id: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ ahead: number }[]>`
    select count(*)::int as ahead from import as other join import as own on own.id = ${id}::uuid
    where other.state in ('reading', 'checking', 'running', 'undoing')
      and (other.started_at, other.id) < (own.started_at, own.id)`
  return row?.ahead ?? 0
}

/** Imports of a person, or (null) of operators, the latest first. */
export async function latestImports(
  tx: Queries,
  staffId: string | null,
  limit: number,
): Promise<ImportRecord[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id from import where staff_id is not distinct from ${staffId}::uuid
    order by started_at desc, id desc limit ${limit}`
  const found = await Promise.all(rows.map(({ id }) => importById(tx, id)))
  return found.filter((each) => each !== null)
}

/** Who an import is for as they are now; null: they left, or may import no more. */
export async function importerOf(
  tx: Queries,
  { staffId, kind }: Pick<ImportRecord, 'staffId' | 'kind'>,
): Promise<Importer | null> {
  if (staffId === null) return { staffId: null, name: null, role: null, path: '/', language: 'zh' }
  const [row] = await tx.$queryRaw<
    {
      id: string
      role: Role
      language: Language
      unitPath: string
      unitId: string
      code: string
      name: string
    }[]
  >`
    select staff.id, staff.code, staff.name, staff.role, staff.language, unit.id as "unitId",
      unit.path as "unitPath"
    from staff join unit on unit.id = staff.unit_id where staff.id = ${staffId}::uuid and staff.active`
  if (!row) return null
  const asker = askerOf(mayOf(kind), { ...row, standsInFor: [] })
  if (!asker.reach) return null
  const { name, role, language } = row
  return { staffId, name, role, language, path: pathOf(asker) }
}

/** What changes of an import in one step; what is absent stays. */
export interface Step {
  readonly state?: ImportState
  readonly next?: number
  readonly rows?: number
  readonly mapping?: Mapping
  readonly counts?: Counts
  /** Null: there is none any more. */
  readonly fault?: Text | null
  readonly actId?: string
  readonly confirmedAt?: Date
  readonly endedAt?: Date
}

/** Notes how far an import has come; a step that ended well sets its attempts back. */
export async function noteStep(tx: Queries, id: string, step: Step): Promise<void> {
  await tx.$executeRaw`
    update import set state = coalesce(${step.state ?? null}, state),
      next = coalesce(${step.next ?? null}::int, next), rows = coalesce(${step.rows ?? null}::int, rows),
      mapping = coalesce(${step.mapping ? JSON.stringify(step.mapping) : null}::jsonb, mapping),
      counts = coalesce(${step.counts ? JSON.stringify(step.counts) : null}::jsonb, counts),
      fault = case when ${step.fault === null} then null
        else coalesce(${step.fault ? JSON.stringify(step.fault) : null}::jsonb, fault) end,
      act_id = coalesce(${step.actId ?? null}::uuid, act_id),
      confirmed_at = coalesce(${step.confirmedAt ?? null}::timestamptz, confirmed_at),
      ended_at = coalesce(${step.endedAt ?? null}::timestamptz, ended_at), attempts = 0
    where id = ${id}::uuid`
}

/** Counts a step that is begun, before it is; resolves to how often it was. */
export async function countAttempt(tx: Queries, id: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ attempts: number }[]>`
    update import set attempts = attempts + 1 where id = ${id}::uuid returning attempts`
  return row?.attempts ?? 0
}

/** Who has a staff code and works here; null: nobody. */
export async function staffIdOf(tx: Queries, code: string): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    select id from staff where lower(code) = lower(${code}) and active`
  return row?.id ?? null
}

/** Stands in the audit for an operator without a staff code. */
const OPERATOR = '00000000-0000-0000-0000-000000000000'

/** Notes in the audit what was done on the server. */
export async function noteAct(
  tx: Queries,
  act: {
    readonly id: string
    readonly staffId: string | null
    readonly command: string
    readonly input: object
  },
  now: Date,
): Promise<void> {
  await tx.$executeRaw`
    insert into act (id, staff_id, channel, command, input, result, undoable, at)
    values (${act.id}::uuid, ${act.staffId ?? OPERATOR}::uuid, 'console', ${act.command},
      ${JSON.stringify(act.input)}::jsonb, 'done', false, ${now}::timestamptz)`
}
