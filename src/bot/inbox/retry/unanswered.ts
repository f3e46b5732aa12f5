import type { Event } from '../../../core/chat.ts'
import type { Database } from '../../../infra/database/index.ts'
import type { Moment } from '../../moment.ts'
import type { EventQueue, QueuedEvent } from '../event-queue.ts'
import type { Scheduler } from '../scheduler.ts'
import { mayBeTried } from './attempts.ts'

/** Which of the unanswered events. */
interface UnansweredFilter {
  readonly channel?: string
  readonly conversation?: string
  readonly id?: { readonly lt: string }
  readonly receivedAt?: { readonly lt: Date }
}

/** An event that is stored and not answered. */
interface UnansweredEvent {
  readonly id: string
  readonly event: Event
  /** Before it is taken up now. */
  readonly attempts: number
  readonly receivedAt: Date
}

/** Left events that are taken up at a time. */
const RESUME_LIMIT = 5000

/**
 * Puts events that are stored and not answered into the queue, in their order. `ended`: whether an attempt of
 * it, where one was begun, may have ended a process.
 */
export async function enqueueUnanswered(
  parts: {
    readonly database: Database
    readonly queue: EventQueue
    readonly scheduler: Scheduler
    readonly moment: () => Pick<Moment, 'now'>
  },
  filter: UnansweredFilter,
  ended: (event: UnansweredEvent) => boolean,
): Promise<QueuedEvent[]> {
  const { database, moment, queue, scheduler } = parts
  const queued = (await takeUnanswered(database, filter, moment().now)).map((each) => {
    const mode = each.attempts > 0 && ended(each) ? 'retry' : 'batched'
    return queue.add(each.id, each.event, mode)
  })
  scheduler.schedule()
  return queued
}

/** Events that are not answered and may be tried, in their order; what was never tried is counted. */
async function takeUnanswered(
  { prisma }: Database,
  filter: UnansweredFilter,
  now: Date,
): Promise<UnansweredEvent[]> {
  const rows = await prisma.received.findMany({
    where: { AND: [{ answeredAt: null }, mayBeTried(now), filter] },
    orderBy: { id: 'asc' },
    take: RESUME_LIMIT,
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
