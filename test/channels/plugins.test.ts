/** @module-tag long */

import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { createApp } from '../../src/app.ts'
import { outages } from '../../src/bot/outbox/outage.ts'
import { createConsoleChannel } from '../../src/channels/console/index.ts'
import { CHANNELS } from '../../src/channels/index.ts'
import { channelPlugin } from '../../src/channels/plugin.ts'
import { channelsOf, hasChannel, missingSettings, settingsNeeded } from '../../src/cli/channels.ts'
import { readConfig } from '../../src/config.ts'
import type { Inbox } from '../../src/core/chat.ts'
import { createLog } from '../../src/infra/log.ts'
import { bankOn, CLIENTS } from '../support/bank.ts'
import { freePort } from '../support/free-port.ts'
import { lived } from '../support/lived.ts'
import { openTestDatabase } from '../support/open.ts'
import { until } from '../support/until.ts'

const log = createLog('silent')

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

/** How a service is not there: by name, where it listens and how that ends. */
const MANNERS = {
  away: async () => ({ host: `127.0.0.1:${await freePort()}`, close: () => {} }),
  hanging: () => listen(() => {}),
  refusing: () =>
    listen((socket) =>
      socket.once('data', () =>
        socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n'),
      ),
    ),
  closing: () => listen((socket) => socket.destroy()),
}

/** A port that takes every connection and does this with it. */
async function listen(receive: (socket: Socket) => void) {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.resume()
    receive(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const close = () => {
    for (const socket of sockets) socket.destroy()
    server.close()
  }
  return { host: `127.0.0.1:${port}`, close }
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
  const { zh, en } = settingsNeeded()
  for (const channel of CHANNELS) {
    expect(zh).toContain(channel.settingsNeeded.zh)
    expect(en).toContain(channel.settingsNeeded.en)
  }
})

// What hangs takes the longest, so it comes first; the chat in the browser has no service.
const CASES = (['hanging', 'away', 'refusing', 'closing'] as const).flatMap((manner) =>
  CHANNELS.filter(({ name }) => name !== 'web' || manner === 'away').map(
    ({ name }) => [name, manner] as const,
  ),
)

test.concurrent.for(CASES)(
  'with %s %s the service starts, knows that it is not there, and stops',
  async ([name, manner], { expect, onTestFinished }) => {
    const { host, close } = await MANNERS[manner]()
    onTestFinished(close)
    const database = await openTestDatabase('postgres')
    onTestFinished(() => database.close().catch(() => {}))
    await bankOn(database, CLIENTS)
    const settings = AWAY[name]
    if (!settings) throw new Error(`say how ${name} is away`)
    const config = readConfig({
      ...settings(host),
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
    // A start that hangs is reported once its own time is over; until then the channel is not ready.
    if (name !== 'web') await until(async () => expect(await isAway()).toBe(true))
    else expect(await isAway()).toBe(false)
    const took = lived()
    await app.stop()
    expect(took()).toBeLessThan(15_000)
  },
)

test('a new channel is a plug-in and its place on the list', async () => {
  const database = await openTestDatabase('postgres')
  onTestFinished(() => database.close().catch(() => {}))
  const bank = await bankOn(database, CLIENTS)
  const console = createConsoleChannel()
  let inbox: Inbox | null = null
  const herald = channelPlugin({
    name: 'herald',
    settingsNeeded: { zh: 'HERALD_TOKEN 和 HERALD_ROOM', en: 'HERALD_TOKEN and HERALD_ROOM' },
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
  await until(() => expect(inbox).not.toBeNull())
  const says = { kind: 'text', text: '帮助' } as const
  const at = { channel: 'herald', conversation: 'M1', sender: 'M1', shared: false }
  const into = inbox as unknown as Inbox
  await (await into({ ...at, id: '1', says })).answered
  const heard: string[] = []
  await until(async () => {
    heard.push(...console.take().map((card) => JSON.stringify(card)))
    if (heard.length === 0) await pause(20)
    expect(heard.join()).toContain('今日')
  })
  await app.stop()
  await bank.close().catch(() => {})
})
