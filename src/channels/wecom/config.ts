import { z } from 'zod'

/** What the WeCom channels read from the environment. */
export const wecomConfig = {
  WECOM_BOT_ID: z.string().min(4).optional(),
  WECOM_BOT_SECRET: z.string().min(8).optional(),
  WECOM_CORP_ID: z.string().min(4).optional(),
  WECOM_APP_AGENT_ID: z.coerce.number().int().positive().optional(),
  WECOM_APP_SECRET: z.string().min(8).optional(),
  WECOM_APP_TOKEN: z.string().min(1).optional(),
  WECOM_APP_AES_KEY: z
    .string()
    .regex(/^[0-9A-Za-z+/]{43}$/, '应为 43 位的 EncodingAESKey (43 characters)')
    .optional(),
  WECOM_API_URL: z.url({ protocol: /^https?$/ }).default('https://qyapi.weixin.qq.com'),
  WECOM_BOT_URL: z.url({ protocol: /^wss?$/ }).default('wss://openws.work.weixin.qq.com'),
}
