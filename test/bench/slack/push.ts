import { BOT_SCOPES } from '../../../src/channels/slack/app.ts'
import { push } from '../../../src/features/tasks/list/push-morning.ts'
import { openPostgres } from '../../../src/infra/database/postgres.ts'
import { startOnSlack } from '../../channels/slack/service.ts'
import { openSlack, type SlackDouble } from '../../doubles/slack/index.ts'
import { bankOn } from '../../support/bank.ts'
import { KEYED } from '../../support/keyed.ts'
import { type Bench, type Row, row } from '../row.ts'
import { withServer } from '../server.ts'
import { fillForSlack } from './bank.ts'

/** What the channel may send a second to all conversations together. */
const PER_SECOND = 8

/** Lists to 10 000 managers at the pace that Slack allows: 21 minutes. */
export const pushBench: Bench = ({ quick }) =>
  withServer(async (url) => {
    const slack = await openSlack()
    slack.scopes = [...BOT_SCOPES]
    try {
      const database = await openPostgres(url, KEYED)
      await bankOn(database, [])
      const people = quick ? 80 : 10_000
      await fillForSlack(database, slack, { managers: people, clients: people })
      const { app } = await startOnSlack(slack, database, 'http')
      const rows = [await pushRow(app, slack, people)]
      await app.stop()
      return rows
    } finally {
      await slack.close()
    }
  })

type Service = Awaited<ReturnType<typeof startOnSlack>>['app']

async function pushRow(app: Service, slack: SlackDouble, lists: number): Promise<Row> {
  slack.limited = true
  const began = performance.now()
  await push(app.services, app.services.moment(), { dryRun: false, anyDay: true })
  while (slack.messages.length < lists) {
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  const seconds = (performance.now() - began) / 1000
  const refused = slack.calls.filter(({ error }) => error !== null).length
  const reached = new Set(slack.messages.map(({ channel }) => channel)).size
  if (reached !== lists) throw new Error(`${reached} of ${lists} managers reached`)
  return row(
    `${lists} lists sent, each once, ${refused} calls refused`,
    [seconds, 's'],
    [`the pace of ${PER_SECOND} a second`, lists / PER_SECOND],
    1.05,
  )
}
