import type { Channel } from '../core/chat.ts'
import type { Queries } from '../infra/database/index.ts'

/**
 * How many milliseconds a conversation must wait under its channel's windows; 0: it may be sent to.
 * Counted from what was sent, so that it holds over instances and restarts.
 */
export async function waitOf(
  tx: Queries,
  { name, can }: Channel,
  conversation: string,
  now: Date,
): Promise<number> {
  let wait = 0
  for (const { most, perMs } of can.windows ?? []) {
    const since = new Date(now.getTime() - perMs)
    const [full] = await tx.$queryRaw<{ sentAt: Date }[]>`
      select sent_at as "sentAt" from message
      where channel = ${name} and conversation = ${conversation} and sent_at > ${since}
      order by sent_at desc offset ${most - 1} limit 1`
    if (full) wait = Math.max(wait, full.sentAt.getTime() - since.getTime())
  }
  return wait
}
