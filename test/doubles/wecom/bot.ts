import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import type { z } from 'zod'
import {
  answer,
  frame,
  push,
  subscribe,
  type TemplateCard,
  update,
  uploadChunk,
  uploadFinish,
  uploadInit,
  welcome,
} from './frames.ts'
import { parse, Refused, refuse } from './refusal.ts'

// The WeCom bot's connection as its documentation has it. It refuses what WeCom refuses, and is told
// nothing by what it tests.

export const BOT_ID = 'aibBotOfTheBank'
export const BOT_SECRET = 'the secret of the bot'

/** Something that stands in a conversation. */
export interface Shown {
  readonly chat: string
  text: string
  card: TemplateCard | null
  /** The streamed answer that it is; null for others. */
  readonly stream: string | null
  finished: boolean
  pictures: number
  readonly file: { readonly name: string; readonly bytes: Buffer } | null
  edits: number
}

/** What goes wrong with the next frames of a command. */
export type Fault =
  | { readonly kind: 'error'; readonly errcode: number }
  /** Done, but the connection breaks before the acknowledgement. */
  | { readonly kind: 'lost-ack' }
  /** Done, and acknowledged when `releaseAcks` is called. */
  | { readonly kind: 'late-ack' }
  | { readonly kind: 'cut' }

interface Request {
  readonly chat: string
  readonly kind: 'message' | 'click' | 'welcome'
  readonly at: number
  readonly taskId: string | null
  stream: string | null
}

export interface WecomBotDouble {
  readonly url: string
  readonly files: string
  readonly shown: Shown[]
  readonly refused: { readonly cmd: string; readonly errcode: number; readonly why: string }[]
  readonly subscriptions: number
  /** Keeps to 30 a minute in a conversation, as WeCom does. */
  limited: boolean
  /** Does not answer subscriptions. */
  silent: boolean
  fail(cmd: string, ...faults: Fault[]): void
  releaseAcks(): void
  connected(): Promise<void>
  reconnected(): Promise<void>
  dropConnections(): void
  /** Another program connects as this bot. */
  kick(): void
  /** Hands a callback to whoever is connected. */
  deliver(body: Readonly<Record<string, unknown>>, kind: Request['kind']): void
  /** An address from which encrypted bytes are fetched, with the key. */
  parcel(name: string, bytes: Buffer): { url: string; aeskey: string }
  /** The person or room wrote to the bot. */
  readonly opened: Set<string>
  close(): Promise<void>
}

const DISCONNECTED = {
  cmd: 'aibot_event_callback',
  headers: { req_id: 'disconnected' },
  body: {
    msgid: 'disconnected',
    create_time: 1,
    aibotid: BOT_ID,
    from: { userid: '' },
    msgtype: 'event',
    event: { eventtype: 'disconnected_event' },
  },
}

interface Clicked {
  readonly task_id?: string
  readonly taskid?: string
}

