import type { Database, Queries } from '../../infra/database/index.ts'
import { faultCard } from '../conversation/replies.ts'
import { queueLetters } from '../outbox/enqueue.ts'

// An event whose answering ends the process (a kill, a full heap) is found unanswered by the next one,
// which it would end as well. So attempts are counted before the work and outside of its transaction:
// the first with the storing of the event, which costs nothing, each later one by itself. What was
// taken up after an end is answered while nothing else is, so that only the guilty one counts up, and
// companions that stood in line with it are answered.

/** After so many attempts that were not ended, an event is set aside. */
export const MOST_ATTEMPTS = 2

/** Counts an attempt; null when there is nothing to do: it was answered, or may not be tried again. */
export async function countAttempt({ prisma }: Database, id: string): Promise<number | null> {
  const [row] = await prisma.$queryRaw<{ attempts: number }[]>`
    update received set attempts = attempts + 1
    where id = ${id}::uuid and answered_at is null and attempts < ${MOST_ATTEMPTS}
    returning attempts`
  return row?.attempts ?? null
}

/** Attempts that ended in good order, though without an answer, do not count. */
export async function giveBack({ prisma }: Database, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await prisma.$executeRaw`
    update received set attempts = attempts - 1
    where id = any(${ids}::uuid[]) and answered_at is null and attempts > 0`
}

interface Spent {
  readonly id: string
  readonly channel: string
  readonly to: string
}

/**
 * Sets aside what was tried so often, with an apology. What was said is not looked at, so that nothing
 * in it can do harm here. What this process holds in its line is left to it, and so is one whose
 * conversation another instance is working on to that one.
 */
export async function setSpentAside(
  database: Database,
  held: readonly string[],
  now: Date,
): Promise<readonly Spent[]> {
  return database.transaction(async (tx: Queries) => {
    const spent = await tx.$queryRaw<Spent[]>`
      with spent as materialized (
        select id from received
        where answered_at is null and attempts >= ${MOST_ATTEMPTS} and id <> all(${held}::uuid[])
        order by id limit 500 for update skip locked
      )
      update received set answered_at = ${now}::timestamptz, set_aside_at = ${now}::timestamptz
      from spent
      where received.id = spent.id and pg_try_advisory_xact_lock(
        hashtextextended(channel || E'\n' || conversation, 0))
      returning received.id, channel, coalesce(reply_to, conversation) as "to"`
    const letters = spent.map(({ id, channel, to }) => {
      const card = faultCard(referenceOf(id))
      return { channel, conversation: to, card, onceKey: null, replaces: null, notBefore: now }
    })
    await queueLetters(tx, letters, now)
    return spent
  })
}

/** By which people and the log name an event. */
export const referenceOf = (id: string): string => id.slice(-8)
