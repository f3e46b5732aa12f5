import type { Card } from '../core/card.ts'
import { type Channel, type Outgoing, SendFailure } from '../core/chat.ts'
import type { Database } from '../infra/database/index.ts'
import type { Log } from '../infra/log.ts'
import { createPacer } from './pace.ts'
import { waitOf } from './window.ts'

/** Sends what the outbox holds: each conversation in order, conversations side by side. */
export interface Delivery {
  start(): Promise<void>
  /** Looks now instead of at the next turn. */
  wake(): void
  /** Resolves when everything due has been tried. */
  settled(): Promise<void>
  stop(): Promise<void>
}

interface Waiting {
  id: string
  channel: string
  conversation: string
  card: Card
  state: 'queued' | 'unknown'
  attempts: number
  replaces: string | null
}

/** Conversations served at once. */
const ABREAST = 64
/** Longer than any channel waits for an answer. */
const LEASE_MS = 30_000
const MOST_ATTEMPTS = 8
const TURN_MS = 1000

export function createDelivery(
  database: Database,
  channels: readonly Channel[],
  clock: () => Date,
  log: Log,
): Delivery {
  const byName = new Map(channels.map((channel) => [channel.name, channel]))
  let turn: Promise<void> | null = null
  let again = false
  let rouse = () => {}
  let stopped = false
  const pacer = createPacer()
  let timer: NodeJS.Timeout | null = null

  const ready = () => channels.filter((each) => each.ready?.() ?? true).map(({ name }) => name)

  /**
   * Takes the first message of each conversation, where it is due. One that was tried before holds
   * up those behind it; one that is only meant for later does not. While a message is being sent
   * `not_before` is the end of the sender's lease: past it the sender died, and nobody knows
   * whether the message went.
   */
  const claim = (most: number) => database.prisma.$queryRaw<Waiting[]>`
    with first as (
      select distinct on (channel, conversation) id from message
      where state in ('queued', 'sending', 'unknown') and channel = any(${ready()})
        and (not_before <= ${clock()} or state <> 'queued' or attempts > 0)
      order by channel, conversation, id
    ), due as (
      select id, case state when 'queued' then 'queued' else 'unknown' end as state from message
      where id in (select id from first) and state in ('queued', 'sending', 'unknown')
        and not_before <= ${clock()}
      limit ${most} for update skip locked
    )
    update message set state = 'sending', attempts = attempts + 1,
      not_before = ${new Date(clock().getTime() + LEASE_MS)}
    from due where message.id = due.id
    returning message.id, channel, conversation, card, due.state, attempts,
      (select ref from message as earlier where earlier.id = message.replaces) as replaces`

  const settle = (id: string, state: string, ref: string | null, error: string | null, at: Date) =>
    database.prisma.$executeRaw`
      update message set state = ${state}, ref = ${ref}, error = ${error}, not_before = ${at},
        sent_at = case when ${state} = 'sent' then ${clock()}::timestamptz end
      where id = ${id}::uuid`

  async function send(waiting: Waiting): Promise<void> {
    const channel = byName.get(waiting.channel)
    if (!channel) return
    const { id, conversation, card, replaces } = waiting
    const outgoing: Outgoing = { key: id, conversation, card, replaces }
    let looking = waiting.state === 'unknown'
    try {
      const found = waiting.state === 'unknown' ? await channel.find(outgoing) : null
      looking = false
      if (!found) {
        await pacer.turn(channel, conversation)
        const wait = await waitOf(database.prisma, channel, conversation, clock())
        if (wait > 0) throw new SendFailure('later', 'as many as are allowed', wait)
      }
      const ref = found ?? (await channel.send(outgoing))
      await settle(id, 'sent', ref, null, clock())
    } catch (error) {
      const failure = error instanceof SendFailure ? error : new SendFailure('unknown', `${error}`)
      // A service that says when to come again is never given up on.
      const asked = failure.kind === 'later' && failure.retryAfterMs > 0
      const spent =
        (failure.kind === 'refused' && !looking) || (waiting.attempts >= MOST_ATTEMPTS && !asked)
      // While it could not be looked up it stays in doubt.
      const doubtful = looking || failure.kind === 'unknown'
      const state = spent ? 'failed' : doubtful ? 'unknown' : 'queued'
      const pause = failure.retryAfterMs || Math.min(60_000, 500 * 2 ** waiting.attempts)
      log.warn({ message: id, channel: channel.name, kind: failure.kind, state }, 'not sent')
      await settle(id, state, null, failure.message, new Date(clock().getTime() + pause))
    }
  }

  /** Keeps so many sends going until nothing is due; looks again whenever it is woken. */
  async function round(): Promise<void> {
    const going = new Set<Promise<void>>()
    do {
      again = false
      const claimed = going.size < ABREAST ? await claim(ABREAST - going.size) : []
      for (const waiting of claimed) {
        const sending: Promise<void> = send(waiting)
          .catch((error) => log.error({ message: waiting.id, error: String(error) }, 'not noted'))
          .finally(() => {
            going.delete(sending)
            // What waited behind it in its conversation may go.
            again = true
          })
        going.add(sending)
      }
      if (claimed.length > 0) again = true
      else if (going.size > 0) {
        const woken = new Promise<void>((resolve) => {
          rouse = resolve
        })
        await Promise.race([...going, woken])
      }
    } while (again || going.size > 0)
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
      timer = setInterval(wake, TURN_MS)
      wake()
    },
    wake,
    async settled() {
      wake()
      while (turn) await turn
    },
    async stop() {
      stopped = true
      if (timer) clearInterval(timer)
      while (turn) await turn
    },
  }
}
