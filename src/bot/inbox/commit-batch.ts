import type { Card } from '../../core/card.ts'
import type { Intent } from '../../core/intent.ts'
import type { Language } from '../../core/text.ts'
import type { Queries } from '../../infra/database/index.ts'
import { noteActs } from '../audit.ts'
import { type Awaited, expectAll, forgetAll, type Place } from '../conversation/dialog-store.ts'
import { answeredAloneCard } from '../conversation/replies.ts'
import {
  addressesOf,
  answerUntil,
  enqueue,
  enqueueRefreshes,
  type OutgoingMessage,
  type StaleCard,
  standingPages,
} from '../outbox/enqueue.ts'
import type { Turn } from './begin-batch.ts'
import { type StoredEvent, storeAll } from './store-event.ts'

/** What an act was, for the audit. */
export interface Act {
  readonly id: string
  readonly intent: Intent
  readonly result: 'done' | 'refused' | 'asked'
  readonly undoable: boolean
  /** How many rows it gave out in a file; null: none. */
  readonly givenOut: number | null
  /** The clients of whom the answer shows something. */
  readonly seen: readonly string[]
}

/** What the answer to one event comes to, besides what its command changed. */
export interface Answered {
  readonly turn: Turn
  readonly reply: Card
  /** Of what was said in a room: the reply may stand there for everybody to read. */
  readonly aloud?: boolean
  /** The reply is not sent. */
  readonly unsaid?: boolean
  readonly act: Act | null
  /** What is asked, and to be waited for. */
  readonly expects: readonly Awaited[]
  /** What others are told. */
  readonly told: readonly { staffId: string; compose: (language: Language) => Card }[]
  /** Subjects whose cards are no longer as they stand in the conversation. */
  readonly stale: readonly string[]
  /** Whose pages are no longer as they stand. */
  readonly stalePages: readonly string[]
  /** The catalogue is to be read anew once the transaction is committed. */
  readonly momentChanged: boolean
  /** What it said besides, each an event of its own that is answered after it. */
  readonly follows: readonly StoredEvent[]
  /** There is work to be gone on with once the transaction is committed. */
  readonly beginsWork: boolean
}

/**
 * Writes down all that the answers of a batch come to, in one statement of each kind. How batches work:
 * answer-batch.ts.
 */
export async function commitBatch(
  tx: Queries,
  answers: readonly Answered[],
  now: Date,
): Promise<void> {
  const turns = answers.map(({ turn }) => turn)
  const following = answers.flatMap(({ follows }) => follows.map((each) => ({ ...each, now })))
  await Promise.all([
    markAnswered(tx, turns, now),
    markSeen(tx, turns, now),
    following.length > 0 ? storeAll(tx, following) : null,
    audit(tx, answers, now),
    forgetAll(tx, answers.flatMap(forgotten)),
    expectAll(
      tx,
      answers.flatMap(({ expects }) => expects),
      now,
    ),
    messagesOf(tx, answers, now).then((messages) => enqueue(tx, messages, now)),
    enqueueRefreshes(tx, answers.flatMap(staleHere), now),
    standingPages(tx, answers.flatMap(pageReaders)).then((stale) =>
      enqueueRefreshes(tx, stale, now),
    ),
  ])
}

const staleHere = ({ turn: { event, who }, stale }: Answered): StaleCard[] => {
  const { channel, conversation, replyTo } = event
  // What stands in a thread is as true as the rest.
  const places = replyTo ? [conversation, replyTo] : [conversation]
  return stale.flatMap((subject) =>
    places.flatMap((place) =>
      who ? [{ channel, conversation: place, subject, readerId: who.id }] : [],
    ),
  )
}

/** Whoever is told something sees it on their page, too. */
const pageReaders = ({ told, stalePages }: Answered): string[] => [
  ...told.map(({ staffId }) => staffId),
  ...stalePages,
]

