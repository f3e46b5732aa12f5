import { z } from 'zod'

/** What the Wechaty channel reads from the environment. */
export const wechatyConfig = {
  /** The npm name of a puppet, such as wechaty-puppet-service. */
  WECHATY_PUPPET: z
    .string()
    .regex(/^(@[\w-]+\/)?[\w.-]+$/)
    .optional(),
  WECHATY_TOKEN: z
    .string()
    // Without it the puppet service's client waits for ever.
    .regex(/^\w+_[\w-]+$/, '应带前缀，如 puppet_… (a prefix and an underscore before the id)')
    .optional(),
  WECHATY_ENDPOINT: z
    .string()
    .regex(/^[\w.-]+:\d{1,5}$/, '应写成 主机:端口 (host:port)')
    .optional(),
  WECHATY_TLS: z.enum(['on', 'off']).default('on'),
}
