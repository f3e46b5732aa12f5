import { z } from 'zod'

/** What the WeCom channels read from the environment. */
export const wecomConfig = {
  WECOM_BOT_ID: z.string().min(4).optional(),
  WECOM_BOT_SECRET: z.string().min(8).optional(),
  WECOM_BOT_URL: z.url({ protocol: /^wss?$/ }).default('wss://openws.work.weixin.qq.com'),
}
