import type { Card } from '../../core/card.ts'
import { jsonTexts } from '../../infra/database/columns.ts'
import type { Database } from '../../infra/database/index.ts'
import type { LiveCard, Reader } from '../feature.ts'
import type { Moment } from '../moment.ts'
import type { DayNotes } from '../services.ts'

// A live card (`LiveCard`) shows what changes after it was sent: a list of today, a figure, an approval. When
// an act makes one out of date, the card is sent again in place of the old one:
//
// 1. A command calls `refreshCard(subject)`, and commit-batch queues, with the transaction of the act, a
//    message of that subject *without a card*, that replaces the latest one of its subject in that
//    conversation (enqueue.ts, `enqueueRefreshes`). Where no such message was sent there is nothing to refresh.
//    What stands on somebody's page (`refreshPages`, and whenever they are told something) is refreshed the same
//    way, whoever changed it.
// 2. It is due 300 ms later. What changes meanwhile finds it waiting and adds nothing: five outcomes in a row
//    refresh the list once. The waiting message is locked while an act is committed, so that it cannot be
//    composed from what was true before.
// 3. Delivery claims it, with few others at a time, and has its card composed here, from the database as it
//    is then and as its reader may see it. A null card means that the old one is not to be changed any more (a
//    list of yesterday), and the message is dropped.
//
// Nobody waits for a refresh: it holds up no answer, and one that is stale or fails goes without a word.

/** Composes the cards of messages that were queued without one; null: not to be changed any more. */
export type ComposeCards = (ids: readonly string[]) => Promise<ReadonlyMap<string, Card | null>>

/** Cards composed at a time at most: more would keep those waiting who are to be answered. */
export const REFRESH_BATCH_SIZE = 16

interface Row extends Reader {
  readonly id: string
  readonly channel: string
  readonly conversation: string
  readonly subject: string
}

export function createLiveCards(
  database: Database,
  liveCards: readonly LiveCard[],
  moment: () => Moment,
  dayNotes: DayNotes,
): ComposeCards {
  const byName = new Map(liveCards.map((each) => [each.name, each]))

  return (ids) =>
    database.transaction(async (tx) => {
      const rows = await tx.$queryRaw<Row[]>`
        select message.id, channel, conversation, subject, staff.id as "staffId", staff.language,
          coalesce((
            select shared from received
            where received.channel = message.channel
              and received.conversation = message.conversation
            order by received_at desc limit 1
          ), true) as shared
        from message join staff on staff.id = reader_id
        where message.id = any(${ids}::uuid[]) and subject is not null`
      const about = { at: moment(), dayNotes }
      const cards = await Promise.all(
        rows.map(async (row) => {
          const [name = ''] = row.subject.split(':')
          const card = (await byName.get(name)?.compose(tx, row.subject, row, about)) ?? null
          return { id: row.id, card }
        }),
      )
      const changed = cards.flatMap(({ id, card }) => (card ? [{ id, card }] : []))
      await tx.$executeRaw`
        update message set card = composed.card::json
        from rows from (
          unnest(${changed.map(({ id }) => id)}::uuid[]),
          string_to_table(${jsonTexts(changed.map(({ card }) => card))}, chr(30))
        ) as composed (id, card)
        where message.id = composed.id`
      return new Map(cards.map(({ id, card }) => [id, card]))
    })
}
