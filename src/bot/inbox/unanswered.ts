import type { Event } from '../../core/chat.ts'
import type { Database } from '../../infra/database/index.ts'
import { MOST_ATTEMPTS } from './attempts.ts'

/** Which of the unanswered events. */
export interface Left {
  readonly channel?: string
  readonly conversation?: string
  readonly id?: { readonly lt: string }
  readonly receivedAt?: { readonly lt: Date }
}

/** An event that is stored and not answered. */
export interface LeftEvent {
  readonly id: string
  readonly event: Event
  /** Before it is taken up now. */
  readonly attempts: number
  readonly receivedAt: Date
}

/** Left events that are taken up at a time. */
const MOST_RESUMED = 5000

/** Events that are not answered and may be tried, in their order; what was never tried is counted. */
export async function takeLeft({ prisma }: Database, where: Left): Promise<LeftEvent[]> {
  const rows = await prisma.received.findMany({
    where: { answeredAt: null, attempts: { lt: MOST_ATTEMPTS }, ...where },
    orderBy: { id: 'asc' },
    take: MOST_RESUMED,
  })
  const untried = rows.filter(({ attempts }) => attempts === 0).map(({ id }) => id)
  if (untried.length > 0) {
    await prisma.$executeRaw`
      update received set attempts = 1 where id = any(${untried}::uuid[]) and attempts = 0`
  }
  return rows.map((row) => {
    const { id, externalId, channel, conversation, sender, shared, replyTo, says } = row
    const event = { id: externalId, channel, conversation, sender, shared }
    const said = { ...event, says: says as unknown as Event['says'] }
    const { attempts, receivedAt } = row
    return { id, event: replyTo ? { ...said, replyTo } : said, attempts, receivedAt }
  })
}
