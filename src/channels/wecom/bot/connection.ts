import { randomUUID } from 'node:crypto'
import { WSClient, type WsFrame } from '@wecom/aibot-node-sdk'
import { SendFailure } from '../../../core/chat.ts'
import type { Lease } from '../../plugin.ts'

export interface ConnectionOptions {
  readonly botId: string
  readonly secret: string
  readonly url: string
  readonly lease: Lease
  warn(message: string): void
  /** How often the lease is renewed, or asked for. */
  readonly leaseMs?: number
  /** How long the service may take to accept the bot before it is asked anew. */
  readonly subscribeMs?: number
}

export interface Connection {
  start(onFrame: (frame: WsFrame) => void): Promise<void>
  /** True while this instance holds the connection and it stands. */
  live(): boolean
  /** Sends a frame; resolves to the body of its acknowledgement. Throws a `WecomFailure`. */
  call(cmd: string, body: object, reqId?: string): Promise<Readonly<Record<string, unknown>>>
  /** An acknowledgement that the SDK had given up on came after all, and was good. */
  cameLate(reqId: string): boolean
  /** The id of uploaded media. */
  upload(bytes: Buffer, type: 'image' | 'file', filename: string): Promise<string>
  stop(): Promise<void>
}

/** A frame that was not acknowledged, or refused with `errcode`. */
export class WecomFailure extends SendFailure {
  readonly errcode: number
  constructor(kind: SendFailure['kind'], message: string, errcode = 0, retryAfterMs = 0) {
    super(kind, message, retryAfterMs)
    this.errcode = errcode
  }
}

/** After another program took the connection it is left alone for so long. */
const KICKED_MS = 20_000
/** Acknowledgements that came late and are remembered. */
const MOST_LATE = 1000

export function createConnection(options: ConnectionOptions): Connection {
  const { lease, warn, leaseMs = 5000, subscribeMs = 10_000 } = options
  let client: WSClient | null = null
  let live = false
  let notBefore = 0
  let timer: NodeJS.Timeout | null = null
  let watchdog: NodeJS.Timeout | null = null
  let listen: (frame: WsFrame) => void = () => {}
  const late = new Set<string>()

  /** The SDK drops the frame of an acknowledgement that it stopped waiting for; it only logs it. */
  const logger = {
    debug() {},
    info() {},
    warn(message: string, ...more: unknown[]) {
      const frame = /unknown frame/.test(message) ? ackOf(more[0]) : null
      if (!frame) return
      late.add(frame)
      for (const old of late) if (late.size > MOST_LATE) late.delete(old)
    },
    error: (message: string) => warn(message.slice(0, 200)),
  }

  function close(): void {
    if (watchdog) clearTimeout(watchdog)
    live = false
    client?.removeAllListeners()
    client?.disconnect()
    client = null
  }

  function open(): void {
    const own = new WSClient({
      botId: options.botId,
      secret: options.secret,
      wsUrl: options.url,
      wsOptions: { handshakeTimeout: subscribeMs, maxPayload: 16 * 1024 * 1024 },
      maxReconnectAttempts: -1,
      maxAuthFailureAttempts: -1,
      logger,
    })
    client = own
    own.on('connected', () => {
      if (watchdog) clearTimeout(watchdog)
      // The SDK would wait for ever.
      watchdog = setTimeout(() => {
        warn('no answer to the subscription; connecting anew')
        close()
        open()
      }, subscribeMs)
    })
    own.on('authenticated', () => {
      if (watchdog) clearTimeout(watchdog)
      live = true
    })
    own.on('disconnected', () => {
      live = false
    })
    own.on('error', (error) => warn(error.message))
    own.on('event.disconnected_event', () => {
      warn('another program connected as this bot, and this one was disconnected')
      notBefore = performance.now() + KICKED_MS
      queueMicrotask(close)
    })
    own.on('message', (frame) => listen(frame))
    own.on('event', (frame) => listen(frame))
    own.connect()
  }

  async function look(): Promise<void> {
    let held: boolean
    try {
      held = await lease.hold()
    } catch {
      // While the database does not answer, no other instance can take the lease either.
      return
    }
    if (!timer) return
    if (!held && client) close()
    if (held && !client && performance.now() >= notBefore) open()
  }

  const call: Connection['call'] = async (cmd, body, reqId = `${cmd}_${randomUUID()}`) => {
    if (!client || !live) throw new WecomFailure('away', 'not connected')
    try {
      const { body: answer } = await client.reply({ headers: { req_id: reqId } }, body, cmd)
      return (answer ?? {}) as Record<string, unknown>
    } catch (error) {
      throw failureOf(error)
    }
  }

  return {
    async start(onFrame) {
      listen = onFrame
      timer = setInterval(() => void look(), leaseMs)
      await look()
    },
    live: () => live,
    call,
    cameLate: (reqId) => late.has(reqId),
    async upload(bytes, type, filename) {
      if (!client || !live) throw new WecomFailure('away', 'not connected')
      try {
        return (await client.uploadMedia(bytes, { type, filename })).media_id
      } catch (error) {
        // Nothing was said yet: an upload may be repeated.
        const { errcode, kind, message } = failureOf(error)
        throw new WecomFailure(kind === 'unknown' ? 'later' : kind, message, errcode)
      }
    },
    async stop() {
      if (timer) clearInterval(timer)
      timer = null
      close()
      await lease.release().catch(() => {})
    },
  }
}

/** The request that a logged acknowledgement is for; null when it is none, or a refusal. */
function ackOf(logged: unknown): string | null {
  try {
    const frame = JSON.parse(String(logged)) as WsFrame
    return frame.errcode === 0 ? frame.headers.req_id : null
  } catch {
    return null
  }
}

/** Too much for now: of one conversation, or the service is busy. */
const BUSY = new Set([45009, 45033, 846607, -1])
const BUSY_MS = 20_000

/** The SDK rejects with the raw frame of a refusal, and with errors of its own words. */
function failureOf(error: unknown): WecomFailure {
  if (error instanceof Error) {
    const sent = !/not connected|exceeds max/.test(error.message)
    return new WecomFailure(sent ? 'unknown' : 'away', error.message.slice(0, 200))
  }
  const { errcode = 0, errmsg = '' } = (error ?? {}) as WsFrame
  const text = `${errcode} ${errmsg}`.slice(0, 200)
  return BUSY.has(errcode)
    ? new WecomFailure('later', text, errcode, BUSY_MS)
    : new WecomFailure('refused', text, errcode)
}
