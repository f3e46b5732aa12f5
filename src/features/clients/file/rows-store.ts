import type { Day } from '../../../core/calendar/time.ts'
import { newId } from '../../../core/ids.ts'
import { secret } from '../../../infra/database/encryption/secret.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { rowsPerClient } from '../per-client.ts'
import type { By } from './store.ts'

/** Somebody of a client's household, or a guarantor. */
export interface Relative {
  readonly kind: 'household' | 'guarantor'
  readonly name: string
  /** What they are to the client; null: not said. */
  readonly relation: string | null
  /** E.164; null: none. */
  readonly phone: string | null
}

export const relativesOf = rowsPerClient(
  (tx, clientIds) => tx.$queryRaw<(Relative & { readonly clientId: string })[]>`
    select client_id as "clientId", kind, name, relation, phone from relative
    where client_id = any(${clientIds}::uuid[]) order by client_id, kind desc, recorded_at, id`,
)

/** Puts somebody on the file; of whoever is there already, what is given is written anew. */
export async function saveRelative(
  tx: Queries,
  clientId: string,
  { kind, name, relation, phone }: Relative,
  by: By,
): Promise<void> {
  await tx.$executeRaw`
    insert into relative (id, client_id, kind, name, relation, phone, staff_id, act_id, recorded_at)
    values (${newId()}::uuid, ${clientId}::uuid, ${kind}, ${name}, ${relation}, ${secret('phone', phone)},
      ${by.staffId}::uuid, ${by.actId}::uuid, ${by.now}::timestamptz)
    on conflict (client_id, kind, name) do update set
      relation = coalesce(excluded.relation, relative.relation),
      phone = coalesce(excluded.phone, relative.phone), staff_id = excluded.staff_id,
      act_id = excluded.act_id, recorded_at = excluded.recorded_at`
}

/** Takes somebody off the file; 0 when nobody of that name is on it. */
export const removeRelative = (
  tx: Queries,
  clientId: string,
  { kind, name }: Pick<Relative, 'kind' | 'name'>,
): Promise<number> =>
  tx.$executeRaw`
    delete from relative where client_id = ${clientId}::uuid and kind = ${kind}
      and name_key(name) = name_key(${name})`

/** A product that a client holds or held. */
export interface Held {
  /** A code of the catalogue. */
  readonly product: string
  readonly since: Day | null
  /** The last day on which it was held; null: it is. */
  readonly until: Day | null
  readonly toldBy: 'feed' | 'import' | 'person'
  /** The business day of which it is true. */
  readonly asOf: Day
}

/** The name of whoever said so; null: a feed. */
export interface HeldOnFile extends Held {
  readonly by: string | null
}

export const heldOf = rowsPerClient(
  (tx, clientIds) => tx.$queryRaw<(HeldOnFile & { readonly clientId: string })[]>`
    select client_id as "clientId", product, since::text, until::text, told_by as "toldBy",
      as_of::text as "asOf", staff.name as by
    from product_held left join staff on staff.id = staff_id where client_id = any(${clientIds}::uuid[])
    order by client_id, until desc nulls first, since desc nulls last, product`,
)

/** Puts products on files, or anew over the same. */
export async function saveHeld(
  tx: Queries,
  held: readonly (Held & { readonly clientId: string })[],
  by: By,
): Promise<void> {
  const rows = held.map((each) => ({ id: newId(), ...each }))
  await tx.$executeRaw`
    insert into product_held (id, client_id, product, since, until, told_by, as_of, staff_id, act_id,
      recorded_at)
    select id, "clientId", product, since, until, "toldBy", "asOf", ${by.staffId}::uuid,
      ${by.actId}::uuid, ${by.now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as held (
      id uuid, "clientId" uuid, product text, since date, until date, "toldBy" text, "asOf" date)
    on conflict (client_id, product) do update set
      since = coalesce(excluded.since, product_held.since), until = excluded.until,
      told_by = excluded.told_by, as_of = excluded.as_of, staff_id = excluded.staff_id,
      act_id = excluded.act_id, recorded_at = excluded.recorded_at`
}

export const DOCUMENT_KINDS = [
  'licence',
  'identity',
  'premises',
  'property',
  'statement',
  'contract',
  'other',
] as const
export type DocumentKind = (typeof DOCUMENT_KINDS)[number]

/** A document or photo on a client's file; `uploadId` is where its bytes are. */
export interface NewDocument {
  readonly name: string
  readonly kind: DocumentKind
  readonly uploadId: string
  /** SHA-256 of the bytes as they came, in hex. */
  readonly sha256: string
  /** In bytes, as it came. */
  readonly size: number
  /** The last day on which it is valid; null: no end, or not said. */
  readonly validUntil: Day | null
}

export interface ClientDocument extends NewDocument {
  readonly id: string
  /** The name of whoever sent it; null: nobody did. */
  readonly by: string | null
  readonly at: Date
}

export const documentsOf = rowsPerClient(
  (tx, clientIds) => tx.$queryRaw<(ClientDocument & { readonly clientId: string })[]>`
    select document.id, client_id as "clientId", document.name, kind, upload_id as "uploadId", sha256,
      size, valid_until::text as "validUntil", staff.name as by, recorded_at as at
    from client_document as document left join staff on staff.id = staff_id
    where client_id = any(${clientIds}::uuid[]) order by client_id, document.id desc`,
)

/** Puts a document on the file; false when the same bytes are on it already. */
export async function addDocument(
  tx: Queries,
  clientId: string,
  document: NewDocument,
  by: By,
): Promise<boolean> {
  const { name, kind, uploadId, sha256, size, validUntil } = document
  const added = await tx.$executeRaw`
    insert into client_document (id, client_id, name, kind, upload_id, sha256, size, valid_until,
      staff_id, act_id, recorded_at)
    values (${newId()}::uuid, ${clientId}::uuid, ${name}, ${kind}, ${uploadId}::uuid, ${sha256},
      ${size}, ${validUntil}::date, ${by.staffId}::uuid, ${by.actId}::uuid, ${by.now}::timestamptz)
    on conflict (client_id, sha256) do nothing`
  return added > 0
}

/** What somebody noted of a client. */
export interface ClientNote {
  readonly text: string
  /** The name of whoever noted it; null: it was imported. */
  readonly by: string | null
  readonly at: Date
}

export const notesOf = rowsPerClient(
  (tx, clientIds) => tx.$queryRaw<(ClientNote & { readonly clientId: string })[]>`
    select client_id as "clientId", text, staff.name as by, recorded_at as at
    from client_note left join staff on staff.id = staff_id
    where client_id = any(${clientIds}::uuid[]) order by client_id, recorded_at desc, client_note.id desc`,
)

export async function addNote(tx: Queries, clientId: string, text: string, by: By): Promise<void> {
  await tx.$executeRaw`
    insert into client_note (id, client_id, text, staff_id, act_id, recorded_at)
    values (${newId()}::uuid, ${clientId}::uuid, ${secret('note', text)}, ${by.staffId}::uuid, ${by.actId}::uuid,
      ${by.now}::timestamptz)`
}
