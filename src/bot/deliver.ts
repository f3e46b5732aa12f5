import { type Channel, type Outgoing, SendFailure } from '../core/chat.ts'
import type { Database } from '../infra/database/index.ts'
import type { Log } from '../infra/log.ts'
import { type Due, KINDS, type Kind, type Lane, noteResults, type Result, takeDue } from './due.ts'
import { STALE_MS } from './outbox.ts'
import { createPacer } from './pace.ts'
import { MOST_REVISED, type Reviser } from './revise.ts'
import { waitsOf } from './window.ts'

/** Sends what the outbox holds: each conversation in order, conversations side by side. */
export interface Delivery {
  start(): Promise<void>
  /** Looks now instead of at the next turn. */
  wake(): void
  /** Resolves when everything due has been tried. */
  settled(): Promise<void>
  stop(): Promise<void>
}

const filled = ({ channel, kind, room }: Lane, claimed: readonly Due[]): boolean =>
  claimed.filter((each) => each.channel === channel && each.kind === kind).length === room

const laneOf = (channel: string, kind: Kind): string => `${channel} ${kind}`

/** Conversations served at once in a channel; fewer where that would only make answers wait. */
const ABREAST = 64
/** Longer than any channel waits for an answer. */
const LEASE_MS = 30_000
const MOST_ATTEMPTS = 8
const TURN_MS = 400
/**
 * What fell due so lately is looked for at each look, and all that is due at each turn: what was sent
 * and not tidied up yet lies in the index before what waits, and there may be much of it.
 */
const LATELY_MS = 5000
/** How often some of the cards to be shown anew are composed at most. */
const REVISION_MS = 200

