import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { createApp } from '../../src/app.ts'
import { outages } from '../../src/bot/outbox/outage.ts'
import { createConsoleChannel } from '../../src/channels/console/index.ts'
import { CHANNELS } from '../../src/channels/index.ts'
import { channelPlugin } from '../../src/channels/plugin.ts'
import { channelsOf, hasChannel, missingSettings } from '../../src/cli/channels.ts'
import { readConfig } from '../../src/config.ts'
import type { Inbox } from '../../src/core/chat.ts'
import type { Database } from '../../src/infra/database/index.ts'
import { createLog } from '../../src/infra/log.ts'
import { bankOn, CLIENTS } from '../support/bank.ts'
import { freePort } from '../support/free-port.ts'
import { openTestDatabase } from '../support/open.ts'

const log = createLog('silent')
let database: Database

beforeEach(async () => {
  database = await openTestDatabase('pglite')
})
afterEach(async () => {
  await database.close().catch(() => {})
})

/** By channel, settings of a service that nobody answers for; the chat in the browser has none. */
const AWAY: Record<string, (host: string) => Record<string, string>> = {
  web: () => ({ WEB_CHAT_SECRET: 'a secret of the browser chat' }),
  slack: (host) => ({
    SLACK_BOT_TOKEN: 'xoxb-1-2-3',
    SLACK_APP_TOKEN: 'xapp-1-2-3',
    SLACK_API_URL: `http://${host}/api/`,
  }),
  'wecom-bot': (host) => ({
    WECOM_BOT_ID: 'aib1',
    WECOM_BOT_SECRET: 'the secret',
    WECOM_BOT_URL: `ws://${host}`,
  }),
  'wecom-app': (host) => ({
    WECOM_CORP_ID: 'ww1234',
    WECOM_APP_AGENT_ID: '1000002',
    WECOM_APP_SECRET: 'the secret',
    WECOM_APP_TOKEN: 'token',
    WECOM_APP_AES_KEY: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
    WECOM_API_URL: `http://${host}`,
  }),
  wechaty: (host) => ({
    WECHATY_PUPPET: 'wechaty-puppet-service',
    WECHATY_TOKEN: 'puppet_1234',
    WECHATY_ENDPOINT: host,
    WECHATY_TLS: 'off',
  }),
}

test('channels have names and settings of their own, and none is configured by nothing', () => {
  const names = CHANNELS.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  const settings = CHANNELS.flatMap(({ environment }) => Object.keys(environment))
  expect(new Set(settings).size).toBe(settings.length)
  for (const { configured, environment, together } of CHANNELS) {
    expect(configured(readConfig({}))).toBeNull()
    expect(Object.keys(environment)).toEqual(expect.arrayContaining([...together]))
  }
  expect(hasChannel(readConfig({}))).toBe(false)
})

test.each(CHANNELS.map(({ name }) => name))(
  'with %s away the service starts, knows that it is away, and stops',
  async (name) => {
    await bankOn(database, CLIENTS)
    const settings = AWAY[name]
    if (!settings) throw new Error(`say how ${name} is away`)
    const config = readConfig({
      ...settings(`127.0.0.1:${await freePort()}`),
      ...{ LOG_LEVEL: 'silent', MORNING_AT: '23:59' },
    })
    expect(hasChannel(config)).toBe(true)
    expect(missingSettings(config)).toEqual([])
    const { channels, mounts } = await channelsOf(config, database, log)
    expect(channels.map((channel) => channel.name)).toEqual([name])
    const app = await createApp({ ...config, PORT: 0 }, { database, log, channels, mounts })
    const { port } = await app.start()
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200)
    const isAway = async () =>
      channels[0]?.ready?.() === false ||
      (await outages(database.prisma)).some(({ channel }) => channel === name)
    expect(await isAway()).toBe(name !== 'web')
    const began = performance.now()
    await app.stop()
    expect(performance.now() - began).toBeLessThan(15_000)
  },
  60_000,
)

test('a new channel is a plug-in and its place on the list', async () => {
  const bank = await bankOn(database, CLIENTS)
  const console = createConsoleChannel()
  let inbox: Inbox | null = null
  const herald = channelPlugin({
    name: 'herald',
    environment: { HERALD_TOKEN: z.string().optional(), HERALD_ROOM: z.string().optional() },
    together: ['HERALD_TOKEN', 'HERALD_ROOM'],
    settings: ({ HERALD_TOKEN: token, HERALD_ROOM: room }) => (token && room ? { room } : null),
    connect: async () => ({
      channel: {
        ...console,
        name: 'herald',
        async start(into) {
          inbox = into
        },
      },
    }),
    check: async ({ room }) => [{ state: 'ok', text: `herald: ${room}` }],
  })
  const plugins = [...CHANNELS, herald]
  const part = { ...readConfig({ LOG_LEVEL: 'silent', MORNING_AT: '23:59' }), HERALD_TOKEN: 't' }
  expect(missingSettings(part, plugins)).toEqual(['HERALD_ROOM'])
  const config = { ...part, HERALD_ROOM: 'r', PORT: 0 }
  expect(hasChannel(config, plugins)).toBe(true)
  const { channels, mounts } = await channelsOf(config, database, log, plugins)
  const app = await createApp(config, { database, log, channels, mounts })
  await app.start()
  await vi.waitFor(() => expect(inbox).not.toBeNull())
  const says = { kind: 'text', text: '帮助' } as const
  const at = { channel: 'herald', conversation: 'M1', sender: 'M1', shared: false }
  const into = inbox as unknown as Inbox
  await (await into({ ...at, id: '1', says })).answered
  const heard: string[] = []
  await vi.waitFor(async () => {
    heard.push(...console.take().map((card) => JSON.stringify(card)))
    if (heard.length === 0) await pause(20)
    expect(heard.join()).toContain('今日')
  })
  await app.stop()
  await bank.close().catch(() => {})
})
