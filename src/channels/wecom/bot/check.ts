import { setTimeout as pause } from 'node:timers/promises'
import type { Check } from '../../plugin.ts'
import { createConnection } from './connection.ts'

const PATIENCE_MS = 12_000
const STEP_MS = 50

/**
 * Connects as the bot, and says why that does not work. Where an instance is connected already,
 * nothing is tried: a second connection would end the first.
 */
export async function checkWecomBot(settings: {
  readonly botId: string
  readonly secret: string
  readonly url: string
  readonly connected: boolean
  readonly patienceMs?: number
}): Promise<Check[]> {
  if (settings.connected) {
    return [{ ok: true, text: '企业微信机器人：服务已连接 WeCom bot: the service is connected' }]
  }
  const faults: string[] = []
  const connection = createConnection({
    ...settings,
    lease: { hold: async () => true, release: async () => {} },
    warn: (message) => faults.push(message),
  })
  await connection.start(() => {})
  try {
    const patience = settings.patienceMs ?? PATIENCE_MS
    for (let waited = 0; waited < patience && faults.length === 0; waited += STEP_MS) {
      if (connection.live()) {
        return [{ ok: true, text: '企业微信机器人：可以连接 WeCom bot: it connects' }]
      }
      await pause(STEP_MS)
    }
    const reason = faults[0] ?? 'no answer'
    return [
      {
        ok: false,
        text: `企业微信机器人连不上：${reason}。请核对 WECOM_BOT_ID 和 WECOM_BOT_SECRET（机器人的"API 模式 · 长连接"），并允许访问 ${settings.url}。 The WeCom bot does not connect: check its id and secret, and that ${settings.url} can be reached.`,
      },
    ]
  } finally {
    await connection.stop()
  }
}
