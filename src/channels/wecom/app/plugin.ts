import { z } from 'zod'
import { channelPlugin, findingsOf } from '../../plugin.ts'

/** WeCom's channels, in which a person has the same id. */
const WECOM = ['wecom-bot', 'wecom-app']

/** WeCom's self-built app: WeCom calls `/wecom/app`. */
export const wecomApp = channelPlugin({
  name: 'wecom-app',
  settingsNeeded: {
    zh: 'WECOM_CORP_ID 等（企业微信应用）',
    en: 'WECOM_CORP_ID and its like (WeCom app)',
  },
  environment: {
    WECOM_CORP_ID: z.string().min(4).optional(),
    WECOM_APP_AGENT_ID: z.coerce.number().int().positive().optional(),
    WECOM_APP_SECRET: z.string().min(8).optional(),
    WECOM_APP_TOKEN: z.string().min(1).optional(),
    WECOM_APP_AES_KEY: z
      .string()
      .regex(/^[0-9A-Za-z+/]{43}$/, '应为 43 位的 EncodingAESKey (43 characters)')
      .optional(),
    WECOM_CONTACT_SECRET: z.string().min(8).optional(),
    WECOM_API_URL: z.url({ protocol: /^https?$/ }).default('https://qyapi.weixin.qq.com'),
  },
  together: [
    'WECOM_CORP_ID',
    'WECOM_APP_AGENT_ID',
    'WECOM_APP_SECRET',
    'WECOM_APP_TOKEN',
    'WECOM_APP_AES_KEY',
  ],
  reachesAnybody: true,
  settings({ WECOM_CORP_ID: corpId, WECOM_APP_AGENT_ID: agentId, ...rest }) {
    const { WECOM_APP_SECRET: secret, WECOM_APP_TOKEN: token, WECOM_APP_AES_KEY: aesKey } = rest
    if (!corpId || !agentId || !secret || !token || !aesKey) return null
    const contactSecret = rest.WECOM_CONTACT_SECRET ?? null
    return { corpId, agentId, secret, token, aesKey, contactSecret, apiUrl: rest.WECOM_API_URL }
  },
  async connect(settings, parts) {
    const { createWecomApp } = await import('./index.ts')
    const channel = createWecomApp({
      ...settings,
      ...parts,
      tokens: parts.tokens(`wecom-app:${settings.corpId}:${settings.agentId}`),
      left: (userId) => parts.forgetAccounts(WECOM, userId),
      renamed: (userId, newId) => parts.renameAccounts(WECOM, userId, newId),
      warn: (message) => parts.log('warn', message),
    })
    return { channel, mount: { path: '/wecom', routes: channel.routes } }
  },
  async check(settings, { publicUrl }) {
    const { checkWecomApp } = await import('./check.ts')
    const checks = await checkWecomApp({
      ...settings,
      callback: `${publicUrl ?? 'PUBLIC_URL'}/wecom/app`,
    })
    if (settings.contactSecret) {
      const { checkContactWays } = await import('./contact-ways.ts')
      checks.push(await checkContactWays({ ...settings, secret: settings.contactSecret }))
    }
    return findingsOf(checks)
  },
})
