import { createApp } from '../../../src/app.ts'
import { channelsOf, contactWaysOf } from '../../../src/cli/channels.ts'
import { readConfig } from '../../../src/config.ts'
import type { Database } from '../../../src/infra/database/index.ts'
import { createLog } from '../../../src/infra/log.ts'
import {
  AES_KEY,
  AGENT_ID,
  APP_SECRET,
  APP_TOKEN,
  type AppMessage,
  CORP_ID,
  type WecomAppDouble,
} from '../../doubles/wecom/app.ts'
import { BOT_ID, BOT_SECRET, type Shown, type WecomBotDouble } from '../../doubles/wecom/bot.ts'

export const botSettings = (wecom: WecomBotDouble) => ({
  WECOM_BOT_ID: BOT_ID,
  WECOM_BOT_SECRET: BOT_SECRET,
  WECOM_BOT_URL: wecom.url,
})

export const appSettings = (wecom: WecomAppDouble) => ({
  WECOM_CORP_ID: CORP_ID,
  WECOM_APP_AGENT_ID: String(AGENT_ID),
  WECOM_APP_SECRET: APP_SECRET,
  WECOM_APP_TOKEN: APP_TOKEN,
  WECOM_APP_AES_KEY: AES_KEY,
  WECOM_API_URL: wecom.apiUrl,
})

/** The service, connected by these settings. */
export async function startWith(
  settings: Record<string, string>,
  database: Database,
  clock: () => Date = () => new Date(),
) {
  // The day's push is run by hand.
  const config = readConfig({
    LOG_LEVEL: 'silent',
    MORNING_AT: '23:59',
    MORNING_SPREAD_SECONDS: '0',
    ...settings,
  })
  const log = createLog('silent')
  const { channels, mounts } = await channelsOf(config, database, log)
  const app = await createApp(
    { ...config, PORT: 0 },
    { database, log, channels, mounts, clock, contactWays: contactWaysOf(config, database) },
  )
  const { port } = await app.start()
  return { app, url: `http://127.0.0.1:${port}` }
}

/** Everything that one message shows, as text. */
export const textOf = (shown: Shown | AppMessage | undefined): string => {
  const card = shown?.card
  return [
    shown?.text,
    card?.main_title.title,
    card?.main_title.desc,
    card?.sub_title_text,
    ...(card?.horizontal_content_list ?? []).map(({ keyname, value }) => `${keyname} ${value}`),
    ...(card?.button_selection?.option_list ?? []).map(({ text }) => text),
    ...(card?.button_list ?? []).map(({ text }) => `[${text}]`),
  ]
    .filter(Boolean)
    .join('\n')
}
