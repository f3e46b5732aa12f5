import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { Delivery } from '../../src/bot/outbox/deliver.ts'
import { enqueue } from '../../src/bot/outbox/enqueue.ts'
import { textCard } from '../../src/core/card.ts'
import type { Channel } from '../../src/core/chat.ts'
import type { Database } from '../../src/infra/database/index.ts'
import { openPostgres } from '../../src/infra/database/postgres.ts'
import { createLog } from '../../src/infra/log.ts'
import { KEYED } from '../support/keyed.ts'
import { selectOne } from './bare.ts'
import { type Bench, row } from './row.ts'
import { withServer } from './server.ts'

/** 1 ms (measured: 0.13) by the 0.13 ms of a `select 1` on a calm machine. */
const LIMIT = 7.5

/** What the outbox sends in a second to a service that answers at once, on PostgreSQL. */
export const outboxBench: Bench = ({ quick }) =>
  withServer(async (url) => {
    const database = await openPostgres(url, KEYED)
    const many = quick ? 2000 : 10_000
    await deliver(database, many / 10)
    const few = await deliver(database, many / 10)
    const before = await selectOne(database, many / 5)
    const all = await deliver(database, many)
    const after = await selectOne(database, many / 5)
    await database.close()
    return [
      row(
        `one of ${many} waiting messages, claimed, sent and noted`,
        [all.ms / many, 'ms'],
        ['one `select 1`', (before + after) / 2],
        LIMIT,
      ),
      row(
        `memory while ${many} wait`,
        [all.megabytes, 'MB'],
        [`while ${many / 10} wait`, few.megabytes],
        1.1,
      ),
    ]
  })

/** Queues so many messages, three to a conversation, and sends them all. */
async function deliver(database: Database, many: number) {
  const now = new Date()
  const letters = Array.from({ length: many }, (_, n) => ({
    channel: 'bench',
    conversation: `${n % Math.ceil(many / 3)}`,
    card: textCard(`${n} `.repeat(100)),
    onceKey: null,
    replaces: null,
    notBefore: now,
  }))
  await enqueue(database.prisma, letters, now)
  letters.length = 0
  await database.prisma.$executeRaw`analyze message`
  const last = new Map<string, string>()
  let sent = 0
  let most = 0
  const channel: Channel = {
    name: 'bench',
    can: {
      buttons: true,
      forms: true,
      edit: true,
      pictures: true,
      length: 10_000,
      paceMs: 0,
      burst: 0,
      perSecond: null,
    },
    senderIs: 'account',
    async start() {},
    async stop() {},
    async send({ key, conversation }) {
      if (key < (last.get(conversation) ?? '')) throw new Error('out of order')
      last.set(conversation, key)
      if (++sent % (many / 10) === 0) most = Math.max(most, liveMegabytes())
      return key
    },
    find: async () => null,
  }
  const delivery = new Delivery({
    database,
    channels: [channel],
    composeCards: async () => new Map(),
    clock: () => new Date(),
    log: createLog('silent'),
  })
  const began = performance.now()
  await delivery.settled()
  const ms = performance.now() - began
  await delivery.stop()
  if (sent !== many) throw new Error(`${sent} of ${many} sent`)
  return { ms, megabytes: most }
}

setFlagsFromString('--expose_gc')
const collect = runInNewContext('gc') as () => void

/** What is alive on the heap. */
function liveMegabytes(): number {
  collect()
  return process.memoryUsage().heapUsed / 2 ** 20
}
