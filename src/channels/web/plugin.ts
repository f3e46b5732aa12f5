import { z } from 'zod'
import { channelPlugin } from '../plugin.ts'
import { createWebChannel } from './index.ts'

/** The chat in the browser, below `/chat`. */
export const web = channelPlugin({
  name: 'web',
  settingsNeeded: {
    zh: 'WEB_CHAT_SECRET（浏览器聊天，至少 16 位）',
    en: 'WEB_CHAT_SECRET (chat in the browser, 16 characters or more)',
  },
  environment: {
    WEB_CHAT_SECRET: z
      .string()
      .min(16, '至少 16 个字符 (at least 16 characters)')
      .max(200)
      .optional(),
  },
  settings: ({ WEB_CHAT_SECRET: secret }) => (secret ? { secret } : null),
  async connect({ secret }, parts) {
    const channel = createWebChannel({ ...parts, base: '/chat', secret })
    return { channel, mount: { path: '/chat', routes: channel.routes } }
  },
  check: async () => [{ state: 'ok', text: '渠道 channel: 浏览器聊天 chat in the browser' }],
})
