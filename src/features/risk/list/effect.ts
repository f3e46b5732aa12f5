import { addressesOf, enqueue } from '../../../bot/outbox/enqueue.ts'
import type { Day } from '../../../core/calendar/time.ts'
import { textCard } from '../../../core/card.ts'
import { speaker } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { banMarketing, liftMarketingBan } from '../../tasks/contact/marketing-ban.ts'
import type { Hit } from './store.ts'

/** Clients came on the list: their marketing tasks end, and each manager hears it in one message. */
export async function bar(tx: Queries, hits: readonly Hit[], now: Date): Promise<number> {
  const ids = hits.map(({ clientId }) => clientId)
  const cancelled = await banMarketing(tx, ids, now)
  await tellOwners(
    tx,
    hits,
    (names, say) =>
      say(
        `已列入负面清单，不再营销：${names}。未办的营销任务已取消。`,
        `On the negative list now, no more marketing: ${names}. Their open marketing tasks are cancelled.`,
      ),
    now,
  )
  return cancelled
}

/** Clients are off the list: what was cancelled is open again, and each manager hears it. */
export async function free(
  tx: Queries,
  hits: readonly Hit[],
  today: Day,
  now: Date,
): Promise<number> {
  const ids = hits.map(({ clientId }) => clientId)
  const opened = await liftMarketingBan(tx, ids, today)
  await tellOwners(
    tx,
    hits,
    (names, say) =>
      say(
        `已移出负面清单，可以继续营销：${names}。`,
        `Off the negative list, marketing may go on: ${names}.`,
      ),
    now,
  )
  return opened
}

/** Names in one message at most. */
const MOST_NAMED = 10

async function tellOwners(
  tx: Queries,
  hits: readonly Hit[],
  compose: (names: string, say: ReturnType<typeof speaker>) => string,
  now: Date,
): Promise<void> {
  const byOwner = Map.groupBy(hits, ({ ownerId }) => ownerId)
  const addresses = await addressesOf(tx, [...byOwner.keys()])
  const letters = addresses.map(({ staffId, channel, conversation, language }) => {
    const say = speaker(language)
    const own = byOwner.get(staffId) ?? []
    const more = own.length - MOST_NAMED
    const names = own
      .slice(0, MOST_NAMED)
      .map(({ name }) => name)
      .join(say('、', ', '))
    const all = more > 0 ? say(`${names}等 ${own.length} 位`, `${names} and ${more} more`) : names
    const to = { channel, conversation, onceKey: null, replaces: null, notBefore: now }
    return { ...to, card: textCard(compose(all, say)) }
  })
  await enqueue(tx, letters, now)
}
