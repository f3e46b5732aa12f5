import { setTimeout as pause } from 'node:timers/promises'
import { type Channel, type Outgoing, SendFailure } from '../../core/chat.ts'
import type { Database } from '../../infra/database/index.ts'
import type { Log } from '../../infra/log.ts'
import {
  type Claimed,
  claimDue,
  giveUpStale,
  KINDS,
  type Kind,
  type Lane,
  noteResults,
  type Result,
  STALE,
} from './claim.ts'
import { STALE_MS } from './enqueue.ts'
import { createLane, isFault } from './lane.ts'
import { MOST_REFRESHED, type Reviser } from './live-cards.ts'
import { endOutage, noteOutage } from './outage.ts'
import { createPacer } from './pace.ts'
import { waitsOf } from './rate-window.ts'

/** Sends what the outbox holds: each conversation in order, conversations side by side. */
export interface Delivery {
  start(): Promise<void>
  /** Looks now instead of at the next turn. */
  wake(): void
  /** Resolves when everything due has been tried. */
  settled(): Promise<void>
  stop(): Promise<void>
}

const filled = ({ channel, kind, room }: Lane, claimed: readonly Claimed[]): boolean =>
  claimed.filter((each) => each.channel === channel && each.kind === kind).length === room

/** What becomes of a message that is not worth sending any more: a card that shows anew goes in silence. */
const staleEnd = ({ kind }: Claimed): Result['state'] =>
  kind === 'revision' ? 'dropped' : 'failed'

const laneOf = (channel: string, kind: Kind): string => `${channel} ${kind}`

