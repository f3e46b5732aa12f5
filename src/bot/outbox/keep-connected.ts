import { setTimeout as pause } from 'node:timers/promises'
import { type Channel, type Inbox, StartRefusal } from '../../core/chat.ts'
import type { Database } from '../../infra/database/index.ts'
import type { Log } from '../../infra/log.ts'
import { endOutage, noteOutage } from './outage.ts'

/** A channel that is kept started, whatever becomes of its service. */
export interface ConnectedChannel {
  /** Resolves once it was tried for the first time: whether it is connected. */
  readonly tried: Promise<boolean>
  /** Ends it, and does not wait for what hangs. */
  stop(): Promise<void>
}

const FIRST_PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 60_000
/** Where somebody must mend a setting: that may be done at the service, without a restart here. */
const REFUSED_PAUSE_MS = 60_000
/** A connection that held for so long was a good one: the next pause is the first again. */
const STABLE_MS = 60_000
const MAX_STOP_MS = 5000

/**
 * Starts a channel, and starts it again for ever, with growing pauses, when it cannot start or when
 * what it started is gone. Nothing that a service or its SDK does keeps others from running.
 */
export function keepConnected(
  channel: Channel,
  inbox: Inbox,
  database: Database,
  log: Log,
): ConnectedChannel {
  const { name } = channel
  const ended = new AbortController()
  let since: Date | null = null
  let settleFirst: (connected: boolean) => void = () => {}
  const tried = new Promise<boolean>((resolve) => {
    settleFirst = resolve
  })

  async function away(error: unknown): Promise<void> {
    const why = error instanceof Error ? error.message : String(error)
    const mending = error instanceof StartRefusal
    // Said once, and again when somebody is needed after all.
    if (!since || mending) log.error({ channel: name, why }, 'the channel could not start')
    since ??= new Date()
    await noteOutage(database.prisma, { channel: name, of: 'start', since, why }).catch(() => {})
  }

  async function there(): Promise<void> {
    if (since) log.info({ channel: name }, 'the channel is connected')
    since = null
    await endOutage(database.prisma, name, 'start').catch(() => {})
  }

  async function keep(): Promise<void> {
    let tries = 0
    while (!ended.signal.aborted) {
      let wait = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(tries, 10))
      tries++
      try {
        const gone = Promise.withResolvers<string>()
        await channel.start(inbox, gone.resolve)
        const began = performance.now()
        settleFirst(true)
        await there()
        const why = await gone.promise
        if (performance.now() - began >= STABLE_MS) tries = 0
        if (ended.signal.aborted) return
        await away(new Error(why))
      } catch (error) {
        if (ended.signal.aborted) return
        await away(error)
        if (error instanceof StartRefusal) wait = REFUSED_PAUSE_MS
        settleFirst(false)
      }
      await pause(wait, undefined, { signal: ended.signal, ref: false }).catch(() => {})
    }
  }
  void keep()

  return {
    tried,
    async stop() {
      ended.abort()
      settleFirst(false)
      const patience = new AbortController()
      const late = pause(MAX_STOP_MS, undefined, { signal: patience.signal, ref: false })
      const stopped = channel.stop().catch((error) => {
        log.warn({ channel: name, error: String(error) }, 'the channel did not stop well')
      })
      await Promise.race([stopped, late.catch(() => {})])
      patience.abort()
    },
  }
}