export function createDelivery(
  database: Database,
  channels: readonly Channel[],
  revise: Reviser,
  clock: () => Date,
  log: Log,
): Delivery {
  const byName = new Map(channels.map((channel) => [channel.name, channel]))
  let turn: Promise<void> | null = null
  let again = false
  let rouse = () => {}
  /** How many are being sent, by lane. */
  const going = new Map<string, number>()
  const results: Result[] = []
  let stopped = false
  const pacer = createPacer()
  let timer: NodeJS.Timeout | null = null
  let revised = Number.NEGATIVE_INFINITY
  /** The next look is for all that is due. */
  let thorough = true
  let settling = 0

  /** What may be taken of each channel: answers, and apart from them the other kinds. */
  const lanes = (): Lane[] => {
    const now = clock()
    const since = new Date(thorough || settling > 0 ? 0 : now.getTime() - LATELY_MS)
    const settled = new Date(now.getTime() + STALE_MS)
    const revising = settling > 0 || performance.now() - revised >= REVISION_MS
    return channels
      .filter((channel) => channel.ready?.() ?? true)
      .flatMap(({ name, can }) =>
        KINDS.filter((kind) => revising || kind !== 'revision').map((kind) => {
          const most = kind === 'revision' ? MOST_REVISED : ABREAST
          const abreast = Math.min(most, Math.ceil(can.perSecond ?? most))
          const room = abreast - (going.get(laneOf(name, kind)) ?? 0)
          const until = kind === 'revision' && settling > 0 ? settled : now
          return { channel: name, kind, room, since, until }
        }),
      )
  }

  const take = (free: readonly Lane[]) =>
    takeDue(database.prisma, free, new Date(clock().getTime() + LEASE_MS))

  /** The cards of those that have none yet. */
  function compose(claimed: readonly Due[]): ReturnType<Reviser> {
    const ids = claimed.filter(({ card }) => !card).map(({ id }) => id)
    if (ids.length === 0) return Promise.resolve(new Map())
    revised = performance.now()
    return revise(ids)
  }

  /** `wait`: how long this one must wait under its channel's windows; 0: not at all. */
  async function send(
    waiting: Due,
    channel: Channel,
    wait: number,
    composed: ReturnType<Reviser>,
  ): Promise<Result> {
    const { id, conversation, replaces } = waiting
    let looking = waiting.state === 'unknown'
    try {
      const card = waiting.card ?? (await composed).get(id)
      if (!card) return { id, state: 'dropped', ref: null, error: null, at: clock() }
      const outgoing: Outgoing = { key: id, conversation, card, replaces }
      const found = waiting.state === 'unknown' ? await channel.find(outgoing) : null
      looking = false
      if (!found) {
        if (wait > 0) throw new SendFailure('later', 'as many as are allowed', wait)
        await pacer.turn(channel, conversation)
      }
      const ref = found ?? (await channel.send(outgoing))
      return { id, state: 'sent', ref, error: null, at: clock() }
    } catch (error) {
      const failure = error instanceof SendFailure ? error : new SendFailure('unknown', `${error}`)
      const attempts = waiting.attempts + 1
      // A service that says when to come again is never given up on.
      const asked = failure.kind === 'later' && failure.retryAfterMs > 0
      const spent =
        (failure.kind === 'refused' && !looking) || (attempts >= MOST_ATTEMPTS && !asked)
      // While it could not be looked up it stays in doubt.
      const doubtful = looking || failure.kind === 'unknown'
      const state = spent ? 'failed' : doubtful ? 'unknown' : 'queued'
      const pause = failure.retryAfterMs || Math.min(60_000, 500 * 2 ** attempts)
      log.warn({ message: id, channel: channel.name, kind: failure.kind, state }, 'not sent')
      const at = new Date(clock().getTime() + pause)
      return { id, state, ref: null, error: failure.message, at }
    }
  }

  /**
   * Keeps so many sends going until nothing is due. What came of them is noted, and what is due
   * next is taken, for all at once: the faster the service, the more in one statement.
   */
  async function round(): Promise<void> {
    do {
      again = false
      const sent = results.splice(0)
      if (sent.length > 0) await noteResults(database.prisma, sent, clock())
      const looked = stopped ? [] : lanes()
      // What the next turn asks for meanwhile is not forgotten.
      const all = thorough
      thorough = false
      const free = looked.filter(({ room }) => room > 0)
      const claimed = free.length > 0 ? await take(free) : []
      const waits = await waitsOf(database.prisma, claimed, (name) => byName.get(name), clock())
      const composed = compose(claimed)
      for (const waiting of claimed) void start(waiting, waits.get(waiting.id) ?? 0, composed)
      // There may be more than there was room for.
      const more = free.some((lane) => filled(lane, claimed))
      if (all && (more || free.length < looked.length)) thorough = true
      if (more) again = true
      if (going.size > 0 && !again) {
        await new Promise<void>((resolve) => {
          rouse = resolve
        })
      }
    } while ((again && !stopped) || going.size > 0 || results.length > 0)
  }

  async function start(waiting: Due, wait: number, composed: ReturnType<Reviser>): Promise<void> {
    const channel = byName.get(waiting.channel)
    if (!channel) return
    const lane = laneOf(waiting.channel, waiting.kind)
    going.set(lane, (going.get(lane) ?? 0) + 1)
    results.push(await send(waiting, channel, wait, composed))
    const left = (going.get(lane) ?? 1) - 1
    if (left > 0) going.set(lane, left)
    else going.delete(lane)
    again = true
    rouse()
  }

  function wake(): void {
    again = true
    rouse()
    turn ??= round()
      .catch((error) => log.error({ error: String(error) }, 'delivery'))
      .finally(() => {
        turn = null
        // Woken after the last look.
        if (again && !stopped) wake()
      })
  }

  return {
    async start() {
      // An embedded database has no other process that could be sending.
      if (database.kind === 'pglite') {
        await database.prisma.$executeRaw`
          update message set not_before = ${clock()} where state = 'sending'`
      }
      timer = setInterval(() => {
        thorough = true
        wake()
      }, TURN_MS)
      wake()
    },
    wake,
    async settled() {
      settling++
      wake()
      while (turn) await turn
      settling--
    },
    async stop() {
      stopped = true
      if (timer) clearInterval(timer)
      while (turn) await turn
    },
  }
}
