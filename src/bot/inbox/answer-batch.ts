import type { Channel, SentFile } from '../../core/chat.ts'
import { madeAt } from '../../core/ids.ts'
import { describe } from '../../infra/database/fault.ts'
import type { Database, Queries } from '../../infra/database/index.ts'
import type { Log } from '../../infra/log.ts'
import type { createAnswerer } from '../conversation/interpret.ts'
import type { Known } from '../conversation/utterance.ts'
import type { Moment } from '../moment.ts'
import type { Meter } from '../operations/meter.ts'
import type { Unread } from '../second-reader/index.ts'
import { beginBatch, type Turn } from './begin-batch.ts'
import { type Answered, commitBatch } from './commit-batch.ts'
import type { QueuedEvent } from './event-queue.ts'
import { Contended } from './reservations.ts'
import type { StoredEvent } from './store-event.ts'

// A batch is up to 64 events of different conversations, answered in one transaction: either everything
// that their answers changed is kept, with the answers in the outbox and the events marked, or nothing is.
//
// 1. begin-batch locks the conversations, so that another instance that has a later event of one of them
//    waits, and reads in one statement who is behind each event and what the bot asked them last.
// 2. Here each is understood, in order. That changes nothing (but for strangers' codes, files and a form
//    taken up again), and tells what would. What only looks, or names what it changes, is then done
//    side by side, so that statements of many events go out together (infra/batch.ts); of two that name
//    the same, the second is left to the next batch. The rest may change anything, and is done one
//    after the other, for 200 ms at most.
// 3. commit-batch writes all answers, audit rows and questions, one statement of each kind.
//
// Not everything of a batch is answered by it: an event may need something first that no transaction is
// held open for (`EventResult`). A fault undoes the batch; its events are then answered one by one
// (answer-events.ts), so that the guilty one takes no other with it.

/** What became of one event of a batch: answered, or why not. */
export type EventResult =
  | 'answered'
  /** It said several things, which are events of their own now. */
  | { readonly follows: readonly StoredEvent[] }
  /** The service is to be asked first who the sender is. */
  | 'unknown-sender'
  /** Another instance has an earlier event of the conversation, which comes first. */
  | 'behind'
  /** It may take long: not in a batch. */
  | 'long'
  /** In the next batch: another changes the same, or this batch took long enough. */
  | 'later'
  /** The file that this member of staff sent is to be fetched first. */
  | { readonly fetchFileOf: string }
  /** This voice message of that member of staff is to be heard first. */
  | { readonly hearFor: string; readonly voice: SentFile }
  /** This upload of that member of staff is to be read first. */
  | { readonly readUpload: string; readonly of: string }
  /** Nobody understood it: the second reader is to be asked first. */
  | { readonly unread: Unread }

/** After so long in those that are done one after the other, the rest of them go into the next batch. */
const ALONE_BUDGET_MS = 200

export interface BatchParts {
  readonly database: Database
  readonly answerer: ReturnType<typeof createAnswerer>
  readonly channelOf: (name: string) => Channel | undefined
  /** Has `moment` give the catalogue and the calendar that are committed now. */
  readonly refreshMoment: () => Promise<void>
  /** Called when there is something to do beside answers. */
  readonly wakeWork: () => void
  readonly log: Log
  readonly meter: Meter
}

/** An event that is understood, and what is to be done for it. */
interface Understood {
  readonly queued: QueuedEvent
  readonly beside: boolean
  /** Null when it is left to the next batch. */
  run(): Promise<Answered | null>
}

