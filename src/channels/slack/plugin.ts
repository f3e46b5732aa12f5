import { z } from 'zod'
import { channelPlugin, findingsOf } from '../plugin.ts'

/** Slack: by Socket Mode with an app token, else by signed requests to `/slack/events`. */
export const slack = channelPlugin({
  name: 'slack',
  settingsNeeded: {
    zh: 'SLACK_BOT_TOKEN 和 SLACK_APP_TOKEN（Slack）',
    en: 'SLACK_BOT_TOKEN and SLACK_APP_TOKEN (Slack)',
  },
  environment: {
    SLACK_BOT_TOKEN: z
      .string()
      .regex(/^xoxb-/, '应以 xoxb- 开头，见 Slack 的 OAuth & Permissions (begins with xoxb-)')
      .optional(),
    SLACK_APP_TOKEN: z
      .string()
      .regex(/^xapp-/, '应以 xapp- 开头，见 Slack 的 App-Level Tokens (begins with xapp-)')
      .optional(),
    SLACK_SIGNING_SECRET: z.string().min(8).optional(),
    SLACK_API_URL: z.url({ protocol: /^https?$/ }).default('https://slack.com/api/'),
  },
  reachesAnybody: true,
  settings({ SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET, SLACK_API_URL }) {
    if (!SLACK_BOT_TOKEN) return null
    return {
      botToken: SLACK_BOT_TOKEN,
      appToken: SLACK_APP_TOKEN ?? null,
      signingSecret: SLACK_SIGNING_SECRET ?? null,
      apiUrl: SLACK_API_URL,
    }
  },
  connects: ({ appToken, signingSecret }) => Boolean(appToken ?? signingSecret),
  async connect(settings, parts) {
    const { createSlackChannel } = await import('./index.ts')
    const warn = (message: string) => parts.log('warn', message)
    const channel = createSlackChannel({ ...settings, ...parts, warn })
    return { channel, mount: { path: '/slack', routes: channel.routes } }
  },
  async check(settings) {
    const { checkSlack } = await import('./check.ts')
    return findingsOf(await checkSlack(settings))
  },
})
