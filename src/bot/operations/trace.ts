import { firstIdAt, madeAt } from '../../core/ids.ts'
import type { Queries } from '../../infra/database/index.ts'

/** What became of one event, without a word of what was said. */
export interface Trace {
  readonly event: {
    readonly id: string
    readonly channel: string
    readonly receivedAt: Date
    readonly answeredAt: Date | null
    readonly attempts: number
    readonly setAsideAt: Date | null
  }
  /** What it was understood as, and what came of that. */
  readonly acts: readonly { command: string; result: string; at: Date; undoneAt: Date | null }[]
  /** What was said because of it, to whoever sent it and to others. */
  readonly messages: readonly TracedMessage[]
}

export interface TracedMessage {
  readonly id: string
  readonly channel: string
  readonly state: string
  readonly attempts: number
  readonly error: string | null
  readonly createdAt: Date
  readonly sentAt: Date | null
}

/** How far back a short reference is looked up. */
const SHORT_DAYS = 30
const SHORT = /^[0-9a-f]{8}$/
/** Instances' clocks, and an answer's rows and the time it is marked with, are less apart. */
const APART_MS = 60_000

/** By the id of an event or of a message, or by the reference that people were told. Null: there is none. */
export async function traceOf(tx: Queries, which: string, now: Date): Promise<Trace | null> {
  const event = SHORT.test(which)
    ? await eventByReference(tx, which, now)
    : await eventById(tx, which)
  if (!event) return null
  const { id, answeredAt } = event
  if (!answeredAt) return { event, acts: [], messages: [] }
  // Ids tell when they were made, and need no index of their own on what an event led to.
  const came = madeAt(id)
  const from = firstIdAt(new Date(came - APART_MS))
  const until = firstIdAt(new Date(Math.max(came, answeredAt.getTime()) + APART_MS))
  const acts = await tx.act.findMany({
    where: { receivedId: id, id: { gte: from, lt: until } },
    select: { command: true, result: true, at: true, undoneAt: true },
    orderBy: { id: 'asc' },
  })
  const messages = await tx.message.findMany({
    where: { receivedId: id, id: { gte: from, lt: until } },
    select: {
      ...{ id: true, channel: true, state: true, attempts: true, error: true },
      ...{ createdAt: true, sentAt: true },
    },
    orderBy: { id: 'asc' },
  })
  return { event, acts, messages }
}

const COLUMNS = {
  ...{ id: true, channel: true, receivedAt: true, answeredAt: true, attempts: true },
  setAsideAt: true,
} as const

async function eventById(tx: Queries, id: string): Promise<Trace['event'] | null> {
  const message = await tx.message.findUnique({ where: { id }, select: { receivedId: true } })
  return tx.received.findUnique({ where: { id: message?.receivedId ?? id }, select: COLUMNS })
}

async function eventByReference(
  tx: Queries,
  reference: string,
  now: Date,
): Promise<Trace['event'] | null> {
  const since = firstIdAt(new Date(now.getTime() - SHORT_DAYS * 86_400_000))
  const [found] = await tx.$queryRaw<{ id: string }[]>`
    select id from received where id >= ${since}::uuid and right(id::text, 8) = ${reference}
    order by id desc limit 1`
  return found ? eventById(tx, found.id) : null
}
