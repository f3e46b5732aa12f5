/** @module-tag slow */

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.ts'
import { outages } from '../../src/bot/outbox/outage.ts'
import { BOT_SCOPES } from '../../src/channels/slack/app.ts'
import { channelsOf } from '../../src/cli/channels.ts'
import { readConfig } from '../../src/config.ts'
import type { Database } from '../../src/infra/database/index.ts'
import { createLog } from '../../src/infra/log.ts'
import { APP_TOKEN, BOT_TOKEN, openSlack, type SlackDouble } from '../doubles/slack/index.ts'
import { openWecomApp, type WecomAppDouble } from '../doubles/wecom/app.ts'
import { bankOn, CLIENTS } from '../support/bank.ts'
import { freePort } from '../support/free-port.ts'
import { lived } from '../support/lived.ts'
import { openTestDatabase } from '../support/open.ts'
import { until } from '../support/until.ts'
import { appSettings } from './wecom/service.ts'

const SECRET = 'a secret of the browser chat'

describe('a channel that cannot start', () => {
  let slack: SlackDouble
  let wecom: WecomAppDouble
  let database: Database
  let stop: () => Promise<void> = async () => {}

  beforeEach(async () => {
    slack = await openSlack()
    slack.scopes = [...BOT_SCOPES]
    wecom = await openWecomApp()
    database = await openTestDatabase('postgres')
    await bankOn(database, CLIENTS)
  })
  afterEach(async () => {
    await stop()
    await Promise.all([slack.close(), wecom.close()])
  })

  const slackSettings = () => ({
    SLACK_BOT_TOKEN: BOT_TOKEN,
    SLACK_APP_TOKEN: APP_TOKEN,
    SLACK_API_URL: slack.apiUrl,
  })

  async function start(settings: Record<string, string>) {
    const config = readConfig({ LOG_LEVEL: 'silent', MORNING_AT: '23:59', ...settings })
    const log = createLog('silent')
    const said: string[] = []
    log.error = ((fields: { why?: string }, text: string) => {
      said.push([text, fields.why].filter(Boolean).join(': '))
    }) as typeof log.error
    const { channels, mounts } = await channelsOf(config, database, log)
    const app = await createApp({ ...config, PORT: 0 }, { database, log, channels, mounts })
    const { port } = await app.start()
    stop = () => app.stop()
    return { app, said, url: `http://127.0.0.1:${port}`, channels }
  }

  test.each([
    ['by socket', { SLACK_APP_TOKEN: APP_TOKEN }],
    ['by HTTP', { SLACK_SIGNING_SECRET: 'a signing secret' }],
  ])(
    'Slack that cannot be reached keeps neither the service nor the browser chat from starting: %s',
    async (_, by) => {
      const address = `http://127.0.0.1:${await freePort()}/api/`
      const { url, said, channels } = await start({
        SLACK_BOT_TOKEN: BOT_TOKEN,
        SLACK_API_URL: address,
        WEB_CHAT_SECRET: SECRET,
        ...by,
      })
      expect((await fetch(`${url}/chat`)).status).toBe(401)
      expect((await fetch(`${url}/healthz`)).status).toBe(200)
      expect(channels.find(({ name }) => name === 'slack')?.ready?.()).toBe(false)
      await until(async () =>
        expect(await outages(database.prisma)).toMatchObject([{ channel: 'slack', of: 'start' }]),
      )
      expect(said.filter((each) => each.startsWith('the channel could not start'))).toHaveLength(1)
    },
  )

  test('Slack that is away at the start is connected when it is there', async () => {
    const fault = { kind: 'status', status: 503 } as const
    slack.fail('auth.test', fault)
    slack.fail('apps.connections.open', fault)
    const { channels } = await start(slackSettings())
    await slack.connected()
    await until(async () => expect(await outages(database.prisma)).toEqual([]))
    expect(channels[0]?.ready?.()).toBe(true)
  })

  test.each([
    ['auth.test', 'invalid_auth', 'SLACK_BOT_TOKEN'],
    ['auth.test', 'token_revoked', 'SLACK_BOT_TOKEN'],
    ['auth.test', 'account_inactive', 'SLACK_BOT_TOKEN'],
    ['apps.connections.open', 'invalid_auth', 'SLACK_APP_TOKEN'],
    ['apps.connections.open', 'not_allowed_token_type', 'SLACK_APP_TOKEN'],
    ['apps.connections.open', 'missing_scope', 'SLACK_APP_TOKEN'],
  ])(
    'a refused token is said with its setting, and WeCom is there: %s, %s',
    async (method, reason, setting) => {
      slack.forbidden.set(method, reason)
      const { said } = await start({ ...slackSettings(), ...appSettings(wecom) })
      // A channel that takes long to start is started while the service serves.
      await until(async () => {
        expect((await outages(database.prisma)).map(({ channel }) => channel)).toEqual(['slack'])
        expect(wecom.calls.map(({ path }) => path)).toContain('menu/create')
      })
      expect(said).toHaveLength(1)
      expect(said[0]).toContain(setting)
      expect(said[0]).toContain(reason)
    },
  )

  test('where every channel is refused, pages are served, and that is said loudly', async () => {
    slack.forbidden.set('auth.test', 'invalid_auth')
    const { url, said } = await start({
      ...slackSettings(),
      ...appSettings(wecom),
      WECOM_APP_SECRET: 'not the secret of the app',
    })
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
    await until(() => expect(said.at(-1)).toContain('no chat channel is connected'))
    expect(said.join('\n')).toContain('WECOM_APP_SECRET')
  })

  test('a stop does not wait for a channel that hangs', async () => {
    const { app } = await start(slackSettings())
    const took = lived()
    await app.stop()
    stop = async () => {}
    expect(took()).toBeLessThan(10_000)
  })
})
