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
const PATIENCE_MS = 30_000

export function buildBot({ puppet, token, endpoint, tls }: PuppetSettings): Wechaty {
  log.level('silent')
  const puppetOptions = {
    ...(token && { token }),
    ...(endpoint && { endpoint }),
    tls: { disable: !tls },
  }
  const bot = WechatyBuilder.build({ puppet, puppetOptions } as unknown as WechatyOptions)
  // An `error` event without a listener is thrown: out of the client's gRPC stream it would end the process, also
  // long after the start was given up, and out of `bot.stop` it would leave the client connected.
  bot.on('error', () => {})
  return bot
}

/** Starts a bot; rejects with the reason when it cannot, and in any case in time. */
export async function startBot(bot: Wechaty, patienceMs: number = PATIENCE_MS): Promise<void> {
  const failed = Promise.withResolvers<never>()
  const timer = setTimeout(
    () => failed.reject(new Error('the puppet did not start in time')),
    patienceMs,
  )
  bot.on('error', failed.reject)
  // The start of some puppets never ends; one that asks for a login, or has it, has started.
  const heard = Promise.withResolvers<void>()
  bot.once('scan', () => heard.resolve())
  bot.once('login', () => heard.resolve())
  // Wechaty's own start also resolves where its puppet has not started within 15 s.
  const started = bot
    .start()
    .then(() => Promise.race([bot.puppet.state.stable('active'), heard.promise]))
  try {
    await Promise.race([started, failed.promise])
  } catch (error) {
    // It may not end in time either.
    bot.stop().catch(() => {})
    throw error
  } finally {
    bot.off('error', failed.reject)
    clearTimeout(timer)
  }
}
