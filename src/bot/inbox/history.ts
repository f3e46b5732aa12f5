import type { Card } from '../../core/card.ts'
import { type Event, type Line, wordsOf } from '../../core/chat.ts'
import type { Queries } from '../../infra/database/index.ts'

const MAX_LINES = 200

/** The latest lines of a conversation, oldest first. */
export async function historyOf(tx: Queries, channel: string, conversation: string) {
  const where = { channel, conversation }
  const said = await tx.received.findMany({
    where,
    orderBy: { receivedAt: 'desc' },
    take: MAX_LINES,
  })
  const sent = await tx.message.findMany({
    where: { ...where, state: 'sent' },
    orderBy: { id: 'desc' },
    take: MAX_LINES,
  })
  const lines = [
    ...said.flatMap(({ id, externalId, receivedAt, says: stored }) => {
      const says = stored as unknown as Event['says']
      if (says.kind === 'text' && says.cut) return []
      const line: Line = { id: externalId, at: receivedAt, from: 'person', text: wordsOf(says) }
      return [{ order: id, line }]
    }),
    ...sent.map(({ id, createdAt, card: body, replaces }) => {
      const card = body as unknown as Card
      const line: Line = { id, at: createdAt, from: 'bot', card, replaces }
      return { order: id, line }
    }),
  ]
  // Ids grow with time, so they order lines of one millisecond too.
  return lines
    .sort((a, b) => (a.order < b.order ? -1 : 1))
    .slice(-MAX_LINES)
    .map(({ line }) => line)
}
