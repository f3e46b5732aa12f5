import { z } from 'zod'

/** What the chat in the browser reads from the environment. */
export const webConfig = {
  WEB_CHAT_SECRET: z
    .string()
    .min(16, '至少 16 个字符 (at least 16 characters)')
    .max(200)
    .optional(),
}
