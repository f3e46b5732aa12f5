import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { BOT_SCOPES } from '../../../src/channels/slack/app.ts'
import type { Database } from '../../../src/infra/database/index.ts'
import { openPglite } from '../../../src/infra/database/pglite.ts'
import { openPostgres } from '../../../src/infra/database/postgres.ts'
import { settingsOf } from '../../channels/crowd.ts'
import { BOT_TOKEN, openSlack, SIGNING_SECRET } from '../../doubles/slack/index.ts'
import { bankOn } from '../../support/bank.ts'
import { freePort } from '../../support/free-port.ts'
import { KEYED } from '../../support/keyed.ts'
import { openProxy } from '../faults/proxy.ts'
import { type Bench, none, type Row, row } from '../row.ts'
import { withServer } from '../server.ts'
import { fillForSlack } from '../slack/bank.ts'
import { load, PEOPLE } from '../slack/load.ts'
import { faultsOver } from './faults.ts'
import { watch } from './service.ts'

/** A bank that is used for an hour, by its database. */
const SOAKS = {
  postgres: { on: 'PostgreSQL', perSecond: 50, clients: 100_000 },
  pglite: { on: 'the embedded database', perSecond: 10, clients: 20_000 },
}
const MINUTES = { whole: 60, quick: 4 }
/** A service that keeps what it needs no longer would grow in each third. */
const MOST_GROWTH = 1.05
/** What is still to be answered when nobody says anything more is answered by then. */
const PATIENCE_MS = 5 * 60_000

/**
 * An hour of commands over faults: memory that stays, nothing unanswered, no fault in the log but those inflicted. More
 * is answered in a second than Slack takes of one workspace, so messages wait all along, and at the end.
 */
export const soakBench: Bench = async ({ quick }) => {
  const minutes = quick ? MINUTES.quick : MINUTES.whole
  // Side by side, in the same hour.
  const rows = await Promise.all([onServer(minutes), embedded(minutes)])
  return rows.flat()
}

const onServer = (minutes: number): Promise<Row[]> =>
  withServer(async (url, folder) => {
    const database = await openPostgres(url, KEYED)
    try {
      return await soak(database, { folder, minutes, reopen: async () => database })
    } finally {
      await database.close()
    }
  })

async function embedded(minutes: number): Promise<Row[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chenhui-soak-'))
  const bank = path.join(folder, 'bank')
  const open = () => openPglite(bank, { ...KEYED, flush: false })
  try {
    return await soak(await open(), { folder, minutes, reopen: open })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

interface Soak {
  readonly folder: string
  readonly minutes: number
  /** The database once the service has ended. */
  reopen(): Promise<Database>
}

async function soak(database: Database, { folder, minutes, reopen }: Soak): Promise<Row[]> {
  const { kind } = database
  const { on, perSecond, clients } = SOAKS[kind]
  const slack = await openSlack()
  slack.scopes = [...BOT_SCOPES]
  const way = await openProxy(slack.apiUrl)
  await bankOn(database, [])
  await database.prisma.$executeRaw`delete from account`
  const names = await fillForSlack(database, slack, { managers: PEOPLE, clients })
  const port = await freePort()
  const { DATABASE_URL, ...settings } = settingsOf(database)
  // An embedded database is one process's.
  if (kind === 'pglite') await database.close()
  const service = watch(folder, {
    ...{ PATH: process.env['PATH'] ?? '', ...settings, PORT: `${port}`, LOG_LEVEL: 'warn' },
    ...(kind === 'pglite' ? { DATA_DIR: path.join(folder, 'bank') } : { DATABASE_URL }),
    ...{ SPOOL_DIR: path.join(folder, 'spool'), SLACK_API_URL: way.url },
    ...{ SLACK_BOT_TOKEN: BOT_TOKEN, SLACK_SIGNING_SECRET: SIGNING_SECRET },
  })
  try {
    const endpoint = `http://127.0.0.1:${port}/slack/events`
    await greeted(endpoint)
    const ended = AbortSignal.timeout(minutes * 60_000)
    const faults = faultsOver(kind === 'postgres' ? database : null, way, ended)
    const memory = service.memory(ended)
    const said = await load(endpoint, minutes * 60, { perSecond, textOf: lineOf(names) })
    const inflicted = await faults
    const [, second = Number.NaN, last = Number.NaN] = thirdsOf(await memory)
    await quiet(slack.messages)
    const code = await service.stop()
    const after = await reopen()
    const counts = await countsIn(after)
    if (kind === 'pglite') await after.close()
    const logged = await service.faults(inflicted)
    for (const line of logged.slice(0, 20)) console.error(line)
    const what = `${minutes} minutes of ${perSecond} commands a second on ${on}, ${inflicted.length} faults`
    return [
      row(
        `${what}: memory of the last third`,
        [last, 'MB'],
        ['of the second', second],
        MOST_GROWTH,
      ),
      none(
        `${what}: acknowledged and not stored, of ${said.count}`,
        Math.max(0, said.count - counts.stored),
      ),
      none(`${what}: stored and never acknowledged`, Math.max(0, counts.stored - said.count)),
      none(`${what}: not answered`, counts.waiting),
      none(`${what}: messages given up`, counts.givenUp),
      none(`${what}: apologies`, counts.apologies),
      none(`${what}: faults logged but the inflicted ones`, logged.length),
      none(`${what}: ends that were not clean`, code === 0 ? 0 : 1),
    ]
  } finally {
    service.kill()
    await way.close()
    await slack.close()
  }
}

/** What one says in the course of a day, in turn. */
function lineOf(names: readonly string[]): (person: number) => string {
  let turn = 0
  return (person) => {
    const name = names[person - 1] ?? ''
    const lines = ['今日', `查 ${name}`, `${name} 没接`, '帮助', `${name} 为什么是这一层`, '进度']
    return lines[turn++ % lines.length] ?? ''
  }
}

/** Said by nobody afterwards: of those said to a service that is not up yet some are stored and others not. */
const GREETING = '你好'

/** Waits until the service takes what is said. */
async function greeted(url: string): Promise<void> {
  const until = performance.now() + PATIENCE_MS
  while (performance.now() < until) {
    const said = await load(url, 0.01, { textOf: () => GREETING }).catch(() => null)
    if (said) return
    await pause(500)
  }
  throw new Error('the service does not start')
}

/** Resolves once nothing more is shown for a while. */
async function quiet(messages: readonly unknown[]): Promise<void> {
  const until = performance.now() + PATIENCE_MS
  for (let before = -1; before !== messages.length && performance.now() < until; ) {
    before = messages.length
    await pause(15_000)
  }
}

function thirdsOf(samples: readonly number[]): number[] {
  const size = Math.floor(samples.length / 3)
  return [0, 1, 2].map((third) => {
    const some = samples.slice(third * size, (third + 1) * size)
    return some.reduce((sum, each) => sum + each, 0) / some.length
  })
}

async function countsIn({ prisma }: Database) {
  const [row] = await prisma.$queryRaw<
    { stored: number; waiting: number; givenUp: number; apologies: number }[]
  >`
    select (select count(*)::int from received
        where says->>'text' is distinct from ${GREETING}) as stored,
      (select count(*)::int from received where answered_at is null) as waiting,
      (select count(*)::int from message where state = 'failed') as "givenUp",
      (select count(*)::int from message where card::text like '%没有办成%') as apologies`
  if (!row) throw new Error('no counts')
  return row
}
