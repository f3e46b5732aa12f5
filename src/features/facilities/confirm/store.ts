import { createHash } from 'node:crypto'
import { readUpload } from '../../../bot/inbox/uploads.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { addDocument } from '../../clients/file/rows-store.ts'
import type { By } from '../../clients/file/store.ts'
import type { Changing } from '../credit/store.ts'

/** Whose facility stands on file under an account; null: nobody's. */
export async function holderOf(tx: Queries, account: string): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ clientId: string }[]>`
    select client_id as "clientId" from facility where account = ${account}`
  return row?.clientId ?? null
}

/** Whether a feed of the bank's own book says what is lent. */
export async function hasFeed(tx: Queries): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ fed: boolean }[]>`
    select exists (select from facility where confirmed_by = 'feed') as fed`
  return row?.fed ?? false
}

/** Puts a file that this person sent on the client's file, as a contract; resolves to the document. */
export async function keepPaper(
  tx: Queries,
  clientId: string,
  uploadId: string,
  by: By & { readonly staffId: string },
): Promise<string | null> {
  const upload = await readUpload(tx, uploadId, by.staffId)
  if (!upload) return null
  const { name, bytes } = upload
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const paper = { name, kind: 'contract', uploadId, sha256, size: bytes.length } as const
  await addDocument(tx, clientId, { ...paper, validUntil: null }, by)
  const [document] = await tx.$queryRaw<{ id: string }[]>`
    select id from client_document where client_id = ${clientId}::uuid and sha256 = ${sha256}`
  return document?.id ?? null
}

/** A facility is closed and owes nothing, and its drawings with it. */
export async function closeFacility(
  tx: Queries,
  id: string,
  { staffId, actId, at }: Pick<Changing, 'staffId' | 'actId' | 'at'>,
): Promise<void> {
  await tx.$executeRaw`
    update facility set state = 'closed', balance = 0, closed_on = ${at.today}::date,
      as_of = ${at.today}::date, staff_id = ${staffId}::uuid, act_id = ${actId}::uuid,
      recorded_at = ${at.now}::timestamptz
    where ${id}::uuid in (id, line_id)`
}
