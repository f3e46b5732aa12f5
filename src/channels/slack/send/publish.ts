import type { webApi } from '@slack/bolt'
import { SendFailure } from '../../../core/chat.ts'
import type { View } from '../draw/modal-render.ts'

/**
 * Slack publishes a hundred pages a minute in a workspace, and a few more (Tier 4). So many are published anew; the
 * rest is for those who open theirs, and for other instances.
 */
const MOST = 60
const MINUTE_MS = 60_000

/** Publishes home pages within what Slack allows: one that nobody waits for is told when to come again. */
export function createPublish(client: webApi.WebClient, most = MOST) {
  const published: number[] = []

  return async (user_id: string, view: View, { anew }: { anew: boolean }): Promise<void> => {
    const now = performance.now()
    while (published[0] !== undefined && published[0] <= now - MINUTE_MS) published.shift()
    const [first = now] = published
    if (anew && published.length >= most) {
      throw new SendFailure('later', 'as many pages as are allowed', first + MINUTE_MS - now)
    }
    published.push(now)
    await client.views.publish({ user_id, view: view as never })
  }
}
