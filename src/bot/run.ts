import type { Event, Inbox } from '../core/chat.ts'
import type { Database } from '../infra/database/index.ts'
import type { Log } from '../infra/log.ts'
import type { Spool } from '../infra/spool.ts'
import { type AnswererParts, createAnswerer } from './answer.ts'
import { introduce } from './enrol.ts'
import { takeFile } from './file.ts'
import { answerGroup, type Fate } from './group/answer-group.ts'
import { createLine, type Waiting } from './group/line.ts'
import { createKeeper } from './keep.ts'
import type { Moment } from './moment.ts'
import { queueLetters } from './outbox.ts'
import { faultCard } from './replies.ts'

export interface Runner {
  /** Stores an event, drops it when it is a repeat, and answers it through the outbox. */
  receive: Inbox
  /** Answers what was written down and is not answered: by the last process, or for a fault. */
  resume(): Promise<void>
}

export interface RunnerParts extends AnswererParts {
  readonly database: Database
  /** Where events are written down while the database does not answer; null: nowhere. */
  readonly spool: Spool | null
  readonly moment: () => Moment
  readonly log: Log
  /** Called when there is something new in the outbox. */
  readonly wake: () => void
}

/** Groups answered at the same time, and events in one; those that take long are by themselves. */
const ABREAST = { together: 2, alone: 3 }
type How = keyof typeof ABREAST
const MOST_TOGETHER = 64
/** So long a group that is not full waits for the one under way: two halves cost more than the whole. */
const YOUNG_MS = 50
/** Left events that are taken up at a time. */
const MOST_RESUMED = 5000

/**
 * Answers events in groups: while some are being answered those that come wait in line, and go
 * together next. A busy hour makes larger groups, a quiet one groups of one.
 */
