import type { Queries } from '../../../infra/database/index.ts'

/** Whose a document is, and where its bytes are; null: it is gone. */
export async function documentOf(
  tx: Queries,
  documentId: string,
): Promise<{
  readonly clientId: string
  readonly name: string
  readonly uploadId: string
} | null> {
  const [document] = await tx.$queryRaw<{ clientId: string; name: string; uploadId: string }[]>`
    select client_id as "clientId", name, upload_id as "uploadId" from client_document
    where id = ${documentId}::uuid`
  return document ?? null
}