/** Where something was waited for, and is no longer: not what takes its place. */
function forgotten({ turn: { asked, event, who }, expects, aloud }: Answered): Place[] {
  const { channel, conversation } = event
  // A word said aloud in a room answers nothing that was asked in the direct conversation.
  if (aloud) return []
  const anew = expects.some(
    (each) =>
      each.channel === channel && each.conversation === conversation && each.staffId === who?.id,
  )
  return asked && who && !anew ? [{ channel, conversation, staffId: who.id }] : []
}

const markAnswered = (tx: Queries, turns: readonly Turn[], now: Date) => tx.$executeRaw`
  update received set answered_at = ${now}::timestamptz
  where id = any(${turns.map(({ queued }) => queued.id)}::uuid[])`

/** Somebody who was seen so lately is not noted again: most events would write their account's row else. */
const SEEN_PRECISION_MS = 60_000

/** Notes where people were last seen, to a minute, so that pushes reach them there. */
async function markSeen(tx: Queries, turns: readonly Turn[], now: Date): Promise<void> {
  const seen = turns
    .flatMap(({ who, queued: { event } }) => (who ? [event] : []))
    .sort((a, b) => (a.sender < b.sender ? -1 : 1))
  if (seen.length === 0) return
  await tx.$executeRaw`
    update account set last_seen_at = ${now}::timestamptz,
      reachable = account.reachable is not false or not seen.shared,
      conversation = case when seen.shared then account.conversation else seen.conversation end
    from unnest(${seen.map(({ channel }) => channel)}::text[],
        ${seen.map(({ sender }) => sender)}::text[],
        ${seen.map(({ conversation }) => conversation)}::text[],
        ${seen.map(({ shared }) => shared)}::bool[])
      as seen (channel, sender, conversation, shared)
    where account.channel = seen.channel and account.external_id = seen.sender
      and (account.last_seen_at < ${new Date(now.getTime() - SEEN_PRECISION_MS)}::timestamptz
        or account.reachable is false
        or account.conversation <> seen.conversation and not seen.shared)`
}

async function audit(tx: Queries, answers: readonly Answered[], now: Date): Promise<void> {
  const rows = answers.flatMap(({ turn: { queued, who, event, room: inRoom }, act }) => {
    if (!act || !who) return []
    const { intent, ...what } = act
    const { command, input = null } = intent
    const room = inRoom?.conversation ?? null
    const said = { room, channel: event.channel, receivedId: queued.id }
    return [{ ...what, ...said, command, input, staff: who.id }]
  })
  await noteActs(tx, rows, now)
}

/**
 * In the order of events; of each, what others are told, and the reply. In a room stands only what
 * may be read aloud: of everything else, that it was answered.
 */
async function messagesOf(
  tx: Queries,
  answers: readonly Answered[],
  now: Date,
): Promise<OutgoingMessage[]> {
  const told = answers.flatMap((answer) => answer.told.map(({ staffId }) => staffId))
  const addresses = new Map(
    (told.length > 0 ? await addressesOf(tx, told) : []).map((each) => [each.staffId, each]),
  )
  const staleAt = answerUntil(now)
  return answers.flatMap(({ turn, reply, aloud, unsaid, told: others }) => {
    if (unsaid) return []
    const { room, event, queued } = turn
    const { channel } = event
    const common = { onceKey: null, replaces: null, notBefore: now, receivedId: queued.id }
    const alone = { channel, conversation: event.replyTo ?? event.conversation }
    const inRoom = room && { channel, conversation: room.conversation }
    return [
      ...others.flatMap(({ staffId, compose }): OutgoingMessage[] => {
        const to = addresses.get(staffId)
        return to ? [{ ...common, ...to, card: compose(to.language) }] : []
      }),
      ...(inRoom && !aloud
        ? [
            { ...common, ...alone, card: reply, staleAt },
            { ...common, ...inRoom, card: answeredAloneCard, staleAt },
          ]
        : [{ ...common, ...(inRoom ?? alone), card: reply, staleAt }]),
    ]
  })
}
