import { enqueueRefreshes } from '../../bot/outbox/enqueue.ts'
import type { Queries } from '../../infra/database/index.ts'
import { type ImportRecord, subjectOf } from './rules.ts'

/** Shows the card of an import anew where it stands, a moment later. */
export async function refreshCards(
  tx: Queries,
  { id, staffId, channel, externalId }: ImportRecord,
  now: Date,
): Promise<void> {
  if (!staffId || !channel || !externalId) return
  const [place] = await tx.$queryRaw<{ conversation: string }[]>`
    select conversation from account where channel = ${channel} and external_id = ${externalId}`
  if (!place) return
  const stale = { channel, conversation: place.conversation, subject: subjectOf(id) }
  await enqueueRefreshes(tx, [{ ...stale, readerId: staffId }], now)
}
