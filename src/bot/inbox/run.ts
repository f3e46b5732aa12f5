import type { Event, Inbox } from '../../core/chat.ts'
import { describe, passing } from '../../infra/database/fault.ts'
import type { Database } from '../../infra/database/index.ts'
import type { Log } from '../../infra/log.ts'
import type { Spool } from '../../infra/spool.ts'
import { type AnswererParts, createAnswerer } from '../conversation/interpret.ts'
import { faultCard } from '../conversation/replies.ts'
import type { Moment } from '../moment.ts'
import { queueLetters } from '../outbox/enqueue.ts'
import { answerGroup, type Fate } from './answer-batch.ts'
import { takeFile } from './attachments.ts'
import { countAttempt, giveBack, MOST_ATTEMPTS, referenceOf, setSpentAside } from './attempts.ts'
import { createLine, type How, type Waiting } from './event-queue.ts'
import { failed, isSpent, pauseOf } from './retry-pause.ts'
import { introduce } from './sender/identify-sender.ts'
import { createKeeper } from './store-event.ts'
import { createTurns } from './transaction-turns.ts'
import { type Left, takeLeft } from './unanswered.ts'
import { forgetAhead, readAhead } from './uploads.ts'

export interface Runner {
  /** Stores an event, drops it when it is a repeat, and answers it through the outbox. */
  receive: Inbox
  /**
   * Answers what was written down and is not answered: by the last process, or for a fault. What came
   * less than so long ago (ms) another instance may still have in its line, and is left to it.
   */
  resume(settledFor?: number): Promise<void>
  /** Begins no more, ends what is under way, and leaves the rest to the next process. */
  stop(): Promise<void>
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

/** So long another instance, which has the earlier event of a conversation, is waited for. */
const BEHIND_MS = 100
/** What came so long ago no instance has in its line but one that died. */
const OLD_MS = 30_000

/**
 * Answers events in groups: while some are being answered those that come wait in line, and go
 * together next. A busy hour makes larger groups, a quiet one groups of one.
 */
export function createRunner(parts: RunnerParts): Runner {
  const { database, moment, log, channelOf } = parts
  const keeper = createKeeper(database, parts.spool, log)
  const answerer = createAnswerer(parts)
  const line = createLine()
  const turns = createTurns(line, (group, how) =>
    how === 'again' ? tryAgain(group) : serve(group),
  )
  const proceed = () => turns.proceed()
  /** When an event was last answered, by the clock of the process. */
  let lastAnswered: number | null = null

  /** Counts the attempt first, as it may end the process; what is not to be tried again leaves. */
  async function tryAgain(group: readonly Waiting[]): Promise<void> {
    for (const waiting of group) {
      if (!waiting.counted) {
        try {
          const attempts = await countAttempt(database, waiting.id)
          if (attempts === null) return line.leave(waiting)
          waiting.counted = true
        } catch (error) {
          return keepBack(group, error)
        }
      }
    }
    await serve(group)
  }

  function enter(id: string, event: Event, how: How): Waiting {
    const waiting = line.enter(id, event, how)
    proceed()
    return waiting
  }

  /** Answers a group; when one of it faults, each by itself, so that it takes no other with it. */
  async function serve(group: readonly Waiting[]): Promise<void> {
    try {
      const fates = await answerGroup(database, answerer, group, channelOf, moment())
      for (const [waiting, fate] of fates) follow(waiting, fate)
    } catch (error) {
      const [only] = group
      if (passing(error)) await keepBack(group, error)
      else if (only && group.length === 1) await apologise(only, error)
      else for (const one of group) await serve([one])
    }
    parts.wake()
  }

  /**
   * Events that a fault of the moment kept from being answered keep their places, and are tried again
   * after a pause; each by itself where one of them may be what all were held up by.
   */
  async function keepBack(group: readonly Waiting[], error: unknown): Promise<void> {
    const kind = passing(error)
    const now = performance.now()
    log.warn({ received: group[0]?.id, events: group.length, error: describe(error) }, 'put off')
    for (const waiting of group) {
      waiting.patience = failed(waiting.patience, kind, now)
      if (group.length === 1 && isSpent(waiting.patience, now, lastAnswered)) {
        await apologise(waiting, error)
        continue
      }
      if (waiting.again && waiting.counted) {
        // While the database is away it stays counted, and is not counted once more.
        waiting.counted = await giveBack(database, [waiting.id]).then(
          () => false,
          () => true,
        )
      }
      if (kind === 'held-up') line.setAside(waiting)
      putOff(waiting, pauseOf(waiting.patience))
    }
  }

  function putOff(waiting: Waiting, pause: number): void {
    line.rest(waiting, pause)
    // A timer may ring a moment early.
    setTimeout(proceed, pause + 2)
  }

  function follow(waiting: Waiting, fate: Fate): void {
    if (fate === 'answered') {
      lastAnswered = performance.now()
      if (waiting.table) forgetAhead(waiting.table)
      line.leave(waiting)
    } else if (fate === 'later') line.stay(waiting)
    else if (fate === 'takes-long') line.setAside(waiting)
    else if (fate === 'unknown') void introduceThen(waiting)
    else if (fate === 'behind') void adoptThen(waiting)
    else if ('bringsFileOf' in fate) void fetchThen(waiting, fate.bringsFileOf)
    else void readThen(waiting, fate.readsTable, fate.of)
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

  /** Only once it is known who sent it: nothing of a stranger's is fetched. */
  const fetchThen = (waiting: Waiting, staffId: string): Promise<void> =>
    first(waiting, async () => {
      const { id, event } = waiting
      const channel = channelOf(event.channel)
      const taken = channel && (await takeFile(database, channel, id, event, staffId, moment().now))
      waiting.taken = taken ?? { problem: 'gone' }
    })

  const readThen = (waiting: Waiting, uploadId: string, staffId: string): Promise<void> =>
    first(waiting, async () => {
      await readAhead(database.prisma, uploadId, staffId)
      waiting.table = uploadId
    })

  /** What takes long and is done before any transaction, while others are answered. */
  async function first(waiting: Waiting, work: () => Promise<void>): Promise<void> {
    try {
      await work()
      line.setAside(waiting)
    } catch (error) {
      if (passing(error)) await keepBack([waiting], error)
      else {
        log.error({ received: waiting.id, error: describe(error) }, 'not answered yet')
        line.leave(waiting)
      }
    }
    proceed()
  }

  /** Takes up what another instance left in the conversation, which comes first. */
  async function adoptThen(waiting: Waiting): Promise<void> {
    const { channel, conversation } = waiting.event
    const before = { channel, conversation, id: { lt: waiting.id } }
    const old = new Date(moment().now.getTime() - OLD_MS)
    const adopted = await takeUp(before, ({ receivedAt }) => receivedAt < old).catch((error) => {
      log.error({ received: waiting.id, error: describe(error) }, 'not adopted')
      return []
    })
    if (adopted.length === 0) return putOff(waiting, BEHIND_MS)
    line.stay(waiting)
    proceed()
  }

  /** `ended`: whether an attempt of it, where one was begun, may have ended a process. */
  async function takeUp(
    where: Left,
    ended: (row: { readonly receivedAt: Date }) => boolean,
  ): Promise<Waiting[]> {
    return (await takeLeft(database, where)).map((left) => {
      const how = left.attempts > 0 && ended(left) ? 'again' : 'together'
      return enter(left.id, left.event, how)
    })
  }

  /** A fault of ours, and nothing of it is kept but the answer that says so. */
  async function apologise(waiting: Waiting, fault: unknown): Promise<void> {
    const { id, event } = waiting
    log.error({ received: id, error: describe(fault) }, 'fault')
    const { channel, conversation, replyTo } = event
    const card = faultCard(referenceOf(id))
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
      line.leave(waiting)
    } catch (error) {
      log.error({ received: id, error: describe(error) }, 'not answered yet')
      waiting.patience = failed(waiting.patience, null, performance.now())
      putOff(waiting, pauseOf(waiting.patience))
    }
  }

  return {
    async receive(event) {
      const { id, safe, stored } = keeper.keep(event, moment().now)
      const answered = stored
        .then((fresh) => {
          if (fresh) return enter(id, event, 'together').answered
          log.debug({ channel: event.channel }, 'repeat dropped')
        })
        .catch((error) => log.error({ received: id, error: describe(error) }, 'not answered yet'))
      await safe
      return { answered }
    },
    async resume(settledFor = 0) {
      const { now } = moment()
      const spent = await setSpentAside(database, line.ids(), now).catch((error) => {
        log.error({ error: describe(error) }, 'not set aside yet')
        return []
      })
      for (const { id } of spent) {
        log.error({ received: id, attempts: MOST_ATTEMPTS }, 'set aside: it ended the process')
      }
      if (spent.length > 0) parts.wake()
      const left = await keeper.left()
      const kept = await Promise.allSettled(left.map((each) => keeper.keepLeft(each, now)))
      kept.forEach((each, index) => {
        const { id, event } = left[index] as (typeof left)[number]
        if (each.status === 'fulfilled' && each.value) enter(id, event, 'together')
      })
      const before =
        settledFor > 0 ? { receivedAt: { lt: new Date(now.getTime() - settledFor) } } : {}
      await Promise.all((await takeUp(before, () => true)).map(({ answered }) => answered))
    },
    async stop() {
      await turns.stop()
      const counted = line.standing().filter((waiting) => waiting.counted)
      await giveBack(
        database,
        counted.map(({ id }) => id),
      )
    },
  }
}
