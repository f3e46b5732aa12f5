import { historyOf } from '../bot/inbox/history.ts'
import {
  forgetAccounts,
  languageOf,
  renameAccounts,
  setReachable,
} from '../bot/inbox/sender/accounts.ts'
import { keepUpload } from '../bot/inbox/uploads.ts'
import { sentCard } from '../bot/outbox/enqueue.ts'
import { CHANNELS } from '../channels/index.ts'
import type { ChannelParts, ChannelPlugin } from '../channels/plugin.ts'
import { createWebChannel, type WebChannel } from '../channels/web/index.ts'
import { createContactWays } from '../channels/wecom/app/contact-ways.ts'
import type { Config } from '../config.ts'
import type { Channel } from '../core/chat.ts'
import type { ContactWays } from '../core/gateways.ts'
import { newId } from '../core/ids.ts'
import type { Language, Text } from '../core/text.ts'
import { listPeople } from '../features/staff/store.ts'
import type { Database } from '../infra/database/index.ts'
import { createLease } from '../infra/lease.ts'
import type { Log } from '../infra/log.ts'
import { createTokenStore } from '../infra/token-store.ts'
import type { Routes } from '../infra/web.ts'
import { channelState } from './channel-state.ts'
import { clientsLike } from './clients-like.ts'
import { formFaults } from './form-faults.ts'
import { trialSince } from './operate/trial.ts'

/** What the service gives a channel of this name. */
function partsOf(name: string, config: Config, database: Database, log: Log | null): ChannelParts {
  const { prisma } = database
  const state = channelState(prisma, name)
  return {
    host: config.HOST,
    publicUrl: config.PUBLIC_URL ?? null,
    timezone: config.TIMEZONE,
    bankName: config.BANK_NAME,
    cardOf: (key, conversation) => sentCard(prisma, name, conversation, key),
    languageOf: (person) => languageOf(prisma, name, person),
    formFaults: formFaults({ prisma }, config.TIMEZONE),
    clientsLike: clientsLike(database, name, config.TIMEZONE),
    lease: (of) => createLease(prisma, of),
    tokens: (of) => createTokenStore(prisma, of),
    people: () => listPeople(prisma),
    isTrial: async () => (await trialSince(prisma)) !== null,
    history: (conversation) => historyOf(prisma, name, conversation),
    async keepFile(fileName, bytes) {
      const id = newId()
      await keepUpload(prisma, { id, name: fileName, bytes }, new Date())
      return id
    },
    forgetAccounts: async (channels, id) => void (await forgetAccounts(prisma, channels, id)),
    renameAccounts: async (channels, id, to) =>
      void (await renameAccounts(prisma, channels, id, to)),
    keepState: (value) =>
      void state
        .write(value)
        .catch((error) => log?.error({ channel: name, error: String(error) }, 'state not kept')),
    log: (level, message, about) => log?.[level]({ channel: name, ...about }, message),
    now: () => new Date(),
  }
}

/** The chat in the browser over a bank's database, with the secret of the settings or none. */
export const webChatOf = (config: Config, database: Database): WebChannel =>
  createWebChannel({
    ...partsOf('web', config, database, null),
    base: '/chat',
    secret: config.WEB_CHAT_SECRET ?? null,
  })

/** WeCom's customer contact; null: it is not set, or without the app whose corporation it is of. */
export function contactWaysOf(config: Config, { prisma }: Database): ContactWays | null {
  const { WECOM_CORP_ID: corpId, WECOM_CONTACT_SECRET: secret, WECOM_API_URL: apiUrl } = config
  if (!corpId || !secret) return null
  const tokens = createTokenStore(prisma, `wecom-contact:${corpId}`)
  return createContactWays({ corpId, secret, apiUrl, tokens })
}

/** What is missing of channels that are configured in part, and so would not be there. */
export const missingSettings = (config: Config, channels: readonly ChannelPlugin[] = CHANNELS) => {
  const set: Readonly<Record<string, unknown>> = config
  return channels
    .filter(({ together }) => together.some((name) => set[name]))
    .flatMap(({ together }) => together.filter((name) => !set[name]))
}

/** What to set to have one of the channels; said where none is configured. */
export function settingsNeeded(channels: readonly ChannelPlugin[] = CHANNELS): Text {
  const all = channels.map((each) => each.settingsNeeded)
  const joined = (language: Language, between: string, or: string) =>
    `${all
      .slice(0, -1)
      .map((each) => each[language])
      .join(between)}${or}${all.at(-1)?.[language]}`
  return { zh: joined('zh', '、', ' 或 '), en: joined('en', ', ', ' or ') }
}

/** Whether the environment configures any channel at all. */
export const hasChannel = (
  config: Config,
  channels: readonly ChannelPlugin[] = CHANNELS,
): boolean => channels.some((each) => each.configured(config)?.connects)

/** Every channel that is configured, with the routes it lives on. */
export async function channelsOf(
  config: Config,
  database: Database,
  log: Log,
  plugins: readonly ChannelPlugin[] = CHANNELS,
) {
  const channels: Channel[] = []
  const mounts: Routes[] = []
  for (const plugin of plugins) {
    const { name } = plugin
    const configured = plugin.configured(config)
    const connects = configured?.connects ?? false
    if (plugin.reachesAnybody) await setReachable(database.prisma, name, connects)
    if (!configured || !connects) continue
    const { channel, mount } = await configured.connect(partsOf(name, config, database, log))
    channels.push(channel)
    if (mount) mounts.push(mount)
  }
  return { channels, mounts }
}
