import { formFault } from '../bot/grammar/fields.ts'
import { historyOf } from '../bot/inbox/history.ts'
import {
  forgetAccounts,
  languageOf,
  renameAccounts,
  setReachable,
} from '../bot/inbox/sender/accounts.ts'
import { keepUpload } from '../bot/inbox/uploads.ts'
import { sentCard } from '../bot/outbox/enqueue.ts'
import { createWebChannel, type WebChannel } from '../channels/web/index.ts'
import type { Config } from '../config.ts'
import type { Channel } from '../core/chat.ts'
import { newId } from '../core/ids.ts'
import { listPeople } from '../features/staff/store.ts'
import type { Database } from '../infra/database/index.ts'
import { createLease } from '../infra/lease.ts'
import type { Log } from '../infra/log.ts'
import { createTokenStore } from '../infra/token-store.ts'
import type { Routes } from '../infra/web.ts'
import { loginOf } from './login.ts'

/** The chat in the browser over a bank's database. */
export const webChatOf = (config: Config, database: Database): WebChannel =>
  createWebChannel({
    base: '/chat',
    host: config.HOST,
    secret: config.WEB_CHAT_SECRET ?? null,
    timezone: config.TIMEZONE,
    bankName: config.BANK_NAME,
    people: () => listPeople(database.prisma),
    history: (conversation) => historyOf(database.prisma, 'web', conversation),
    async keepFile(name, bytes) {
      const id = newId()
      await keepUpload(database.prisma, { id, name, bytes }, new Date())
      return id
    },
  })

/** What the environment says of Slack; null where it says nothing. */
export function slackSettings(config: Config) {
  const { SLACK_BOT_TOKEN: botToken, SLACK_API_URL: apiUrl } = config
  if (!botToken) return null
  const appToken = config.SLACK_APP_TOKEN ?? null
  return { botToken, appToken, signingSecret: config.SLACK_SIGNING_SECRET ?? null, apiUrl }
}

/** What the environment says of the WeCom bot; null where it says nothing. */
export function wecomBotSettings(config: Config) {
  const { WECOM_BOT_ID: botId, WECOM_BOT_SECRET: secret, WECOM_BOT_URL: url } = config
  return botId && secret ? { botId, secret, url } : null
}

/** What the environment says of WeCom's self-built app; null where anything of it is missing. */
export function wecomAppSettings(config: Config) {
  const { WECOM_CORP_ID: corpId, WECOM_APP_AGENT_ID: agentId, WECOM_APP_SECRET: secret } = config
  const { WECOM_APP_TOKEN: token, WECOM_APP_AES_KEY: aesKey, WECOM_API_URL: apiUrl } = config
  if (!corpId || !agentId || !secret || !token || !aesKey) return null
  return { corpId, agentId, secret, token, aesKey, apiUrl }
}

/** What the environment says of Wechaty; null where it says nothing. */
export function wechatySettings(config: Config) {
  const { WECHATY_PUPPET: puppet, WECHATY_TOKEN: token, WECHATY_ENDPOINT: endpoint } = config
  if (!puppet) return null
  const tls = config.WECHATY_TLS === 'on'
  return { puppet, token: token ?? null, endpoint: endpoint ?? null, tls }
}

/** Settings that only serve together. */
const TOGETHER = [
  ['WECOM_BOT_ID', 'WECOM_BOT_SECRET'],
  [
    'WECOM_CORP_ID',
    'WECOM_APP_AGENT_ID',
    'WECOM_APP_SECRET',
    'WECOM_APP_TOKEN',
    'WECOM_APP_AES_KEY',
  ],
] as const

/** What is missing of channels that are configured in part, and so would not be there. */
export const missingSettings = (config: Config): string[] =>
  TOGETHER.filter((names) => names.some((name) => config[name])).flatMap((names) =>
    names.filter((name) => !config[name]),
  )

/** WeCom's channels, in which a person has the same id. */
const WECOM = ['wecom-bot', 'wecom-app']

/** The lease that the instance holds which is connected as the bot. */
export const botLease = (botId: string): string => `wecom-bot:${botId}`

/** Whether the environment configures any channel at all. */
export const hasChannel = (config: Config): boolean => {
  const slack = slackSettings(config)
  return Boolean(
    config.WEB_CHAT_SECRET ||
      slack?.appToken ||
      slack?.signingSecret ||
      wecomBotSettings(config) ||
      wecomAppSettings(config) ||
      wechatySettings(config),
  )
}

/** Every channel that is configured, with the routes it lives on. */
export async function channelsOf(config: Config, database: Database, log: Log) {
  const channels: Channel[] = []
  const mounts: Routes[] = []
  if (config.WEB_CHAT_SECRET) {
    const web = webChatOf(config, database)
    channels.push(web)
    mounts.push({ path: '/chat', routes: web.routes })
  }
  const slack = slackSettings(config)
  if (slack && (slack.appToken || slack.signingSecret)) {
    // A large package: loaded only where it is used.
    const { createSlackChannel } = await import('../channels/slack/index.ts')
    const channel = createSlackChannel({
      ...slack,
      cardOf: (key, conversation) => sentCard(database.prisma, 'slack', conversation, key),
      languageOf: (person) => languageOf(database.prisma, 'slack', person),
      faultOf: formFault,
      warn: (message) => log.warn({ channel: 'slack' }, message),
    })
    channels.push(channel)
    mounts.push({ path: '/slack', routes: channel.routes })
  }
  const bot = wecomBotSettings(config)
  if (bot) {
    const { createWecomBot } = await import('../channels/wecom/bot/index.ts')
    channels.push(
      createWecomBot({
        ...bot,
        lease: createLease(database.prisma, botLease(bot.botId)),
        cardOf: (key, conversation) => sentCard(database.prisma, 'wecom-bot', conversation, key),
        languageOf: (person) => languageOf(database.prisma, 'wecom-bot', person),
        warn: (message) => log.warn({ channel: 'wecom-bot' }, message),
      }),
    )
  }
  const app = wecomAppSettings(config)
  const { prisma } = database
  await setReachable(prisma, 'wecom-app', app !== null)
  if (app) {
    const { createWecomApp } = await import('../channels/wecom/app/index.ts')
    const channel = createWecomApp({
      ...app,
      tokens: createTokenStore(prisma, `wecom-app:${app.corpId}:${app.agentId}`),
      cardOf: (key, conversation) => sentCard(prisma, 'wecom-app', conversation, key),
      languageOf: (person) => languageOf(prisma, 'wecom-app', person),
      left: async (userId) => void (await forgetAccounts(prisma, WECOM, userId)),
      renamed: async (userId, newId) => void (await renameAccounts(prisma, WECOM, userId, newId)),
      now: () => new Date(),
      warn: (message) => log.warn({ channel: 'wecom-app' }, message),
    })
    channels.push(channel)
    mounts.push({ path: '/wecom', routes: channel.routes })
  }
  const wechaty = wechatySettings(config)
  if (wechaty) {
    const { createWechaty } = await import('../channels/wechaty/index.ts')
    const login = loginOf(prisma)
    channels.push(
      createWechaty({
        ...wechaty,
        lease: createLease(prisma, `wechaty:${wechaty.token ?? wechaty.puppet}`),
        languageOf: (person) => languageOf(prisma, 'wechaty', person),
        report(state) {
          log[state.state === 'in' ? 'info' : 'error']({ channel: 'wechaty', ...state }, 'login')
          login.write(state).catch((error) => log.error({ error: String(error) }, 'login not kept'))
        },
      }),
    )
  }
  return { channels, mounts }
}