export async function openWecomBot(): Promise<WecomBotDouble> {
  const shown: Shown[] = []
  const refused: WecomBotDouble['refused'][number][] = []
  const opened = new Set<string>()
  const taskIds = new Map<string, Shown>()
  const requests = new Map<string, Request>()
  const faults = new Map<string, Fault[]>()
  const held: (() => void)[] = []
  const sends = new Map<string, number[]>()
  const uploads = new Map<
    string,
    { init: z.infer<typeof uploadInit>; chunks: Map<number, Buffer> }
  >()
  const media = new Map<string, { name: string; bytes: Buffer }>()
  const parcels = new Map<string, { name: string; bytes: Buffer }>()
  let active: WebSocket | null = null
  let subscriptions = 0
  let serial = 0

  function spend(chat: string): void {
    if (!double.limited) return
    const now = Date.now()
    const recent = (sends.get(chat) ?? []).filter((at) => now - at < 60_000)
    if (recent.length >= 30) refuse(45009, 'api freq out of limit')
    sends.set(chat, [...recent, now])
  }

  /** Shows something; a card whose task id was shown before is dropped in silence, as WeCom does. */
  function show(chat: string, more: Partial<Shown>): void {
    if (more.card && taskIds.has(more.card.task_id)) return
    const line: Shown = {
      chat,
      text: '',
      card: null,
      stream: null,
      finished: true,
      pictures: 0,
      file: null,
      edits: 0,
      ...more,
    }
    if (more.card) taskIds.set(more.card.task_id, line)
    shown.push(line)
  }

  const requestOf = (
    reqId: string,
    kinds: readonly Request['kind'][],
    withinMs: number,
  ): Request => {
    const request = requests.get(reqId)
    if (!request || !kinds.includes(request.kind)) return refuse(846605, 'invalid req_id')
    if (Date.now() - request.at > withinMs) refuse(846605, 'invalid req_id: too late')
    return request
  }

  const commands: Record<string, (body: unknown, reqId: string) => object | undefined> = {
    ping: () => undefined,
    aibot_respond_msg(unread, reqId) {
      const request = requestOf(reqId, ['message'], 24 * 3_600_000)
      const body = parse(answer, unread)
      if (body.msgtype === 'template_card') {
        spend(request.chat)
        show(request.chat, { card: body.template_card })
        return
      }
      const { id, content, finish, msg_item = [] } = body.stream
      if (msg_item.length > 0 && !finish) refuse(40058, 'msg_item before the end')
      for (const { image } of msg_item) {
        const md5 = createHash('md5').update(Buffer.from(image.base64, 'base64')).digest('hex')
        if (md5 !== image.md5) refuse(40058, 'md5')
      }
      const card =
        body.msgtype === 'stream_with_template_card' ? (body.template_card ?? null) : null
      const line = shown.find(({ stream }) => stream === id)
      if (!line) {
        spend(request.chat)
        request.stream = id
        show(request.chat, {
          text: content,
          stream: id,
          finished: finish,
          pictures: msg_item.length,
          card,
        })
        return
      }
      if (request.stream !== id) refuse(846605, 'invalid req_id: stream of another')
      // An answer that is finished stays; saying it once more changes nothing.
      if (line.finished) return
      Object.assign(line, { text: content, finished: finish, pictures: msg_item.length, card })
      if (card) taskIds.set(card.task_id, line)
    },
    aibot_respond_welcome_msg(unread, reqId) {
      const request = requestOf(reqId, ['welcome'], 5000)
      const body = parse(welcome, unread)
      requests.delete(reqId)
      if (body.msgtype === 'text') show(request.chat, { text: body.text.content })
      else show(request.chat, { card: body.template_card })
    },
    aibot_respond_update_msg(unread, reqId) {
      const request = requestOf(reqId, ['click'], 5000)
      const { template_card: card } = parse(update, unread)
      if (card.task_id !== request.taskId) refuse(40058, 'another task_id')
      requests.delete(reqId)
      const line = taskIds.get(card.task_id) ?? refuse(40058, 'no such card')
      Object.assign(line, { card, edits: (line as Shown).edits + 1 })
    },
    aibot_send_msg(unread) {
      const body = parse(push, unread)
      const chat = body.chat_type === 2 ? `group:${body.chatid}` : body.chatid
      if (!opened.has(chat)) refuse(93006, 'invalid chatid')
      spend(chat)
      if (body.msgtype === 'markdown') show(chat, { text: body.markdown.content })
      else if (body.msgtype === 'template_card') show(chat, { card: body.template_card })
      else {
        const id = body.msgtype === 'image' ? body.image.media_id : body.file.media_id
        const file = media.get(id) ?? refuse(40007, 'invalid media_id')
        show(chat, { file: file as { name: string; bytes: Buffer } })
      }
      return
    },
    aibot_upload_media_init(unread) {
      const init = parse(uploadInit, unread)
      const upload_id = `U${++serial}`
      uploads.set(upload_id, { init, chunks: new Map() })
      return { upload_id }
    },
    aibot_upload_media_chunk(unread) {
      const { upload_id, chunk_index, base64_data } = parse(uploadChunk, unread)
      const upload = uploads.get(upload_id)
      if (!upload || chunk_index >= upload.init.total_chunks) return refuse(40058, 'no such chunk')
      upload.chunks.set(chunk_index, Buffer.from(base64_data, 'base64'))
      return
    },
    aibot_upload_media_finish(unread) {
      const { upload_id } = parse(uploadFinish, unread)
      const upload = uploads.get(upload_id)
      if (!upload) return refuse(40058, 'no such upload')
      const { init, chunks } = upload
      const bytes = Buffer.concat(
        Array.from(
          { length: init.total_chunks },
          (_, index) => chunks.get(index) ?? Buffer.alloc(0),
        ),
      )
      const md5 = createHash('md5').update(bytes).digest('hex')
      if (bytes.length !== init.total_size || md5 !== init.md5) refuse(40058, 'md5 or size')
      const media_id = `M${++serial}`
      media.set(media_id, { name: init.filename, bytes })
      return { type: init.type, media_id, created_at: '1' }
    },
  }

  const server = http.createServer((request, response) => {
    const parcel = parcels.get(request.url ?? '')
    if (!parcel) return void response.writeHead(404).end()
    const name = encodeURIComponent(parcel.name)
    response.writeHead(200, { 'content-disposition': `attachment; filename*=UTF-8''${name}` })
    response.end(parcel.bytes)
  })
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (socket) => {
    socket.on('error', () => {})
    socket.on('close', () => {
      if (active === socket) active = null
    })
    socket.on('message', (data) => receive(socket, String(data)))
  })

  function receive(socket: WebSocket, text: string): undefined {
    const { cmd, headers, body } = frame.parse(JSON.parse(text))
    const reply = (errcode: number, errmsg: string, more?: object) =>
      void socket.send(JSON.stringify({ headers, errcode, errmsg, ...(more && { body: more }) }))
    if (cmd === 'aibot_subscribe') {
      if (double.silent) return
      const { bot_id, secret } = parse(subscribe, body)
      if (bot_id !== BOT_ID || secret !== BOT_SECRET) return reply(40001, 'invalid secret')
      end()
      active = socket
      subscriptions++
      reply(0, 'ok')
      server.emit('subscribed')
      return
    }
    if (active !== socket) return
    // What only announces the answer is none.
    const { stream } = (body ?? {}) as { stream?: { finish?: boolean } }
    const spared = cmd === 'ping' || stream?.finish === false
    const fault = spared ? undefined : faults.get(cmd)?.shift()
    if (fault?.kind === 'error') return reply(fault.errcode, 'as asked')
    if (fault?.kind === 'cut') {
      socket.terminate()
      return
    }
    try {
      const command = commands[cmd] ?? refuse(40003, 'invalid cmd')
      const more = (command as (body: unknown, reqId: string) => object | undefined)(
        body,
        headers.req_id,
      )
      if (fault?.kind === 'lost-ack') {
        socket.terminate()
        return
      }
      if (fault?.kind === 'late-ack') return void held.push(() => reply(0, 'ok', more))
      reply(0, 'ok', more)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      refused.push({ cmd, errcode: error.errcode, why: error.message })
      reply(error.errcode, error.message)
    }
  }

  /** The earlier connection is told, and ended. */
  function end(): void {
    active?.send(JSON.stringify(DISCONNECTED))
    active?.close()
    active = null
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  const double: WecomBotDouble = {
    url: `ws://127.0.0.1:${port}`,
    files: `http://127.0.0.1:${port}`,
    shown,
    refused,
    opened,
    get subscriptions() {
      return subscriptions
    },
    limited: false,
    silent: false,
    fail(cmd, ...more) {
      faults.set(cmd, [...(faults.get(cmd) ?? []), ...more])
    },
    releaseAcks() {
      for (const acknowledge of held.splice(0)) acknowledge()
    },
    async connected() {
      if (!active) await once(server, 'subscribed')
    },
    async reconnected() {
      await once(server, 'subscribed')
    },
    dropConnections() {
      for (const socket of sockets.clients) socket.terminate()
    },
    kick: end,
    deliver(body, kind) {
      const { chatid, from, event } = body as {
        chatid?: string
        from: { userid: string }
        event?: Clicked & { template_card_event?: Clicked }
      }
      const chat = chatid ? `group:${chatid}` : from.userid
      const req_id = `cb${++serial}`
      if (kind !== 'welcome') opened.add(chat)
      const press = event?.template_card_event ?? event
      const taskId = press?.task_id ?? press?.taskid ?? null
      requests.set(req_id, { chat, kind, at: Date.now(), taskId, stream: null })
      const cmd = body['msgtype'] === 'event' ? 'aibot_event_callback' : 'aibot_msg_callback'
      if (!active) throw new Error('nobody is connected')
      active.send(JSON.stringify({ cmd, headers: { req_id }, body }))
    },
    parcel(name, bytes) {
      const key = randomBytes(32)
      const pad = 32 - (bytes.length % 32)
      const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
      const path = `/file/${++serial}`
      const padded = Buffer.concat([bytes, Buffer.alloc(pad, pad)])
      parcels.set(path, { name, bytes: Buffer.concat([cipher.update(padded), cipher.final()]) })
      return { url: `http://127.0.0.1:${port}${path}`, aeskey: key.toString('base64') }
    },
    async close() {
      for (const socket of sockets.clients) socket.terminate()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return double
}