export function createRunner(parts: RunnerParts): Runner {
  const { database, moment, log, channelOf } = parts
  const keeper = createKeeper(database, parts.spool, log)
  const answerer = createAnswerer(parts)
  const line = createLine()
  const under = { together: 0, alone: 0 }
  /** The last group of several began less than that long ago. */
  let young = false
  let soon = false

  /** Takes groups from the line, once all that comes in this moment stands in it. */
  function proceed(): void {
    if (soon) return
    soon = true
    setImmediate(() => {
      soon = false
      for (const how of ['together', 'alone'] as const) {
        while (under[how] < ABREAST[how]) {
          const group = take(how)
          if (group.length === 0) break
          begin(how, group)
        }
      }
    })
  }

  function take(how: How): Waiting[] {
    if (how === 'alone') return line.take(1, true)
    return line.take(MOST_TOGETHER, false, under.together > 0 && young ? MOST_TOGETHER : 1)
  }

  function begin(how: How, group: readonly Waiting[]): void {
    under[how]++
    const grown = how === 'together' ? grow() : undefined
    void serve(group).finally(() => {
      clearTimeout(grown)
      under[how]--
      proceed()
    })
  }

  function grow(): NodeJS.Timeout {
    young = true
    return setTimeout(() => {
      young = false
      proceed()
    }, YOUNG_MS)
  }

  function enter(id: string, event: Event): Waiting {
    const waiting = line.enter(id, event)
    proceed()
    return waiting
  }

  /** Answers a group; when one of it faults, each by itself, so that it takes no other with it. */
  async function serve(group: readonly Waiting[]): Promise<void> {
    const [bringing = [], ready = []] = [true, false].map((brings) =>
      group.filter(({ event, taken }) => (event.says.kind === 'file' && !taken) === brings),
    )
    for (const waiting of bringing) void fetchThen(waiting)
    if (ready.length === 0) return
    try {
      const fates = await answerGroup(database, answerer, ready, channelOf, moment())
      for (const [waiting, fate] of fates) follow(waiting, fate)
    } catch (error) {
      const [only] = ready
      if (only && ready.length === 1) await apologise(only, error)
      else for (const one of ready) await serve([one])
    }
    parts.wake()
  }

  function follow(waiting: Waiting, fate: Fate): void {
    if (fate === 'answered') line.leave(waiting)
    else if (fate === 'later') line.stay(waiting)
    else if (fate === 'takes-long') line.setAside(waiting)
    else if (fate === 'unknown') void introduceThen(waiting)
    else void adoptThen(waiting)
  }

  /** A service may be slow to answer: nobody else waits for that. */
  async function introduceThen(waiting: Waiting): Promise<void> {
    const { event } = waiting
    const channel = channelOf(event.channel)
    if (channel) {
      await introduce(database, channel, event, moment().now).catch((error) =>
        log.warn({ channel: channel.name, error: describe(error) }, 'nobody could say who this is'),
      )
    }
    waiting.introduced = true
    line.stay(waiting)
    proceed()
  }

  async function fetchThen(waiting: Waiting): Promise<void> {
    const { id, event } = waiting
    const channel = channelOf(event.channel)
    try {
      const taken = channel && (await takeFile(database, channel, id, event, moment().now))
      waiting.taken = taken ?? { problem: 'gone' }
      line.setAside(waiting)
    } catch (error) {
      log.error({ received: id, error: describe(error) }, 'not answered yet')
      line.leave(waiting)
    }
    proceed()
  }

  /** Takes up what another instance left in the conversation, which comes first. */
  async function adoptThen(waiting: Waiting): Promise<void> {
    const { channel, conversation } = waiting.event
    await takeUp({ channel, conversation, id: { lt: waiting.id } }).catch((error) =>
      log.error({ received: waiting.id, error: describe(error) }, 'not adopted'),
    )
    line.stay(waiting)
    proceed()
  }

  async function takeUp(where: Left): Promise<Waiting[]> {
    const rows = await database.prisma.received.findMany({
      where: { answeredAt: null, ...where },
      orderBy: { id: 'asc' },
      take: MOST_RESUMED,
    })
    return rows.map(({ id, externalId, channel, conversation, sender, shared, replyTo, says }) => {
      const event = { id: externalId, channel, conversation, sender, shared }
      const said = { ...event, says: says as unknown as Event['says'] }
      return enter(id, replyTo ? { ...said, replyTo } : said)
    })
  }

  /** A fault of ours, and nothing of it is kept but the answer that says so. */
  async function apologise(waiting: Waiting, fault: unknown): Promise<void> {
    const { id, event } = waiting
    log.error({ received: id, error: describe(fault) }, 'fault')
    const { channel, conversation, replyTo } = event
    const card = faultCard(id.slice(-8))
    const { now } = moment()
    try {
      await database.transaction(async (tx) => {
        const marked = await tx.$executeRaw`
          update received set answered_at = ${now}::timestamptz
          where id = ${id}::uuid and answered_at is null`
        if (marked === 0) return
        const to = { channel, conversation: replyTo ?? conversation }
        await queueLetters(
          tx,
          [{ ...to, card, onceKey: null, replaces: null, notBefore: now }],
          now,
        )
      })
    } catch (error) {
      log.error({ received: id, error: describe(error) }, 'not answered yet')
    }
    line.leave(waiting)
  }

  return {
    async receive(event) {
      const { id, safe, stored } = keeper.keep(event, moment().now)
      const answered = stored
        .then((fresh) => {
          if (fresh) return enter(id, event).answered
          log.debug({ channel: event.channel }, 'repeat dropped')
        })
        .catch((error) => log.error({ received: id, error: describe(error) }, 'not answered yet'))
      await safe
      return { answered }
    },
    async resume() {
      for (const { id, event } of await keeper.left()) {
        const again = keeper.keep(event, moment().now)
        await again.stored
        await parts.spool?.remove(id)
      }
      await Promise.all((await takeUp({})).map(({ answered }) => answered))
    },
  }
}

/** Which of the unanswered events. */
interface Left {
  readonly channel?: string
  readonly conversation?: string
  readonly id?: { readonly lt: string }
}

/** What went wrong, without the values that a database error quotes. */
const describe = (error: unknown): string =>
  error instanceof Error
    ? `${error.name} ${error.stack?.split('\n').at(1)?.trim() ?? ''}`
    : 'unknown'
