import { emptyUpload, keepUpload } from '../../bot/inbox/uploads.ts'
import type { Moment } from '../../bot/moment.ts'
import type { Refusal } from '../../core/decision.ts'
import { newId } from '../../core/ids.ts'
import type { Queries } from '../../infra/database/index.ts'
import type { ImportKind, ImportRecord } from './rules.ts'
import {
  addImport,
  importById,
  importerOf,
  latestImports,
  noteAct,
  noteStep,
  staffIdOf,
} from './store.ts'
import { NOTHING_WRITTEN, undoFault } from './undo/undo-import.ts'

// What an operator does on the server: with a staff code as that person, and as far as they may; without one for
// the whole bank. It stands in the audit.

/** What an operator brings in. */
export interface Brought {
  readonly kind: ImportKind
  readonly file: { readonly name: string; readonly bytes: Uint8Array }
  /** As which member of staff; null: as nobody of them. */
  readonly code: string | null
}

/** Takes a file for a book that is to be read; null: whoever is named may not import it, or is not there. */
export async function startAsOperator(
  tx: Queries,
  { kind, file, code }: Brought,
  now: Date,
): Promise<string | null> {
  const staffId = code === null ? null : await staffIdOf(tx, code)
  if (code !== null && (!staffId || !(await importerOf(tx, { staffId, kind })))) return null
  const id = newId()
  const uploadId = newId()
  await keepUpload(tx, { id: uploadId, staffId, ...file }, now)
  await addImport(tx, { id, kind, staffId, channel: null, externalId: null, uploadId }, now)
  await noteAct(tx, { id, staffId, command: `import-${kind}`, input: { uploadId } }, now)
  return id
}

/** Has it written. */
export async function confirmAsOperator(
  tx: Queries,
  { id, staffId, uploadId }: Pick<ImportRecord, 'id' | 'staffId' | 'uploadId'>,
  now: Date,
): Promise<void> {
  const actId = newId()
  await noteAct(tx, { id: actId, staffId, command: 'confirm-import', input: { importId: id } }, now)
  await emptyUpload(tx, uploadId)
  await noteStep(tx, id, { state: 'running', next: 0, actId, confirmedAt: now })
}

/** Forgets it, if it was not written. */
export async function dropAsOperator(tx: Queries, id: string, now: Date): Promise<void> {
  const record = await importById(tx, id)
  if (record?.state !== 'preview') return
  await emptyUpload(tx, record.uploadId)
  await noteStep(tx, id, { state: 'dropped', endedAt: now })
}

/** So many imports are looked through for the last that was written. */
const LATEST = 20

/** The last import that an operator had written and can take back; else why there is none. */
export async function lastOfOperators(tx: Queries, at: Moment): Promise<ImportRecord | Refusal> {
  const latest = await latestImports(tx, null, LATEST)
  const record = latest.find(({ state }) => state === 'done')
  if (!record) return NOTHING_WRITTEN
  return undoFault(record, at) ?? record
}

/** Has it taken back. */
export async function undoAsOperator(
  tx: Queries,
  { id }: Pick<ImportRecord, 'id'>,
  now: Date,
): Promise<void> {
  const act = { id: newId(), staffId: null, command: 'undo-import', input: { importId: id } }
  await noteAct(tx, act, now)
  await noteStep(tx, id, { state: 'undoing', next: 0 })
}
