import { createApp } from '../app.ts'
import type { Config } from '../config.ts'
import { newId } from '../core/ids.ts'
import { dayIn } from '../core/time.ts'
import { createDemoBank } from '../demo/open-bank.ts'
import { installCatalogue } from '../features/needs/public.ts'
import { addEntries } from '../features/risk/list/store.ts'
import { openKeyedHash } from '../features/risk/public.ts'
import { identitiesOf } from '../features/risk/rules.ts'
import { night } from '../features/tasks/care/run-night.ts'
import { push } from '../features/tasks/push-morning.ts'
import { installStandards, retier } from '../features/tiers/public.ts'
import { type Database, openPglite, openPostgres, type Queries } from '../infra/database/index.ts'
import { createLog } from '../infra/log.ts'
import { webChatOf } from './channels.ts'
import { Fault } from './fault.ts'
import { DEMO_FOLDER, demoSince } from './open.ts'

/** The demo bank is the same at every birth. */
const SEED = 20261123
const BATCH = 1000

/** A bank to try everything on: made once in a folder of its own, pushed to, served on loopback. */
export async function demo(config: Config): Promise<void> {
  const log = createLog(config.LOG_LEVEL === 'info' ? 'warn' : config.LOG_LEVEL)
  const database = config.DATABASE_URL
    ? await openPostgres(config.DATABASE_URL)
    : await openPglite(config.DATA_DIR ?? DEMO_FOLDER)
  const since = await ensureDemoBank(database, config.TIMEZONE, config.NEGATIVE_LIST_KEY)
  const web = webChatOf(config, database)
  const app = await createApp(
    { ...config, MORNING_SPREAD_SECONDS: 0 },
    {
      database,
      log,
      channels: [web],
      mounts: [{ path: '/chat', routes: web.routes }],
    },
  )
  await night(app.house, app.house.moment())
  const { port } = await app.start()
  const pushed = await push(app.house, app.house.moment(), { dryRun: false, anyDay: true })
  await app.delivery.settled()
  const url = `http://${config.HOST}:${port}/chat`
  console.log(
    `${config.BANK_NAME}（演示数据，建于 ${since}） · 晨会已发给 ${pushed.queued + pushed.already} 位客户经理
  打开  ${url}
  比如  ${url}/as/M001   客户经理的早晨
  Ctrl+C 停止；数据留在 ${config.DATA_DIR ?? DEMO_FOLDER}，删掉它就重新生成。

Demo bank of ${since}: morning lists went to ${pushed.queued + pushed.already} client managers.
  Open  ${url}   (stop with Ctrl+C; delete ${config.DATA_DIR ?? DEMO_FOLDER} to start afresh)`,
  )
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void app.stop().then(() => process.exit(0)))
  }
}

/** Makes the demo bank where there is none; resolves to the day it was made. Never on real rows. */
export async function ensureDemoBank(
  database: Database,
  timezone: string,
  negativeListKey?: string,
): Promise<string> {
  const known = await demoSince(database.prisma)
  if (known) return known
  if ((await database.prisma.staff.count()) > 0) {
    throw new Fault(
      '这个数据库里已有真实数据，演示数据不会写进去；请换一个 DATA_DIR 或 DATABASE_URL。',
      'This database holds a real bank; the demo will not write into it. Set another DATA_DIR or DATABASE_URL.',
    )
  }
  const now = new Date()
  const today = dayIn(now, timezone)
  const hash = await openKeyedHash(database, negativeListKey ?? null)
  await database.transaction(async (tx) => {
    await installStandards(tx)
    await createDemoBank(tx, { seed: SEED, today, now })
    await listMarked(tx, hash, now)
    await installCatalogue(tx)
    await tx.businessLine.update({
      where: { code: 'payments' },
      data: { unit: { connect: { code: 'DP' } } },
    })
    const clients = await tx.client.findMany({ select: { id: true } })
    const ids = clients.map((client) => client.id)
    for (let from = 0; from < ids.length; from += BATCH) {
      await retier(tx, ids.slice(from, from + BATCH), today)
    }
    await tx.setting.create({ data: { key: 'demo', value: today } })
  })
  return today
}

const REASONS = ['冒用他人资料', '虚假流水', '失信被执行', '骗取贷款'] as const

/** The clients whom the demo bank marks stand on its negative list, each for a reason. */
async function listMarked(tx: Queries, hash: (text: string) => string, now: Date): Promise<void> {
  const clients = await tx.client.findMany({
    where: { negativeList: true },
    orderBy: { id: 'asc' },
  })
  const { id: staffId } = await tx.staff.findFirstOrThrow({ where: { role: 'risk' } })
  const entries = clients.map((client, place) => ({
    identities: identitiesOf(client),
    reason: REASONS[place % REASONS.length] ?? REASONS[0],
    until: null,
  }))
  await addEntries(tx, hash, entries, { staffId, actId: newId(), now })
}
