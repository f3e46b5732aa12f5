import { createHmac, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { messageBlocks, suggestions, viewOf } from './blocks.ts'
import { createPanes, PANE_NEEDS, type SlackPane } from './panes.ts'

// Slack as its documentation has it: Web API, Socket Mode and signed HTTP. It refuses what Slack
// refuses, and is told nothing by what it tests.

type Json = Readonly<Record<string, unknown>>

export interface SlackMessage {
  readonly channel: string
  readonly ts: string
  readonly text: string
  readonly blocks: readonly Json[]
  readonly metadata: Json | null
  /** Only this person sees it; null: everybody in the channel. */
  readonly onlyFor: string | null
  readonly edits: number
  /** The message that it is a reply to, in a thread. */
  readonly thread?: string | undefined
}

/** What goes wrong with the next calls of a method. */
export type Fault =
  | { readonly kind: 'status'; readonly status: number }
  /** Done, but the connection breaks before the answer. */
  | { readonly kind: 'lost-reply' }
  | { readonly kind: 'rate-limited'; readonly retryAfter: number }
  | { readonly kind: 'error'; readonly error: string }

export interface SlackUser {
  readonly email?: string
  readonly confirmed?: boolean
  readonly name?: string
  /** The workspace that the account is of; ours where it is not said. */
  readonly team?: string
  readonly is_restricted?: boolean
  readonly is_ultra_restricted?: boolean
  readonly is_stranger?: boolean
}

export const BOT_TOKEN = 'xoxb-1-test'
export const APP_TOKEN = 'xapp-1-test'
export const SIGNING_SECRET = 'a signing secret'

const TRIGGER_MS = 3000
const HOOK_MS = 30 * 60_000
const HOOK_USES = 5

export interface SlackDouble {
  readonly apiUrl: string
  readonly users: Map<string, SlackUser>
  readonly messages: SlackMessage[]
  readonly views: Map<string, Json>
  readonly homes: Map<string, Json>
  readonly calls: { readonly method: string; readonly at: number; readonly error: string | null }[]
  /** The assistant's panes, by channel and thread; the one above a conversation by its channel. */
  readonly panes: ReadonlyMap<string, SlackPane>
  openPane(channel: string, thread?: string): void
  /** What searches were answered with. */
  readonly suggested: readonly (readonly Json[])[]
  /** Whatever is pressed arrives too late to open a modal. */
  late: boolean
  scopes: string[]
  /** One message a second in a conversation, as Slack has it. */
  limited: boolean
  /** Channels that the bot is no member of; private ones it does not even know. */
  readonly outside: Set<string>
  /** An uploaded file can be shown so long after its upload, as Slack looks at it first. */
  filesThereMs: number
  /** What Slack wrote down of clips so far, by file; `vtt` is the address of the whole. */
  readonly clips: Map<string, Json>
  /** The workspace does not have the blocks of 2026. */
  dated: boolean
  /** What a method answers from now on, whoever asks; as a workspace that forbids something. */
  readonly forbidden: Map<string, string>
  /** An address by which what was said there is answered, five times within half an hour. */
  hook(channel: string, user: string, madeAt?: number): string
  fail(method: string, ...faults: Fault[]): void
  /** Delivers as the app is configured; resolves to how long the acknowledgement took. */
  deliver(kind: 'events_api' | 'interactive' | 'slash_commands', payload: Json): Promise<number>
  /** Where signed HTTP goes; null: Socket Mode. */
  endpoint: string | null
  dropConnections(reason: 'refresh_requested' | 'cut'): void
  connected(): Promise<void>
  /** Resolves at the next connection, whether there is one or not. */
  reconnected(): Promise<void>
  /** A file that a person uploads; what an event says of it. */
  host(name: string, bytes: Uint8Array): Json
  trigger(): string
  close(): Promise<void>
}

export async function openSlack(): Promise<SlackDouble> {
  const users = new Map<string, SlackUser>()
  const messages: SlackMessage[] = []
  const views = new Map<string, Json>()
  const homes = new Map<string, Json>()
  const uploaded = new Map<string, number>()
  /** Files that Slack knows the kind of by now. */
  const files = {
    has: (id: string) =>
      Date.now() - (uploaded.get(id) ?? Number.POSITIVE_INFINITY) >= slack.filesThereMs,
  }
  const suggested: Json[][] = []
  const hooks = new Map<string, { channel: string; user: string; uses: number; madeAt: number }>()
  const uploads = new Map<string, number>()
  const hosted = new Map<string, Uint8Array>()
  const triggers = new Map<string, number>()
  const faults = new Map<string, Fault[]>()
  const lastPost = new Map<string, number>()
  const sockets = new Set<WebSocket>()
  /** Of what is not acknowledged yet: by which link it went, and what comes of it. */
  const waiting = new Map<string, { link: WebSocket } & PromiseWithResolvers<Json>>()
  const tickets = new Set<string>()
  let serial = 0
  const stamp = () => `${Math.floor(Date.now() / 1000)}.${String(++serial).padStart(6, '0')}`
  const dm = (user: string) => `D${user.slice(1)}`

  /** docs.slack.dev/surfaces/modals: a modal that is answered with errors stays, with what is typed. */
  function acknowledge(payload: Json, answer: Json) {
    if (payload['type'] === 'block_suggestion') suggested.push(suggestions(answer['options']))
    if (payload['type'] !== 'view_submission') return
    const { id, blocks } = payload['view'] as { id: string; blocks: Json[] }
    const errors = answer['response_action'] === 'errors' ? (answer['errors'] as Json) : null
    const inputs = new Set(
      blocks.flatMap(({ type, block_id }) => (type === 'input' ? [block_id] : [])),
    )
    for (const name of Object.keys(errors ?? {})) {
      if (!inputs.has(name)) throw new Error(`response_action: no input block ${name}`)
    }
    views.set(id, { ...(views.get(id) ?? {}), errors })
  }

  class Refusal extends Error {}
  const refuse = (error: string): never => {
    throw new Refusal(error)
  }

  const assistant = createPanes(refuse)

  const checked = <T>(error: string, check: () => T): T => {
    try {
      return check()
    } catch (cause) {
      throw new Refusal(error, { cause })
    }
  }

  function place(channel: unknown): string {
    const name = String(channel ?? '')
    if (users.has(name)) return dm(name)
    const known = name.startsWith('C') || [...users.keys()].some((user) => dm(user) === name)
    return known ? name : refuse('channel_not_found')
  }

  function compose(body: Json) {
    const blocks = checked('invalid_blocks', () =>
      messageBlocks(body['blocks'], files, slack.dated),
    )
    const text = String(body['text'] ?? '')
    if (!text && blocks.length === 0) refuse('no_text')
    if (text.length > 40_000) refuse('msg_too_long')
    if (JSON.stringify(blocks).length > 13_200) refuse('msg_blocks_too_long')
    const given = body['metadata']
    const metadata = (
      typeof given === 'string' ? JSON.parse(given) : (given ?? null)
    ) as Json | null
    if (metadata && (!metadata['event_type'] || !metadata['event_payload']))
      refuse('invalid_metadata_format')
    return { text, blocks, metadata }
  }

  const methods: Record<string, (body: Json) => Json> = {
    ...assistant.methods,
    'auth.test': () => ({
      url: 'https://bank.slack.com/',
      team: 'Bank',
      user: 'chenhui',
      team_id: 'T1',
      user_id: 'UBOT',
      bot_id: 'B1',
    }),
    'users.info': ({ user }) => {
      const found = users.get(String(user)) ?? refuse('user_not_found')
      const { email, confirmed = true, name = '', team = 'T1', ...marks } = found as SlackUser
      return {
        user: {
          id: user,
          team_id: team,
          name,
          deleted: false,
          is_bot: false,
          is_restricted: false,
          is_ultra_restricted: false,
          ...marks,
          is_email_confirmed: confirmed,
          profile: { email, display_name: name },
        },
      }
    },
    'conversations.open': ({ users: who }) => {
      if (!users.has(String(who))) refuse('user_not_found')
      return { channel: { id: dm(String(who)) } }
    },
    'conversations.history': ({ channel, limit = 100, include_all_metadata: all }) => {
      const name = place(channel)
      const latest = messages
        .filter((each) => each.channel === name && !each.onlyFor && !each.thread)
        .slice(-Number(limit))
        .reverse()
      return {
        messages: latest.map(({ ts, text, blocks, metadata }) => {
          return {
            type: 'message',
            ts,
            text,
            blocks,
            ...(String(all) === 'true' && metadata ? { metadata } : {}),
          }
        }),
        has_more: false,
      }
    },
    'conversations.replies': ({ channel, ts: of, limit = 100, include_all_metadata: all }) => {
      const name = place(channel)
      const replies = messages.filter(
        (each) => each.channel === name && !each.onlyFor && each.thread === of,
      )
      return {
        messages: replies.slice(-Number(limit)).map(({ ts, text, blocks, metadata }) => {
          const marked = String(all) === 'true' && metadata ? { metadata } : {}
          return { type: 'message', ts, thread_ts: of, text, blocks, ...marked }
        }),
        has_more: false,
      }
    },
    'chat.postMessage': (body) => {
      const channel = place(body['channel'])
      const { text, blocks, metadata } = compose(body)
      const ts = stamp()
      const thread = body['thread_ts'] as string | undefined
      messages.push({ channel, ts, text, blocks, metadata, onlyFor: null, edits: 0, thread })
      assistant.answered(channel, thread)
      return { channel, ts, message: { text, ts } }
    },
    'chat.postEphemeral': (body) => {
      const channel = place(body['channel'])
      if (slack.outside.has(channel)) refuse('not_in_channel')
      const user = String(body['user'])
      if (!users.has(user)) refuse('user_not_in_channel')
      const { text, blocks } = compose(body)
      const ts = stamp()
      const thread = body['thread_ts'] as string | undefined
      messages.push({
        ...{ channel, ts, text, blocks, thread },
        metadata: null,
        onlyFor: user,
        edits: 0,
      })
      return { message_ts: ts }
    },
    'chat.update': (body) => {
      const index = messages.findIndex(
        (each) => each.channel === body['channel'] && each.ts === body['ts'] && !each.onlyFor,
      )
      const old = messages[index] ?? refuse('message_not_found')
      messages[index] = {
        ...(old as SlackMessage),
        ...compose(body),
        edits: (old as SlackMessage).edits + 1,
      }
      return { channel: body['channel'], ts: body['ts'], text: body['text'] }
    },
    'views.open': ({ trigger_id: trigger, view }) => {
      const made = triggers.get(String(trigger)) ?? refuse('invalid_trigger_id')
      if (made === 0) refuse('exchanged_trigger_id')
      if (Date.now() - Number(made) > TRIGGER_MS) refuse('expired_trigger_id')
      triggers.set(String(trigger), 0)
      const id = `V${++serial}`
      const shown = checked('invalid_arguments', () => viewOf(view, files))
      views.set(id, { ...shown, id, hash: '1' })
      return { view: { ...shown, id } }
    },
    'views.update': ({ view_id: id, view }) => {
      if (!views.has(String(id))) refuse('not_found')
      const shown = checked('invalid_arguments', () => viewOf(view, files))
      views.set(String(id), { ...shown, id, hash: '2' })
      return { view: { ...shown, id } }
    },
    'views.publish': ({ user_id: user, view }) => {
      if (!users.has(String(user))) refuse('user_not_found')
      homes.set(
        String(user),
        checked('invalid_arguments', () => viewOf(view, files)),
      )
      return { view: { id: `V${++serial}` } }
    },
    'files.getUploadURLExternal': ({ filename, length }) => {
      if (!filename || !(Number(length) > 0)) refuse('invalid_arguments')
      const id = `F${++serial}`
      uploads.set(id, Number(length))
      return { upload_url: `${base}/upload/${id}`, file_id: id }
    },
    'files.completeUploadExternal': ({ files: given }) => {
      const list = (typeof given === 'string' ? JSON.parse(given) : given) as { id: string }[]
      for (const { id } of list) {
        if (uploads.get(id) !== 0) refuse('file_not_found')
        uploaded.set(id, Date.now())
      }
      return {
        files: list.map((each) => ({
          ...each,
          permalink: `https://bank.slack.com/files/UBOT/${each.id}/file`,
        })),
      }
    },
    'files.info': ({ file }) => {
      const id = String(file)
      const clip = slack.clips.get(id)
      if (clip) {
        const { vtt, ...transcription } = clip
        const subtitles = vtt === undefined ? {} : { vtt }
        return { file: { id, mimetype: 'audio/webm', transcription, ...subtitles } }
      }
      if (!uploaded.has(id)) refuse('file_not_found')
      return { file: { id, ...(files.has(id) && { mimetype: 'image/png', original_w: 1 }) } }
    },
    'apps.connections.open': () => {
      const ticket = randomBytes(8).toString('hex')
      tickets.add(ticket)
      return { url: `${base.replace('http', 'ws')}/link/?ticket=${ticket}` }
    },
  }
  const NEEDS: Record<string, string> = {
    ...PANE_NEEDS,
    'users.info': 'users:read',
    'conversations.open': 'im:write',
    'conversations.history': 'im:history',
    'conversations.replies': 'im:history',
    'chat.postMessage': 'chat:write',
    'chat.postEphemeral': 'chat:write',
    'chat.update': 'chat:write',
    'files.getUploadURLExternal': 'files:write',
    'files.info': 'files:read',
    'files.completeUploadExternal': 'files:write',
  }
  const POSTS = new Set(['chat.postMessage', 'chat.postEphemeral', 'chat.update'])

  function call(method: string, body: Json, token: string): Json {
    const run = methods[method] ?? refuse('unknown_method')
    const forbidden = slack.forbidden.get(method)
    if (forbidden) refuse(forbidden)
    if (!token) refuse('not_authed')
    const wanted = method === 'apps.connections.open' ? APP_TOKEN : BOT_TOKEN
    if (token !== wanted)
      refuse(
        token.startsWith('xapp-') !== wanted.startsWith('xapp-')
          ? 'not_allowed_token_type'
          : 'invalid_auth',
      )
    const scope = NEEDS[method]
    if (scope && !slack.scopes.includes(scope)) refuse('missing_scope')
    return (run as (body: Json) => Json)(body)
  }

  const server = http.createServer(async (request, response) => {
    const bytes: Buffer[] = []
    try {
      for await (const piece of request) bytes.push(piece as Buffer)
    } catch {
      // Who was sending it has gone.
      return
    }
    const raw = Buffer.concat(bytes)
    const path = new URL(request.url ?? '', 'http://x').pathname
    if (path.startsWith('/upload/')) {
      const id = path.split('/')[2] ?? ''
      const fits = uploads.get(id) === raw.length
      if (fits) uploads.set(id, 0)
      response.writeHead(fits ? 200 : 400).end()
      return
    }
    if (path.startsWith('/files-pri/')) {
      const shared = hosted.get(path)
      const known = request.headers.authorization === `Bearer ${BOT_TOKEN}`
      if (!shared || !known || !slack.scopes.includes('files:read')) {
        response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in</html>')
      } else response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(shared)
      return
    }
    if (path.startsWith('/hooks/')) return answerHook(path, raw.toString(), request, response)
    const method = path.replace('/api/', '')
    const isJson = (request.headers['content-type'] ?? '').includes('json')
    const body = (
      isJson
        ? JSON.parse(raw.toString() || '{}')
        : Object.fromEntries(new URLSearchParams(raw.toString()))
    ) as Json
    const token =
      request.headers.authorization?.replace('Bearer ', '') ?? String(body['token'] ?? '')
    const fault = faults.get(method)?.shift()
    const answer = (status: number, value: Json, headers: http.OutgoingHttpHeaders = {}) => {
      const error = value['ok'] === false ? String(value['error']) : null
      ;(slack.calls as { method: string; at: number; error: string | null }[]).push({
        method,
        at: Date.now(),
        error,
      })
      response.writeHead(status, {
        'content-type': 'application/json',
        ...(slack.scopes.length > 0 && { 'x-oauth-scopes': slack.scopes.join(',') }),
        ...headers,
      })
      response.end(JSON.stringify(value))
    }
    const limit = (seconds: number) =>
      answer(429, { ok: false, error: 'ratelimited' }, { 'retry-after': String(seconds) })
    if (fault?.kind === 'status')
      return answer(fault.status, { ok: false, error: `status ${fault.status}` })
    if (fault?.kind === 'rate-limited') return limit(fault.retryAfter)
    if (fault?.kind === 'error') return answer(200, { ok: false, error: fault.error })
    if (slack.limited && POSTS.has(method)) {
      const channel = String(body['channel'])
      if (Date.now() - (lastPost.get(channel) ?? 0) < 1000) return limit(1)
      lastPost.set(channel, Date.now())
    }
    try {
      const value = { ok: true, ...call(method, body, token) }
      if (fault?.kind === 'lost-reply') return void request.socket.destroy()
      answer(200, value)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const cause = error.cause instanceof Error ? [error.cause.message] : []
      answer(200, { ok: false, error: error.message, response_metadata: { messages: cause } })
    }
  })
  /** docs.slack.dev/interactivity/handling-user-interaction: five times within half an hour. */
  function answerHook(
    path: string,
    raw: string,
    request: http.IncomingMessage,
    response: http.ServerResponse,
  ): undefined {
    const hook = hooks.get(path)
    const fault = faults.get('response_url')?.shift()
    const end = (status: number, error: string | null): undefined => {
      ;(slack.calls as { method: string; at: number; error: string | null }[]).push({
        method: 'response_url',
        at: Date.now(),
        error,
      })
      response.writeHead(status).end(error ? JSON.stringify({ ok: false, error }) : 'ok')
    }
    if (fault?.kind === 'status') return end(fault.status, `status ${fault.status}`)
    if (!hook) return end(404, 'no_such_url')
    if (Date.now() - hook.madeAt > HOOK_MS) return end(404, 'expired_url')
    if (hook.uses >= HOOK_USES) return end(404, 'used_url')
    const body = JSON.parse(raw) as Json
    try {
      const { text, blocks } = compose(body)
      hook.uses++
      const onlyFor = body['response_type'] === 'in_channel' ? null : hook.user
      const { channel } = hook
      messages.push({ channel, ts: stamp(), text, blocks, metadata: null, onlyFor, edits: 0 })
      if (fault?.kind === 'lost-reply') {
        request.socket.destroy()
        return
      }
      end(200, null)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      end(400, error.message)
    }
  }

  const wss = new WebSocketServer({ noServer: true })
  server.on('upgrade', (request, socket, head) => {
    const ticket = new URL(request.url ?? '', 'http://x').searchParams.get('ticket') ?? ''
    if (!tickets.delete(ticket)) return socket.destroy()
    wss.handleUpgrade(request, socket, head, (link) => {
      sockets.add(link)
      link.on('close', () => {
        sockets.delete(link)
        for (const each of waiting.values()) {
          if (each.link === link) each.reject(new Error('the connection closed before that'))
        }
      })
      link.on('message', (data) => {
        const { envelope_id: id, payload = {} } = JSON.parse(String(data)) as {
          envelope_id: string
          payload?: Json
        }
        waiting.get(id)?.resolve(payload)
      })
      link.send(
        JSON.stringify({ type: 'hello', num_connections: 1, connection_info: { app_id: 'A1' } }),
      )
      server.emit('linked')
    })
  })
  const send = async (kind: string, payload: Json): Promise<Json> => {
    const link = [...sockets].findLast(({ readyState, OPEN }) => readyState === OPEN)
    if (!link) throw new Error('nobody is connected')
    const envelope_id = randomBytes(8).toString('hex')
    const acknowledged = Promise.withResolvers<Json>()
    waiting.set(envelope_id, { link, ...acknowledged })
    const accepts_response_payload = kind !== 'events_api'
    link.send(JSON.stringify({ envelope_id, type: kind, payload, accepts_response_payload }))
    return acknowledged.promise.finally(() => waiting.delete(envelope_id))
  }
  // A peer that falls silent in the midst of what it sends, and one that comes back to an idle connection.
  server.keepAliveTimeout = 0
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const slack: SlackDouble = {
    apiUrl: `${base}/api/`,
    users,
    messages,
    views,
    homes,
    panes: assistant.panes,
    openPane: assistant.open,
    calls: [],
    suggested,
    late: false,
    scopes: [],
    limited: false,
    outside: new Set(),
    filesThereMs: 150,
    clips: new Map(),
    dated: false,
    forbidden: new Map(),
    hook(channel, user, madeAt = Date.now()) {
      const path = `/hooks/${++serial}-${randomBytes(6).toString('hex')}`
      hooks.set(path, { channel, user, uses: 0, madeAt })
      return `${base}${path}`
    },
    endpoint: null,
    fail(method, ...more) {
      faults.set(method, [...(faults.get(method) ?? []), ...more])
    },
    host(name, bytes) {
      const path = `/files-pri/T1-F${++serial}/download/${encodeURIComponent(name)}`
      hosted.set(path, bytes)
      return { name, size: bytes.length, url_private_download: `${base}${path}` }
    },
    trigger() {
      const id = `${++serial}.${randomBytes(6).toString('hex')}`
      triggers.set(id, slack.late ? Date.now() - TRIGGER_MS - 1 : Date.now())
      return id
    },
    async connected() {
      if (sockets.size === 0) await once(server, 'linked')
    },
    async reconnected() {
      await once(server, 'linked')
    },
    dropConnections(reason) {
      for (const link of sockets) {
        if (reason === 'cut') link.terminate()
        else link.send(JSON.stringify({ type: 'disconnect', reason, debug_info: {} }))
      }
      if (reason !== 'cut')
        setTimeout(() => {
          for (const link of sockets) link.close()
        }, 50)
    },
    async deliver(kind, payload) {
      const began = performance.now()
      if (slack.endpoint) {
        const { status, text } = await signed(slack.endpoint, kind, payload)
        if (status !== 200) throw new Error(`answered ${status}`)
        acknowledge(payload, text.startsWith('{') ? JSON.parse(text) : {})
        return performance.now() - began
      }
      // An event that is not acknowledged comes again; what somebody pressed or typed does not.
      for (;;) {
        await slack.connected()
        try {
          acknowledge(payload, await send(kind, payload))
          return performance.now() - began
        } catch (error) {
          if (kind !== 'events_api') throw error
        }
      }
    },
    async close() {
      for (const link of sockets) link.terminate()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return slack
}

/** A request as Slack signs it; headers may be spoilt. */
export async function signed(
  url: string,
  kind: 'events_api' | 'interactive' | 'slash_commands',
  payload: Json,
  spoil: { readonly secret?: string; readonly at?: number } = {},
): Promise<{ status: number; text: string }> {
  const body =
    kind === 'events_api'
      ? JSON.stringify(payload)
      : kind === 'interactive'
        ? new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
        : new URLSearchParams(payload as Record<string, string>).toString()
  const at = spoil.at ?? Math.floor(Date.now() / 1000)
  const mac = createHmac('sha256', spoil.secret ?? SIGNING_SECRET)
    .update(`v0:${at}:${body}`)
    .digest('hex')
  const answer = await fetch(url, {
    method: 'POST',
    body,
    headers: {
      'content-type':
        kind === 'events_api' ? 'application/json' : 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': String(at),
      'x-slack-signature': `v0=${mac}`,
    },
  })
  return { status: answer.status, text: await answer.text() }
}
