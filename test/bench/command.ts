import { type App, createApp } from '../../src/app.ts'
import { createConsoleChannel } from '../../src/channels/console/index.ts'
import { ensureDemoBank } from '../../src/cli/demo/demo-bank.ts'
import { readConfig } from '../../src/config.ts'
import { newId } from '../../src/core/ids.ts'
import type { Database } from '../../src/infra/database/index.ts'
import { openPglite } from '../../src/infra/database/pglite.ts'
import { openPostgres } from '../../src/infra/database/postgres.ts'
import { createLog } from '../../src/infra/log.ts'
import { KEYED } from '../support/keyed.ts'
import { logOutcome, noteAct } from './bare.ts'
import { type Bench, type Row, row } from './row.ts'
import { withServer } from './server.ts'
import { inTurn, median } from './timing.ts'

/**
 * What one command costs through the whole pipe (stored, understood, answered, audited, sent)
 * against the bare queries that it needs.
 */
export const commandBench: Bench = ({ quick }) =>
  withServer(async (url) => {
    const rounds = quick ? 10 : 200
    const embedded = await measure(await openPglite(undefined, KEYED), 'PGlite', rounds)
    const server = await measure(await openPostgres(url, KEYED), 'PostgreSQL', rounds)
    return [...embedded, ...server]
  })

/**
 * The pipe may cost this many times the bare queries: it also stores the event, knows the person,
 * locks the conversation and sends, a dozen statements more.
 */
const LIMIT = 8

async function measure(database: Database, name: string, rounds: number): Promise<Row[]> {
  const channel = createConsoleChannel()
  const app = await createApp(readConfig({ LOG_LEVEL: 'silent' }), {
    database,
    log: createLog('silent'),
    channels: [channel],
  })
  try {
    await ensureDemoBank(app)
    await say(app, { kind: 'text', text: '今日' })
    const { prisma } = database
    const manager = await prisma.staff.findUniqueOrThrow({ where: { code: 'M001' } })
    const client = await prisma.client.findFirstOrThrow({ where: { ownerId: manager.id } })
    const tasks = await prisma.task.findMany({
      where: { status: 'open', managerId: manager.id },
      take: 2 * rounds,
    })
    const outcome = (round: number) => {
      const taskId = tasks[round % tasks.length]?.id
      const input = { taskId, outcome: 'thinking' }
      const intent = { command: 'log-outcome', input }
      return say(app, { kind: 'intent', intent, label: '' })
    }
    const times = await inTurn(rounds, {
      today: () => say(app, { kind: 'text', text: '今日' }),
      bareToday: async () => {
        await prisma.$queryRaw`
        select task.*, client.name, client.business_name, client_tier.tier from task
        join client on client.id = client_id left join client_tier using (client_id)
        where manager_id = ${manager.id}::uuid and status = 'open'
        order by due_on, priority desc limit 60`
        await noteAct(prisma, manager.id, 'today')
      },
      tier: () => say(app, { kind: 'text', text: `分层 ${client.name}` }),
      bareTier: async () => {
        await prisma.$queryRaw`select * from client where name = ${client.name}`
        await prisma.$queryRaw`select * from client_facts where client_id = ${client.id}::uuid`
        await prisma.$queryRaw`select body from edition`
        await noteAct(prisma, manager.id, 'show-tier')
      },
      outcome,
      bareOutcome: (round) =>
        logOutcome(database, {
          taskId: tasks[round % tasks.length]?.id ?? '',
          clientId: client.id,
          managerId: manager.id,
        }),
    })
    const against = (what: string, ours: readonly number[], bare: readonly number[]) =>
      row(`${what}, ${name}`, [median(ours), 'ms'], ['its bare queries', median(bare)], LIMIT)
    return [
      against('today', times.today, times.bareToday),
      against('tier', times.tier, times.bareTier),
      against('outcome', times.outcome, times.bareOutcome),
    ]
  } finally {
    await app.stop()
  }
}

type Says = Parameters<App['inbox']>[0]['says']

async function say(app: App, says: Says): Promise<void> {
  const conversation = 'console:M001'
  const { answered } = await app.inbox({
    id: newId(),
    channel: 'console',
    conversation,
    sender: 'M001',
    shared: false,
    says,
  })
  await answered
  await app.delivery.settled()
}