/** Throws what failed; nothing is changed then. */
export async function answerBatch(
  parts: BatchParts,
  batch: readonly QueuedEvent[],
  at: Moment,
): Promise<ReadonlyMap<QueuedEvent, EventResult>> {
  const answers: Answered[] = []
  const results = await parts.database.transaction(async (tx) => {
    const results = new Map<QueuedEvent, EventResult>()
    const understood: Understood[] = []
    const admitted: Known[] = []
    for (const turn of await beginBatch(tx, batch, traitsOf(parts), at)) {
      const result = needsFirst(parts, turn)
      if (result) {
        results.set(turn.queued, result)
        continue
      }
      const away = await parts.answerer.turnAway(tx, turn, at)
      if (away) answers.push(away)
      else if (turn.who) admitted.push({ ...turn, who: turn.who })
    }
    // Side by side, so that what is looked up to read them is looked up for all at once.
    const meant = await allOf(
      admitted.map(async (turn) => [turn.queued, await understand(parts, tx, turn, at)] as const),
    )
    for (const [queued, result] of meant) {
      if (typeof result === 'object' && 'reply' in result) answers.push(result)
      else if (typeof result === 'object' && 'run' in result) understood.push(result)
      else results.set(queued, result)
    }
    for (const [queued, answered] of await runAll(understood)) {
      if (answered) answers.push(answered)
      else results.set(queued, 'later')
    }
    await commitBatch(tx, answers, at.now)
    for (const { turn, follows } of answers) {
      results.set(turn.queued, follows.length > 0 ? { follows } : 'answered')
    }
    return results
  })
  for (const { turn, act } of answers) {
    const received = turn.queued.id
    const answered = {
      ...{ received, command: act?.intent.command ?? null, result: act?.result ?? 'asked' },
      seconds: (Date.now() - madeAt(received)) / 1000,
    }
    parts.meter.answered(answered)
    parts.log.debug(answered, 'answered')
  }
  if (answers.some((each) => each.beginsWork)) parts.wakeWork()
  // What was answered stays so: nobody's fault of afterwards has it answered again.
  if (answers.some((each) => each.momentChanged)) {
    await parts
      .refreshMoment()
      .catch((error) => parts.log.error({ error: describe(error) }, 'moment'))
  }
  return results
}

const traitsOf = ({ channelOf }: BatchParts) => ({
  identifiesByStaffCode: (name: string) => channelOf(name)?.senderIs === 'staff-code',
  whispers: (name: string) => channelOf(name)?.whispers ?? false,
})

/** What an event needs before it can be understood; null: nothing. */
function needsFirst({ answerer, channelOf }: BatchParts, turn: Turn): EventResult | null {
  const { queued, who, state, event } = turn
  if (state !== 'open') return state
  const channel = channelOf(event.channel)
  const mayKnowSender = Boolean(channel?.emailOf ?? channel?.twin)
  if (!who && !queued.senderLookedUp && mayKnowSender) return 'unknown-sender'
  const { says } = event
  if (says.kind === 'file' && says.voice) {
    return who && queued.heard === undefined ? { hearFor: who.id, voice: says } : null
  }
  const bringsFile = says.kind === 'file' && !queued.file
  return who && bringsFile && answerer.mayBring(who) ? { fetchFileOf: who.id } : null
}

async function understand(
  { answerer }: BatchParts,
  tx: Queries,
  turn: Known,
  at: Moment,
): Promise<EventResult | Answered | Understood> {
  const { queued, who } = turn
  const meaning = await answerer.understand(tx, turn, at)
  if (meaning.kind === 'answered') return meaning.answered
  if (meaning.kind === 'unread') return { unread: meaning.unread }
  const { command, table } = meaning
  if (table && table !== queued.readUpload) return { readUpload: table, of: who.id }
  if (command.concurrency === 'long' && queued.mode === 'batched') return 'long'
  return {
    queued,
    beside: command.concurrency === 'beside',
    run: () => meaning.run().catch(nullIfContended),
  }
}

function nullIfContended(fault: unknown): null {
  if (fault instanceof Contended) return null
  throw fault
}

/** First those that are done side by side, then the others one after the other. */
async function runAll(
  understood: readonly Understood[],
): Promise<(readonly [QueuedEvent, Answered | null])[]> {
  const beside = understood.filter((each) => each.beside)
  const answered = await allOf(beside.map(({ run }) => run()))
  const done = beside.map(({ queued }, index) => [queued, answered[index] ?? null] as const)
  const began = performance.now()
  for (const { queued, run } of understood.filter((each) => !each.beside)) {
    const spent = performance.now() - began > ALONE_BUDGET_MS
    done.push([queued, spent ? null : await run()])
  }
  return done
}

/**
 * Waits for every one of them also when one fails, as they share a transaction; and throws what failed
 * first, as the others only heard that the transaction is over.
 */
async function allOf<Result>(works: readonly Promise<Result>[]): Promise<Result[]> {
  const faults: unknown[] = []
  for (const work of works) work.catch((fault) => faults.push(fault))
  const settled = await Promise.allSettled(works)
  return settled.map((each) => {
    if (each.status === 'rejected') throw faults[0]
    return each.value
  })
}
