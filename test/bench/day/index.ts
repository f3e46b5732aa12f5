import { type App, createApp } from '../../../src/app.ts'
import { createConsoleChannel } from '../../../src/channels/console/index.ts'
import { readConfig } from '../../../src/config.ts'
import { newId } from '../../../src/core/ids.ts'
import { openPostgres } from '../../../src/infra/database/postgres.ts'
import { createLog } from '../../../src/infra/log.ts'
import { bankOn } from '../../support/bank.ts'
import { KEYED } from '../../support/keyed.ts'
import { fillBook } from '../book.ts'
import { type Bench, row } from '../row.ts'
import { withServer } from '../server.ts'
import { inTurn, p99 } from '../timing.ts'
import { mornings } from './mornings.ts'
import { taps } from './taps.ts'

const CHANNEL = 'console'
const NOW = new Date('2026-11-23T09:10:00+08:00').getTime() - performance.now()
/** Of a branch's lead. */
const TEAM = 200
/** Everybody's day at a glance may cost two of one's own lists. */
const LIMIT = 2

/** The working day: a thumb's, everybody's morning lists beside those of before, and the lead's view of a team. */
export const dayBench: Bench = async ({ quick }) => {
  const tapped = await taps()
  const measured = await withServer(async (url) => {
    const database = await openPostgres(url, KEYED)
    await bankOn(database, [])
    const managers = quick ? 500 : 10_000
    await fillBook(database, { managers, clients: managers * 60, channel: CHANNEL })
    const app = await createApp(readConfig({ LOG_LEVEL: 'silent', MORNING_SPREAD_SECONDS: '0' }), {
      database,
      log: createLog('silent'),
      channels: [createConsoleChannel()],
      clock: () => new Date(NOW + performance.now()),
    })
    try {
      // Those of the small bank have no lists of their own here.
      const { wholeBook: prisma } = database
      await prisma.$executeRaw`update staff set active = false where code not like 'Q%'`
      const lists = await mornings(app.services, managers, quick ? 8 : 4)
      await prisma.$executeRawUnsafe('truncate message, task_list')
      // The lead leads so many; the others are of another team.
      await prisma.$executeRaw`update staff set active = true where code = 'L1'`
      await prisma.$executeRaw`
        update staff set unit_id = (select id from unit where code = 'T2')
        where code like 'Q%' and substr(code, 2)::int > ${TEAM}::int`
      await prisma.$executeRaw`
        insert into account (channel, external_id, staff_id, conversation, last_seen_at)
        select ${CHANNEL}, code, id, ${CHANNEL} || ':' || code, now() from staff where code = 'L1'
        on conflict do nothing`
      await shows(app, 'L1', '团队今天', `${TEAM} 人`)
      await shows(app, 'Q1', '今日', '今天 **50** 件')
      const ways = {
        team: () => say(app, 'L1', '团队今天'),
        own: () => say(app, 'Q1', '今日'),
      }
      // What is asked for the first time in a process is compiled; that is no day's.
      await inTurn(200, ways)
      const times = await inTurn(200, ways)
      const view = row(
        `the lead’s view of ${TEAM} managers, p99`,
        [p99(times.team), 'ms'],
        ['one manager’s list, p99', p99(times.own)],
        LIMIT,
      )
      return [lists, view]
    } finally {
      await app.stop()
    }
  })
  return [...tapped, ...measured]
}

/** What is measured is the answer that is meant, and not that it cannot be given. */
async function shows(app: App, sender: string, text: string, what: string): Promise<void> {
  await say(app, sender, text)
  const [said] = await app.services.database.prisma.$queryRaw<{ card: string }[]>`
    select card::text from message where conversation = ${`${CHANNEL}:${sender}`}
    order by id desc limit 1`
  if (!said?.card.includes(what)) throw new Error(`${text} by ${sender}: ${said?.card}`)
}

/** By their staff code, as the console has it. */
async function say(app: App, sender: string, text: string): Promise<void> {
  const { answered } = await app.inbox({
    ...{ id: newId(), channel: CHANNEL, conversation: `${CHANNEL}:${sender}`, sender },
    ...{ shared: false, says: { kind: 'text', text } },
  })
  await answered
}
