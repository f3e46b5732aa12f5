import { setTimeout as pause } from 'node:timers/promises'
import { type Channel, type Inbox, StartRefusal } from '../../core/chat.ts'
import { describe } from '../../infra/database/fault.ts'
import type { Database } from '../../infra/database/index.ts'
import type { Log } from '../../infra/log.ts'
import { endOutage, noteOutage } from './outage.ts'

// A channel is connected at the start, and again for ever, with growing pauses, when it cannot connect or when
// its connection is gone. Nothing that a service or its SDK does keeps others from running. While it is away
// that is logged once, and noted where `doctor` reads it (outage.ts).

const FIRST_PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 60_000
/** Where somebody must mend a setting: that may be done at the service, without a restart here. */
const REFUSED_PAUSE_MS = 60_000
/** After a connection that held for so long the next pause is the first one again. */
const STABLE_MS = 60_000
/** A stop does not wait longer for what hangs. */
const MAX_STOP_MS = 5000

interface ConnectionParts {
  readonly channel: Channel
  readonly inbox: Inbox
  readonly database: Database
  readonly log: Log
}

/** Connects its channel from its making on, until it is stopped. */
export class KeptConnection {
  readonly #parts: ConnectionParts
  readonly #tried = Promise.withResolvers<boolean>()
  readonly #ended = new AbortController()
  /** Since when it is away; null: it is not. */
  #awaySince: Date | null = null

  constructor(parts: ConnectionParts) {
    this.#parts = parts
    void this.#keep()
  }

  /** Resolves once it was tried for the first time: whether it is connected. */
  get tried(): Promise<boolean> {
    return this.#tried.promise
  }

  async stop(): Promise<void> {
    const { channel, log } = this.#parts
    this.#ended.abort()
    this.#tried.resolve(false)
    const patience = new AbortController()
    const late = pause(MAX_STOP_MS, undefined, { signal: patience.signal, ref: false })
    const stopped = channel.stop().catch((error) => {
      log.warn({ channel: channel.name, error: describe(error) }, 'the channel did not stop well')
    })
    await Promise.race([stopped, late.catch(() => {})])
    patience.abort()
  }

  async #keep(): Promise<void> {
    const { signal } = this.#ended
    let tries = 0
    while (!signal.aborted) {
      let pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(tries, 10))
      tries++
      try {
        const heldMs = await this.#connectOnce()
        if (heldMs >= STABLE_MS) tries = 0
      } catch (error) {
        if (signal.aborted) return
        await this.#noteAway(error)
        if (error instanceof StartRefusal) pauseMs = REFUSED_PAUSE_MS
        this.#tried.resolve(false)
      }
      if (signal.aborted) return
      await pause(pauseMs, undefined, { signal, ref: false }).catch(() => {})
    }
  }

  /** Resolves when the connection is gone, to how long it held (ms); throws when there is none. */
  async #connectOnce(): Promise<number> {
    const { channel, inbox } = this.#parts
    const gone = Promise.withResolvers<string>()
    await channel.start(inbox, gone.resolve)
    const began = performance.now()
    this.#tried.resolve(true)
    await this.#noteConnected()
    const why = await gone.promise
    const heldMs = performance.now() - began
    if (!this.#ended.signal.aborted) await this.#noteAway(new Error(why))
    return heldMs
  }

  async #noteAway(error: unknown): Promise<void> {
    const { channel, database, log } = this.#parts
    const { name } = channel
    const why = error instanceof Error ? error.message : String(error)
    const refused = error instanceof StartRefusal
    // Said once, and again when somebody is needed after all.
    if (!this.#awaySince || refused)
      log.error({ channel: name, why }, 'the channel could not start')
    this.#awaySince ??= new Date()
    const outage = { channel: name, of: 'start', since: this.#awaySince, why } as const
    await noteOutage(database.prisma, outage).catch(() => {})
  }

  async #noteConnected(): Promise<void> {
    const { channel, database, log } = this.#parts
    if (this.#awaySince) log.info({ channel: channel.name }, 'the channel is connected')
    this.#awaySince = null
    await endOutage(database.prisma, channel.name, 'start').catch(() => {})
  }
}