/** Conversations served at once in a channel; fewer where that would only make answers wait. */
const ABREAST = 64
/** How long a message is ours to send. */
const LEASE_MS = 30_000
/** The longest that any channel waits for the answer to one call. */
const CALL_MS = 10_000
/** A message that did not go is tried again after so long at most. */
const LONGEST_PAUSE_MS = 60_000
/** How often it is looked for what has waited for too long. */
const STALE_LOOK_MS = 60_000
/** How long a stop waits for what is being sent; what has no end by then is looked up at the next start. */
const STOP_MS = 5000
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
  let staleLookedAt = Number.NEGATIVE_INFINITY
  const states = new Map(channels.map(({ name }) => [name, createLane()]))
  /** Channels that this process has heard answer. */
  const heard = new Set<string>()

  /** What may be taken of each channel: answers, and apart from them the other kinds. */
  const lanes = (): Lane[] => {
    const now = clock()
    const since = new Date(thorough || settling > 0 ? 0 : now.getTime() - LATELY_MS)
    const settled = new Date(now.getTime() + STALE_MS)
    const revising = settling > 0 || performance.now() - revised >= REVISION_MS
    return channels
      .filter((channel) => channel.ready?.() ?? true)
      .flatMap(({ name, can }) => {
        const open = states.get(name)?.open(now) ?? 'all'
        if (open === 'none') return []
        return KINDS.filter((kind) => revising || kind !== 'revision').map((kind) => {
          const most = kind === 'revision' ? MOST_REFRESHED : ABREAST
          const abreast = open === 'one' ? 1 : Math.min(most, Math.ceil(can.perSecond ?? most))
          const room = abreast - (going.get(laneOf(name, kind)) ?? 0)
          const until = kind === 'revision' && settling > 0 ? settled : now
          return { channel: name, kind, room, since: open === 'one' ? new Date(0) : since, until }
        })
      })
  }

  /** The service answered: its lane is open. */
  function hear(name: string): void {
    const wasStopped = states.get(name)?.answered() ?? false
    if (wasStopped) {
      log.info({ channel: name }, 'the service is back')
      // What fell due meanwhile is older than what is looked for at each look.
      thorough = true
    }
    if (!wasStopped && heard.has(name)) return
    heard.add(name)
    endOutage(database.prisma, name, 'send').catch((error) =>
      log.warn({ channel: name, error: String(error) }, 'outage not ended'),
    )
  }

  /** It did not; once many sends met that, nothing but a trial goes. */
  function miss(name: string, failure: SendFailure): void {
    const now = clock()
    if (!states.get(name)?.failed(failure, now)) return
    const why = failure.message
    log.error({ channel: name, why }, 'the service is away; its messages wait')
    noteOutage(database.prisma, { channel: name, of: 'send', since: now, why }).catch((error) =>
      log.warn({ channel: name, error: String(error) }, 'outage not noted'),
    )
  }

  const take = (free: readonly Lane[]) =>
    claimDue(database.prisma, free, new Date(clock().getTime() + LEASE_MS))

  /** The cards of those that have none yet. */
  function compose(claimed: readonly Claimed[]): ReturnType<Reviser> {
    const ids = claimed.filter(({ card }) => !card).map(({ id }) => id)
    if (ids.length === 0) return Promise.resolve(new Map())
    revised = performance.now()
    return revise(ids)
  }

  /** `wait`: how long this one must wait under its channel's windows; 0: not at all. */
  async function send(
    waiting: Claimed,
    channel: Channel,
    wait: number,
    composed: ReturnType<Reviser>,
  ): Promise<Result> {
    const { id, conversation, replaces, until } = waiting
    const { name } = channel
    const trial = states.get(name)?.stoppedSince !== null
    const end = (state: Result['state'], more: Partial<Result> = {}): Result => {
      return { id, until, tried: true, state, ref: null, error: null, at: clock(), ...more }
    }
    const claimed = () => until.getTime() - clock().getTime() >= CALL_MS
    const isStale = () => waiting.staleAt !== null && clock() >= waiting.staleAt
    let looking = waiting.state === 'unknown'
    try {
      const card = waiting.card ?? (await composed).get(id)
      if (!card) return end('dropped')
      const outgoing: Outgoing = { key: id, conversation, card, replaces, claimed }
      const found = waiting.state === 'unknown' ? await channel.find(outgoing) : null
      looking = false
      if (!found) {
        if (isStale()) return end(staleEnd(waiting), { error: STALE })
        if (wait > 0) {
          const at = new Date(clock().getTime() + wait)
          return end(waiting.state, { error: 'as many as are allowed', at })
        }
        await pacer.turn(channel, conversation)
        // Somebody else may have it by now, or the service went away while this one waited.
        const stopped = states.get(name)?.stoppedSince !== null && !trial
        if (!claimed() || stopped) return end(waiting.state, { tried: false })
      }
      const ref = found ?? (await channel.send(outgoing))
      hear(name)
      return end('sent', { ref })
    } catch (error) {
      const failure = error instanceof SendFailure ? error : new SendFailure('unknown', `${error}`)
      if (isFault(failure)) miss(name, failure)
      else hear(name)
      const refused = failure.kind === 'refused' && !looking
      // While it could not be looked up it stays in doubt.
      const doubtful = looking || failure.kind === 'unknown'
      const state = refused ? 'failed' : doubtful ? 'unknown' : 'queued'
      if (isStale() && !refused) {
        return end(staleEnd(waiting), { error: `${STALE}: ${failure.message}` })
      }
      const attempts = Math.min(waiting.attempts + 1, 10)
      const level = refused ? 'warn' : 'debug'
      log[level]({ message: id, channel: name, kind: failure.kind, state }, 'not sent')
      // A service that says when to come again is taken at its word.
      const wait = failure.retryAfterMs || Math.min(LONGEST_PAUSE_MS, 500 * 2 ** attempts)
      const at = new Date(clock().getTime() + wait)
      return end(state, { error: failure.message, at })
    }
  }

  async function giveUp(): Promise<void> {
    const now = clock().getTime()
    if (now - staleLookedAt < STALE_LOOK_MS && now >= staleLookedAt) return
    staleLookedAt = now
    const stale = await giveUpStale(database.prisma, clock())
    if (stale > 0) log.error({ messages: stale }, 'waited for too long, and were given up')
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
      await giveUp()
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

  async function start(
    waiting: Claimed,
    wait: number,
    composed: ReturnType<Reviser>,
  ): Promise<void> {
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
      const ended = new AbortController()
      const late = pause(STOP_MS, 'late', { signal: ended.signal, ref: false }).catch(() => 'late')
      // The last turn may be waiting for a service that does not answer.
      while (turn && (await Promise.race([turn, late])) !== 'late');
      ended.abort()
    },
  }
}
