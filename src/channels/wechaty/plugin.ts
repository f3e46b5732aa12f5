import { z } from 'zod'
import { StartRefusal } from '../../core/chat.ts'
import { type CheckParts, channelPlugin, type Finding } from '../plugin.ts'

/** What Wechaty's login came to last. */
const login = z.discriminatedUnion('state', [
  z.object({ state: z.literal('scan'), qr: z.string() }),
  z.object({ state: z.literal('in') }),
  z.object({ state: z.literal('out'), why: z.string() }),
])

/**
 * Its tree has packages that nobody maintains, with advisories that stay open; so it is a development package, and
 * no production install has it.
 */
const FOR_TRIALS =
  'Wechaty 带来多年无人维护、有公开漏洞的包（request、tough-cookie 2、form-data 2、har-validator），也不是微信官方接口：只用于试用，不要接真实客户的数据。 Wechaty brings packages that nobody maintains and that have known advisories, and is no interface of WeChat’s: for trials only, without data of real clients.'
const NOT_INSTALLED =
  '这里没有安装 Wechaty：生产安装（npm ci --omit=dev）不带它。试用请用完整的 npm ci；正式使用请去掉 WECHATY_PUPPET，用企业微信或 Slack。 Wechaty is not installed: a production install (npm ci --omit=dev) leaves it out. Try it from a whole npm ci; else unset WECHATY_PUPPET and use WeCom or Slack.'

function isInstalled(): boolean {
  try {
    import.meta.resolve('wechaty')
    return true
  } catch {
    return false
  }
}

/** Any chat that a puppet of Wechaty speaks. */
export const wechaty = channelPlugin({
  name: 'wechaty',
  settingsNeeded: {
    zh: 'WECHATY_PUPPET（个人微信等，经 Wechaty）',
    en: 'WECHATY_PUPPET (WeChat and others, by Wechaty)',
  },
  environment: {
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
  },
  settings({ WECHATY_PUPPET: puppet, WECHATY_TOKEN: token, WECHATY_ENDPOINT, WECHATY_TLS }) {
    if (!puppet) return null
    const tls = WECHATY_TLS === 'on'
    return { puppet, token: token ?? null, endpoint: WECHATY_ENDPOINT ?? null, tls }
  },
  async connect(settings, parts) {
    if (!isInstalled()) throw new StartRefusal(NOT_INSTALLED)
    parts.log('warn', FOR_TRIALS)
    const { createWechaty } = await import('./index.ts')
    const channel = createWechaty({
      ...settings,
      ...parts,
      lease: parts.lease(`wechaty:${settings.token ?? settings.puppet}`),
      report(state) {
        parts.log(state.state === 'in' ? 'info' : 'error', 'login', state)
        parts.keepState(state)
      },
    })
    return { channel }
  },
  async check(_settings, { lastState, qrText }): Promise<readonly Finding[]> {
    if (!isInstalled()) return [{ state: 'no', text: NOT_INSTALLED }]
    return [{ state: 'note', text: FOR_TRIALS }, loginFinding(await lastState(), qrText)]
  },
})

/** How far the login came, as the service noted it last. */
function loginFinding(noted: unknown, qrText: CheckParts['qrText']): Finding {
  const last = login.safeParse(noted).data
  switch (last?.state) {
    case 'in':
      return { state: 'ok', text: 'Wechaty: 已登录 logged in' }
    case 'scan': {
      const text = `Wechaty: 请用机器人的手机扫码登录。 Scan this with the bot's phone to log in.\n${qrText(last.qr)}`
      return { state: 'no', text }
    }
    case 'out': {
      const text = `Wechaty: 没有登录：${last.why}。请核对 WECHATY_TOKEN 和 WECHATY_ENDPOINT，或重新扫码。 Not logged in; check token and endpoint, or scan anew.`
      return { state: 'no', text }
    }
    default: {
      const text = 'Wechaty: 服务启动后才知道是否登录。 Known once the service has started.'
      return { state: 'note', text }
    }
  }
}
