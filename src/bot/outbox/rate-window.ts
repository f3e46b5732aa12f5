import type { Channel } from '../../core/chat.ts'
import type { Queries } from '../../infra/database/index.ts'

/** A message that is about to be sent. */
interface Next {
  readonly id: string
  readonly channel: string
  readonly conversation: string
}

/**
 * How many milliseconds messages must wait, by their ids, under the windows of their channels; those
 * that may be sent are left out. Counted from what was sent, so that it holds over instances and
 * restarts.
 */
export async function waitsOf(
  tx: Queries,
  messages: readonly Next[],
  channelOf: (name: string) => Channel | undefined,
  now: Date,
): Promise<ReadonlyMap<string, number>> {
  const waits = new Map<string, number>()
  const asked = messages.flatMap(({ id, channel, conversation }) =>
    (channelOf(channel)?.can.windows ?? []).map(({ most, perMs }) => {
      const since = new Date(now.getTime() - perMs)
      return { id, channel, conversation, since, before: most - 1 }
    }),
  )
  if (asked.length === 0) return waits
  const full = await tx.$queryRaw<{ id: string; since: Date; sentAt: Date }[]>`
    select next.id, since, sent_at as "sentAt"
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as next (
      id text, channel text, conversation text, since timestamptz, before int)
    cross join lateral (
      select sent_at from message
      where channel = next.channel and conversation = next.conversation and state = 'sent'
        and sent_at is not null and sent_at > since
      order by sent_at desc offset before limit 1
    ) as first`
  for (const { id, since, sentAt } of full) {
    waits.set(id, Math.max(waits.get(id) ?? 0, sentAt.getTime() - since.getTime()))
  }
  return waits
}
