import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type App, createApp } from '../../src/app.ts'
import { createConsoleChannel } from '../../src/channels/console/index.ts'
import { ensureDemoBank } from '../../src/cli/demo-bank.ts'
import { readConfig } from '../../src/config.ts'
import { newId } from '../../src/core/ids.ts'
import type { Database } from '../../src/infra/database/index.ts'
import { openPglite } from '../../src/infra/database/pglite.ts'
import { openPostgres } from '../../src/infra/database/postgres.ts'
import { createLog } from '../../src/infra/log.ts'
import { type Figure, figure, inTurn, type Part } from './figure.ts'
import { startServer } from './server.ts'

/**
 * What one command costs through the whole pipe (stored, understood, answered, audited, sent)
 * against the bare queries that it needs.
 */
export const commandBench: Part = async ({ quick }) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'chenhui-bench-'))
  const postgres = await startServer(folder)
  try {
    const rounds = quick ? 10 : 200
    const embedded = await measure(await openPglite(), 'PGlite', rounds)
    const server = await measure(await openPostgres(postgres.url), 'PostgreSQL', rounds)
    return [...embedded, ...server]
  } finally {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * The pipe may cost this many times the bare queries: it also stores the event, knows the person,
 * locks the conversation, audits and sends, a dozen statements more.
 */
const GOAL = 12

async function measure(database: Database, name: string, rounds: number): Promise<Figure[]> {
  await ensureDemoBank(database, 'Asia/Shanghai')
  const channel = createConsoleChannel()
  const app = await createApp(readConfig({ LOG_LEVEL: 'silent' }), {
    database,
    log: createLog('silent'),
    channels: [channel],
  })
  try {
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
      bareToday: () => prisma.$queryRaw`
        select task.*, client.name, client.business_name, client_tier.tier from task
        join client on client.id = client_id left join client_tier using (client_id)
        where manager_id = ${manager.id}::uuid and status = 'open'
        order by due_on, priority desc limit 60`,
      tier: () => say(app, { kind: 'text', text: `分层 ${client.name}` }),
      bareTier: async () => {
        await prisma.$queryRaw`select * from client where name = ${client.name}`
        await prisma.$queryRaw`select * from client_facts where client_id = ${client.id}::uuid`
        await prisma.$queryRaw`select body from edition`
      },
      outcome,
      bareOutcome: (round) =>
        database.transaction(async (tx) => {
          const task = tasks[round % tasks.length]
          await tx.$queryRaw`select id from task where id = ${task?.id}::uuid for update`
          await tx.$executeRaw`update task set note = note where id = ${task?.id}::uuid`
          await tx.$executeRaw`
            insert into outcome (id, act_id, client_id, staff_id, kind, logged_on, logged_at)
            values (${newId()}::uuid, ${newId()}::uuid, ${client.id}::uuid, ${manager.id}::uuid,
              'thinking', current_date, now())`
          await tx.$executeRaw`
            insert into need (id, client_id, registered_by, product, line, urgency, registered_at)
            values (${newId()}::uuid, ${client.id}::uuid, ${manager.id}::uuid, 'pos', 'payments',
              'soon', now())`
        }),
    })
    const row = (what: string, ours: number, theirs: number) =>
      figure(
        'command',
        `${what}, ${name}`,
        [ours, 'ms'],
        [theirs, `bare queries ${theirs.toFixed(2)} ms`],
        GOAL,
      )
    return [
      row('today', times.today, times.bareToday),
      row('tier', times.tier, times.bareTier),
      row('outcome', times.outcome, times.bareOutcome),
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
