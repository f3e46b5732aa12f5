import type { Queries } from '../../infra/database/index.ts'
import { answerUntil } from './enqueue.ts'

/** A message that was given up, until somebody has it sent again or drops it; nothing of what it says. */
export interface DeadLetter {
  readonly id: string
  readonly channel: string
  /** A morning list, the answer to what somebody said, or a word about something else. */
  readonly kind: 'list' | 'answer' | 'notice'
  /** Whose conversation it is; null: a room's, or of nobody here. */
  readonly code: string | null
  readonly name: string | null
  readonly createdAt: Date
  readonly attempts: number
  /** What the service said, as it said it. */
  readonly error: string | null
  /** The event that had it said. */
  readonly receivedId: string | null
}

/** The latest, at most so many. */
export const deadLetters = (tx: Queries, most: number): Promise<DeadLetter[]> =>
  tx.$queryRaw<DeadLetter[]>`
    select message.id, message.channel, owner.code, owner.name, created_at as "createdAt", attempts,
      error, received_id as "receivedId",
      case when once_key like 'morning:%' then 'list' when received_id is not null then 'answer'
        else 'notice' end as kind
    from message left join lateral (
      select code, name from staff
      where staff.id::text = message.conversation or staff.id in (
        select staff_id from account where account.channel = message.channel
          and account.conversation = message.conversation)
      limit 1
    ) as owner on true
    where state = 'failed' order by message.id desc limit ${most}`

/** Has these of them (null: all) sent again; resolves to how many there were. */
export async function redrive(
  tx: Queries,
  ids: readonly string[] | null,
  now: Date,
): Promise<number> {
  const { count } = await tx.message.updateMany({
    where: { state: 'failed', ...(ids && { id: { in: [...ids] } }) },
    data: {
      ...{ state: 'queued', attempts: 0, notBefore: now, error: null },
      // Whoever asks for it now finds it worth sending.
      staleAt: answerUntil(now),
    },
  })
  return count
}

/** Gives these of them (null: all) up for good; resolves to how many there were. */
export async function drop(tx: Queries, ids: readonly string[] | null): Promise<number> {
  const { count } = await tx.message.updateMany({
    where: { state: 'failed', ...(ids && { id: { in: [...ids] } }) },
    data: { state: 'dropped' },
  })
  return count
}
