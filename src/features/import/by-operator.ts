import { emptyUpload, keepUpload } from '../../bot/inbox/uploads.ts'
import { newId } from '../../core/ids.ts'
import type { Queries } from '../../infra/database/index.ts'
import type { ImportRecord } from './rules.ts'
import { addImport, importById, importerOf, noteAct, noteStep, staffIdOf } from './store.ts'

// What an operator does on the server: with a staff code as that person, and as far as they may; without one for
// the whole bank. It stands in the audit.

/** Takes a file for a book that is to be read; null: whoever is named may not import, or is not there. */
export async function startAsOperator(
  tx: Queries,
  file: { readonly name: string; readonly bytes: Uint8Array },
  code: string | null,
  now: Date,
): Promise<string | null> {
  const staffId = code === null ? null : await staffIdOf(tx, code)
  if (code !== null && (!staffId || !(await importerOf(tx, { staffId, kind: 'clients' }))))
    return null
  const id = newId()
  const uploadId = newId()
  await keepUpload(tx, { id: uploadId, staffId, ...file }, now)
  await addImport(
    tx,
    { id, kind: 'clients', staffId, channel: null, externalId: null, uploadId },
    now,
  )
  await noteAct(tx, { id, staffId, command: 'import-clients', input: { uploadId } }, now)
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
