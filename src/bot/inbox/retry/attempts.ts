import type { Database, Queries } from '../../../infra/database/index.ts'
import { faultCard } from '../../conversation/replies.ts'
import { enqueue } from '../../outbox/enqueue.ts'

// An event whose answering ends the process (a full heap, a fault in a library) is found unanswered by the
// next process, which it would end as well. So attempts are counted before the work and outside of its
// transaction: the first with the storing of the event, which costs nothing, each later one by itself. What
// is taken up after a process ended is answered while nothing else is (mode `retry`), so that only the
// guilty event counts up, and those that were queued with it are answered.

/**
 * How long after it arrived (ms) an event is tried again whose attempts did not end; one that was tried so
 * often is set aside. The first attempt says only that the event was waiting when a process ended, and each
 * later one may have been cut off by what had nothing to do with it: a machine that is stopped again and again
 * for a quarter of an hour must not cost anybody an outcome, and what ends a process ends it minutes later as well.
 */
const TRIED_AFTER_MS = [0, 0, 60_000, 180_000, 480_000, 1_200_000] as const

export const MAX_ATTEMPTS = TRIED_AFTER_MS.length

/** Which unanswered events may be tried now, by their attempts so far. */
export const mayBeTried = (now: Date) => ({
  OR: TRIED_AFTER_MS.map((after, attempts) => ({
    attempts,
    receivedAt: { lte: new Date(now.getTime() - after) },
  })),
})

/** Counts an attempt; null when there is nothing to do: it was answered, or may not be tried again. */
export async function countAttempt({ prisma }: Database, id: string): Promise<number | null> {
  const [row] = await prisma.$queryRaw<{ attempts: number }[]>`
    update received set attempts = attempts + 1
    where id = ${id}::uuid and answered_at is null and attempts < ${MAX_ATTEMPTS}
    returning attempts`
  return row?.attempts ?? null
}

/** Attempts that ended in good order, though without an answer, do not count. */
export async function uncountAttempts({ prisma }: Database, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await prisma.$executeRaw`
    update received set attempts = attempts - 1
    where id = any(${ids}::uuid[]) and answered_at is null and attempts > 0`
}

interface Exhausted {
  readonly id: string
  readonly channel: string
  readonly to: string
}

/**
 * Sets aside what was tried so often, with an apology. What was said is not looked at, so that nothing
 * in it can do harm here. What this process holds in its queue is left to it, and so is one whose
 * conversation another instance is working on to that one.
 */
export async function setAsideExhausted(
  database: Database,
  held: readonly string[],
  now: Date,
): Promise<readonly Exhausted[]> {
  return database.transaction(async (tx: Queries) => {
    const spent = await tx.$queryRaw<Exhausted[]>`
      with spent as materialized (
        select id from received
        where answered_at is null and attempts >= ${MAX_ATTEMPTS} and id <> all(${held}::uuid[])
        order by id limit 500 for update skip locked
      )
      update received set answered_at = ${now}::timestamptz, set_aside_at = ${now}::timestamptz
      from spent
      where received.id = spent.id and pg_try_advisory_xact_lock(
        hashtextextended(channel || E'\n' || conversation, 0))
      returning received.id, channel, coalesce(reply_to, conversation) as "to"`
    const messages = spent.map(({ id, channel, to }) => {
      const card = faultCard(referenceOf(id))
      const about = { onceKey: null, replaces: null, notBefore: now, receivedId: id }
      return { channel, conversation: to, card, ...about }
    })
    await enqueue(tx, messages, now)
    return spent
  })
}

/**
 * Has events that were set aside taken up again: each is tried once more, by itself, so that one that still ends
 * the process does so once.
 */
export const takeUpAgain = ({ prisma }: Database, ids: readonly string[]) =>
  prisma.$executeRaw`
    update received set answered_at = null, set_aside_at = null, attempts = ${MAX_ATTEMPTS - 1}
    where id = any(${ids}::uuid[]) and set_aside_at is not null`

/** By which people and the log name an event. */
export const referenceOf = (id: string): string => id.slice(-8)
