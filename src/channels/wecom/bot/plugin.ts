import { z } from 'zod'
import { channelPlugin, findingsOf } from '../../plugin.ts'

/** The lease that the instance holds which is connected as the bot. */
const leaseOf = (botId: string): string => `wecom-bot:${botId}`

/** WeCom's bot, over its own connection: no public address. */
export const wecomBot = channelPlugin({
  name: 'wecom-bot',
  settingsNeeded: {
    zh: 'WECOM_BOT_ID 和 WECOM_BOT_SECRET（企业微信机器人）',
    en: 'WECOM_BOT_ID and WECOM_BOT_SECRET (WeCom bot)',
  },
  environment: {
    WECOM_BOT_ID: z.string().min(4).optional(),
    WECOM_BOT_SECRET: z.string().min(8).optional(),
    WECOM_BOT_URL: z.url({ protocol: /^wss?$/ }).default('wss://openws.work.weixin.qq.com'),
  },
  together: ['WECOM_BOT_ID', 'WECOM_BOT_SECRET'],
  settings: ({ WECOM_BOT_ID: botId, WECOM_BOT_SECRET: secret, WECOM_BOT_URL: url }) =>
    botId && secret ? { botId, secret, url } : null,
  async connect(settings, parts) {
    const { createWecomBot } = await import('./index.ts')
    const warn = (message: string) => parts.log('warn', message)
    const lease = parts.lease(leaseOf(settings.botId))
    return { channel: createWecomBot({ ...settings, ...parts, lease, warn }) }
  },
  async check(settings, { isHeld }) {
    const { checkWecomBot } = await import('./check.ts')
    return findingsOf(
      await checkWecomBot({ ...settings, connected: await isHeld(leaseOf(settings.botId)) }),
    )
  },
})
