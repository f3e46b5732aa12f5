import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createApp } from '../../../src/app.ts'
import { BOT_SCOPES } from '../../../src/channels/slack/app.ts'
import { channelsOf } from '../../../src/cli/channels.ts'
import { readConfig } from '../../../src/config.ts'
import type { Database } from '../../../src/infra/database/index.ts'
import { createLog } from '../../../src/infra/log.ts'
import { createSpool } from '../../../src/infra/spool.ts'
import {
  APP_TOKEN,
  BOT_TOKEN,
  openSlack,
  SIGNING_SECRET,
  type SlackDouble,
} from '../../doubles/slack/index.ts'
import { bankOn, CLIENTS } from '../../support/bank.ts'
import { openTestDatabase } from '../../support/open.ts'

/** A Slack double with all scopes, and a small bank whose people it knows by their mail. */
export async function openSlackBank(kind: Database['kind']) {
  const slack = await openSlack()
  slack.scopes = [...BOT_SCOPES]
  const database = await openTestDatabase(kind)
  await bankOn(database, CLIENTS)
  await database.prisma.$executeRaw`delete from account`
  await database.prisma.$executeRaw`update staff set email = code || '@Bank.example'`
  return { slack, database }
}

/** The service against a Slack double, by Socket Mode or over HTTP. */
export async function startOnSlack(
  slack: Pick<SlackDouble, 'apiUrl' | 'connected'> & { endpoint?: string | null },
  database: Database,
  by: 'socket' | 'http',
  clock: () => Date = () => new Date(),
) {
  const config = readConfig({
    LOG_LEVEL: 'silent',
    MORNING_SPREAD_SECONDS: '0',
    // Lists are pushed where a test says so, and not for a morning that was missed.
    MORNING_AT: '23:59',
    SLACK_BOT_TOKEN: BOT_TOKEN,
    SLACK_API_URL: slack.apiUrl,
    ...(by === 'socket'
      ? { SLACK_APP_TOKEN: APP_TOKEN }
      : { SLACK_SIGNING_SECRET: SIGNING_SECRET }),
  })
  const log = createLog('silent')
  const spool = createSpool(await mkdtemp(path.join(tmpdir(), 'chenhui-spool-')))
  const { channels, mounts } = await channelsOf(config, database, log)
  const app = await createApp(
    { ...config, PORT: 0 },
    { database, log, channels, mounts, spool, clock },
  )
  const { port } = await app.start()
  slack.endpoint = by === 'http' ? `http://127.0.0.1:${port}/slack/events` : null
  if (by === 'socket') await slack.connected()
  return { app, endpoint: `http://127.0.0.1:${port}/slack/events` }
}
