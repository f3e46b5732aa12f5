import { type App, createApp } from '../../../src/app.ts'
import { createConsoleChannel } from '../../../src/channels/console/index.ts'
import { readConfig } from '../../../src/config.ts'
import { night } from '../../../src/features/tasks/care/run-night.ts'
import type { Queries } from '../../../src/infra/database/index.ts'
import { NEW_ID } from '../../../src/infra/database/new-id.ts'
import { openPostgres } from '../../../src/infra/database/postgres.ts'
import { createLog } from '../../../src/infra/log.ts'
import { bankOn } from '../../support/bank.ts'
import { KEYED } from '../../support/keyed.ts'
import { createDatabase } from '../../support/postgres.ts'
import { fillBank, NOW, openTasks } from '../import/book.ts'
import { say } from '../import/say.ts'
import { type Bench, type Row, row } from '../row.ts'
import { withServer } from '../server.ts'
import { inTurn, median } from '../timing.ts'
import { arrivalsBench } from './arrivals.ts'

const LIMIT = 1.15
const DAY_MS = 24 * 3_600_000
const NIGHTS = 5

/**
 * What encryption at rest costs: one bank twice, as it is and in clear, each asked the same in turn; and what one person
 * can do to others by what they send.
 */
export const trustBench: Bench = ({ quick }) =>
  withServer(async (server) => {
    const template = await createDatabase(server, 'template0')
    const filling = await openPostgres(template)
    await (await bankOn(filling, [])).close()
    await fill(template, quick ? 20_000 : 100_000)
    const copy = () => createDatabase(server, new URL(template).pathname.slice(1))
    const clear = await openPostgres(await copy())
    const encrypted = await openPostgres(await copy(), KEYED)
    for (const { prisma } of [clear, encrypted])
      await prisma.$executeRawUnsafe('vacuum full analyze')
    let at = new Date(NOW).getTime()
    const serve = (database: typeof clear) =>
      createApp(readConfig({ LOG_LEVEL: 'silent' }), {
        ...{ database, log: createLog('silent'), channels: [createConsoleChannel()] },
        clock: () => new Date(at),
      })
    const apps = { clear: await serve(clear), encrypted: await serve(encrypted) }
    const names = await clear.prisma.$queryRaw<{ name: string; code: string }[]>`
      select client.name, code from client join staff on staff.id = owner_id order by md5(client.id::text) limit 2000`
    const costs = async (
      what: string,
      rounds: number,
      ask: (app: App, round: number) => Promise<unknown>,
    ) => {
      const times = await inTurn(rounds, {
        clear: (round) => ask(apps.clear, round),
        encrypted: (round) => ask(apps.encrypted, round),
      })
      return row(
        what,
        [median(times.encrypted), 'ms'],
        ['without encryption', median(times.clear)],
        LIMIT,
      )
    }
    try {
      const rows: Row[] = [
        await costs('a look at a client', quick ? 300 : 600, (app, round) => {
          const { name, code } = names[round % names.length] ?? { name: '', code: '' }
          return say(app, code, `查 ${name}`)
        }),
        await costs('a morning list', quick ? 300 : 600, (app, round) =>
          say(app, `Q${(round % 200) + 1}`, '今日'),
        ),
        await costs('a nightly run', NIGHTS, async (app) => {
          // The night is that of one day for both.
          if (app === apps.clear) at += DAY_MS
          await night(app.services, app.services.moment())
        }),
      ]
      return [...rows, ...(await arrivalsBench(await createDatabase(server, 'template0')))]
    } finally {
      await Promise.all(Object.values(apps).map((app) => app.stop()))
    }
  })

async function fill(url: string, clients: number): Promise<void> {
  const database = await openPostgres(url)
  await fillBank(database, clients)
  await openTasks(database)
  await addNotes(database.prisma)
  await database.close()
}

/** A note on each file, on what came of the last talk, and on each open task. */
async function addNotes(tx: Queries): Promise<void> {
  await tx.$executeRawUnsafe(
    `insert into client_note (id, client_id, text, staff_id, recorded_at)
     select ${NEW_ID}, id, '周末不接电话，店里的事找他爱人商量 ' || left(id::text, 8), owner_id, entered_at from client`,
  )
  await tx.$executeRawUnsafe(
    `insert into outcome (id, act_id, client_id, staff_id, kind, stage, note, logged_on, logged_at)
     select ${NEW_ID}, gen_random_uuid(), id, owner_id, 'thinking', 'reached', '说进货缺钱，想等年后再看 ' || left(id::text, 8),
       coalesce(last_contact_on, entered_at::date), entered_at from client`,
  )
  await tx.$executeRaw`update task set note = '问续贷和年后的用款计划 ' || left(id::text, 8)`
}
