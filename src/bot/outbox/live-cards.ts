import type { Card } from '../../core/card.ts'
import type { Database } from '../../infra/database/index.ts'
import type { LiveCard, Reader } from '../feature.ts'
import type { Moment } from '../moment.ts'
import type { DayNotes } from '../services.ts'
import { written } from './enqueue.ts'

/** Composes, of messages that show anew what stands, the cards as they are now. */
export type Reviser = (ids: readonly string[]) => Promise<ReadonlyMap<string, Card | null>>

/** Cards composed at a time: more would keep those waiting who are to be answered. */
export const MOST_REFRESHED = 16

interface Row extends Reader {
  readonly id: string
  readonly channel: string
  readonly conversation: string
  readonly subject: string
}

/** Null stands beside a message whose card is not to be changed any more. */
export function createLiveCards(
  database: Database,
  standing: readonly LiveCard[],
  moment: () => Moment,
  dayNotes: DayNotes,
): Reviser {
  const byName = new Map(standing.map((each) => [each.name, each]))

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
        where message.id = any(${ids}::uuid[])`
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
          string_to_table(${written(changed.map(({ card }) => card))}, chr(30))
        ) as composed (id, card)
        where message.id = composed.id`
      return new Map(cards.map(({ id, card }) => [id, card]))
    })
}
