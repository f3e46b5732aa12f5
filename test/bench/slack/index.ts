import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { App, HTTPReceiver, LogLevel } from '@slack/bolt'
import { BOT_SCOPES } from '../../../src/channels/slack/app.ts'
import type { Database } from '../../../src/infra/database/index.ts'
import { openPostgres } from '../../../src/infra/database/postgres.ts'
import { startOnSlack } from '../../channels/slack/service.ts'
import { BOT_TOKEN, openSlack, SIGNING_SECRET } from '../../doubles/slack/index.ts'
import { bankOn } from '../../support/bank.ts'
import { KEYED } from '../../support/keyed.ts'
import { type Bench, type Row, row } from '../row.ts'
import { withServer } from '../server.ts'
import { fillForSlack } from './bank.ts'
import { load, PEOPLE } from './load.ts'

/** The acknowledgement: 50 ms (measured: 16) by the empty handler's p99 of 3 ms on a calm machine. */
const LIMIT = { command: 4, acknowledgement: 16 }
const EMPTY = 'an empty Bolt handler'
/** Before anything is counted, each way once: what has just started compiles what it runs. */
const WARM_SECONDS = 3

/** Signed slash commands through HTTP, each load right after the same on an empty Bolt handler. */
export const slackBench: Bench = ({ quick }) =>
  withServer(async (url) => {
    const slack = await openSlack()
    slack.scopes = [...BOT_SCOPES]
    const empty = await emptyBolt()
    try {
      const database = await openPostgres(url, KEYED)
      await bankOn(database, [])
      const clients = quick ? 20_000 : 1_000_000
      const names = await fillForSlack(database, slack, { managers: PEOPLE, clients })
      const { app, endpoint } = await startOnSlack(slack, database, 'http')
      const seconds = quick ? 3 : 15
      const aClient = (person: number) => `查 ${names[person - 1]}`
      const rows: Row[] = []
      const asked = [
        ['a client', aClient],
        ['the list', () => '今日'],
        ['help', () => '帮助'],
      ] as const
      for (const [, textOf] of asked) {
        await load(empty.url, WARM_SECONDS, { textOf })
        await answered(database, () => load(endpoint, WARM_SECONDS, { textOf }))
      }
      for (const [what, textOf] of asked) {
        const theirs = await load(empty.url, seconds, { textOf })
        const ours = await answered(database, () => load(endpoint, seconds, { textOf }))
        rows.push(
          row(
            `time of one slash command (${what}), answer stored, ${ours.toFixed(0)} a second`,
            [1000 / ours, 'ms'],
            [EMPTY, 1000 / theirs.perSecond],
            LIMIT.command,
          ),
        )
      }
      const pace = { perSecond: 100, textOf: aClient }
      const theirs = await load(empty.url, seconds, pace)
      const ours = await load(endpoint, seconds, pace)
      await app.stop()
      return [
        ...rows,
        row(
          'p99 of the acknowledgement at 100 a second',
          [ours.p99, 'ms'],
          [EMPTY, theirs.p99],
          LIMIT.acknowledgement,
        ),
      ]
    } finally {
      await empty.stop()
      await slack.close()
    }
  })

async function emptyBolt() {
  const receiver = new HTTPReceiver({
    signingSecret: SIGNING_SECRET,
    endpoints: '/slack/events',
    logLevel: LogLevel.ERROR,
  })
  const app = new App({
    receiver,
    convoStore: false,
    logLevel: LogLevel.ERROR,
    authorize: async () => ({ botToken: BOT_TOKEN, botId: 'B1', botUserId: 'UBOT' }),
  })
  app.command('/chenhui', async ({ ack }) => ack())
  const server = http.createServer(receiver.requestListener).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/slack/events`,
    stop: () => new Promise((resolve) => server.close(resolve)),
  }
}

/** How many a second are answered, until the last of them is, not only acknowledged. */
async function answered(database: Database, work: () => Promise<unknown>): Promise<number> {
  const { received } = database.prisma
  const before = await received.count()
  const began = performance.now()
  await work()
  while (await received.count({ where: { answeredAt: null } })) {
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return ((await received.count()) - before) / ((performance.now() - began) / 1000)
}
