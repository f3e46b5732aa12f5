import { log, type Wechaty, WechatyBuilder, type WechatyOptions } from 'wechaty'

/** What Wechaty is told about its puppet. */
export interface PuppetSettings {
  readonly puppet: string
  readonly token: string | null
  readonly endpoint: string | null
  readonly tls: boolean
}

/** What is known of the login. `scan`: somebody must scan `qr` with the bot's phone. */
export type Login =
  | { readonly state: 'scan'; readonly qr: string }
  | { readonly state: 'in' }
  | { readonly state: 'out'; readonly why: string }

/** A start that takes longer is given up; the puppet service's client would wait for ever. */
const PATIENCE_MS = 20_000

export function buildBot({ puppet, token, endpoint, tls }: PuppetSettings): Wechaty {
  log.level('silent')
  const puppetOptions = {
    ...(token && { token }),
    ...(endpoint && { endpoint }),
    tls: { disable: !tls },
  }
  return WechatyBuilder.build({ puppet, puppetOptions } as unknown as WechatyOptions)
}

/** Starts a bot; rejects with the reason when it cannot, and in any case in time. */
export async function startBot(bot: Wechaty, patienceMs: number = PATIENCE_MS): Promise<void> {
  let timer: NodeJS.Timeout | null = null
  let fault = (_error: Error) => {}
  const failed = new Promise<never>((_, reject) => {
    fault = reject
    timer = setTimeout(() => reject(new Error('the puppet did not start in time')), patienceMs)
  })
  bot.on('error', fault)
  try {
    await Promise.race([bot.start(), failed])
  } catch (error) {
    // It may not end in time either.
    bot.stop().catch(() => {})
    throw error
  } finally {
    bot.off('error', fault)
    if (timer) clearTimeout(timer)
  }
}
