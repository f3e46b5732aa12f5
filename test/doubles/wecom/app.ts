import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { encrypt, getSignature } from '@wecom/crypto'
import { z } from 'zod'
import { type AppContactWay, createContactWays } from './contact-ways.ts'
import { type TemplateCard, templateCard } from './frames.ts'
import { parse, Refused, refuse } from './refusal.ts'

// WeCom's API for self-built apps as its documentation has it, and the callbacks that it makes.

export const CORP_ID = 'ww1234567890abcdef'
export const AGENT_ID = 1000002
export const APP_SECRET = 'the secret of the app'
export const CONTACT_SECRET = 'the secret of customer contact'
export const APP_TOKEN = 'TokenOfTheCallback'
export const AES_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'

/** Something that stands in a person's conversation with the app. */
export interface AppMessage {
  readonly user: string
  readonly text: string
  card: TemplateCard | null
  readonly file: { readonly type: string; readonly name: string; readonly bytes: Buffer } | null
  edits: number
}

/** Departments, and members with the departments that they are in. */
export interface AppContacts {
  departments: { id: number; name: string; parentid: number; order: number }[]
  users: { userid: string; name: string; department: number[] }[]
}

export type AppFault =
  | { readonly kind: 'error'; readonly errcode: number; readonly errmsg?: string }
  | { readonly kind: 'status'; readonly status: number }
  /** Done, but the connection breaks before the answer. */
  | { readonly kind: 'lost-reply' }
  /** No answer before `letGo`. */
  | { readonly kind: 'hangs' }

export interface WecomAppDouble {
  readonly apiUrl: string
  readonly members: Set<string>
  /** The contact list as far as the app may see it. */
  readonly contacts: AppContacts
  readonly messages: AppMessage[]
  /** Members who may be added by people outside. */
  readonly followed: Set<string>
  /** By their `config_id`. */
  readonly contactWays: Map<string, AppContactWay>
  readonly calls: { readonly path: string; readonly errcode: number; readonly why: string }[]
  /** What was beyond 30 a minute to a person, and dropped in silence. */
  dropped: number
  /** Calls from this machine are refused, as its address is not trusted. */
  trusted: boolean
  limited: boolean
  menu: unknown
  fail(path: string, ...faults: AppFault[]): void
  /** Whether a call waits for an answer that does not come. */
  readonly hangs: boolean
  /** Breaks the connections of calls that wait. */
  letGo(): void
  /** How long a token is good for, in seconds. */
  lasting: number
  /** What tokens were granted is not known any more. */
  revokeTokens(): void
  readonly granted: number
  /** Where callbacks go. */
  endpoint: string
  /** Calls back with these fields; resolves to the status of the answer. */
  deliver(fields: Fields, spoil?: Spoil): Promise<number>
  /** Media that somebody sent; resolves to its id. */
  hold(name: string, bytes: Buffer): string
  close(): Promise<void>
}

export type Fields = { readonly [name: string]: string | number | Fields | readonly Fields[] }

/** How a callback is spoilt. */
export interface Spoil {
  readonly token?: string
  readonly at?: number
  readonly corpId?: string
  /** The document in the place of the fields. */
  readonly xml?: string
  /** The outer document, unsealed. */
  readonly body?: string
}

const to = {
  touser: z.string().min(1),
  agentid: z.literal(AGENT_ID),
  enable_duplicate_check: z.union([z.literal(0), z.literal(1)]).optional(),
  duplicate_check_interval: z.int().min(1).max(14_400).optional(),
}
const text = z
  .string()
  .min(1)
  .refine((value) => Buffer.byteLength(value) <= 2048, 'more than 2048 bytes')
const media = z.strictObject({ media_id: z.string() })
const send = z.discriminatedUnion('msgtype', [
  z.strictObject({ ...to, msgtype: z.literal('text'), text: z.strictObject({ content: text }) }),
  z.strictObject({ ...to, msgtype: z.literal('template_card'), template_card: templateCard }),
  z.strictObject({ ...to, msgtype: z.literal('image'), image: media }),
  z.strictObject({ ...to, msgtype: z.literal('file'), file: media }),
])
const update = z.strictObject({
  userids: z.array(z.string()).min(1),
  agentid: z.literal(AGENT_ID),
  response_code: z.string(),
  template_card: templateCard,
})
const click = z.strictObject({ type: z.literal('click'), name: z.string().max(8), key: z.string() })
const menu = z.strictObject({
  button: z
    .array(
      z.union([
        click,
        z.strictObject({ name: z.string().max(8), sub_button: z.array(click).min(1).max(5) }),
      ]),
    )
    .min(1)
    .max(3),
})

export async function openWecomApp(): Promise<WecomAppDouble> {
  const messages: AppMessage[] = []
  const members = new Set<string>()
  const calls: WecomAppDouble['calls'][number][] = []
  const faults = new Map<string, AppFault[]>()
  /** With the secret that each was granted for. */
  const tokens = new Map<string, string>()
  const followed = new Set<string>()
  const hanging = new Set<Socket>()
  const ways = createContactWays(() => app.apiUrl, followed)
  const shown = new Map<string, number>()
  const cards = new Map<string, AppMessage>()
  const codes = new Map<string, string>()
  const held = new Map<string, { type: string; name: string; bytes: Buffer }>()
  const sends = new Map<string, number[]>()
  let minute: number[] = []
  let serial = 0
  let granted = 0
  const code = (taskId: string): string => {
    const made = `code-${++serial}`
    codes.set(made, taskId)
    return made
  }

  /** Drops in silence what a person gets beyond 30 a minute. */
  function tooMany(user: string): boolean {
    if (!app.limited) return false
    const now = Date.now()
    const recent = (sends.get(user) ?? []).filter((at) => now - at < 60_000)
    sends.set(user, [...recent, now])
    return recent.length >= 30
  }

  function sendTo(user: string, body: z.infer<typeof send>): void {
    if (tooMany(user)) {
      app.dropped++
      return
    }
    const {
      enable_duplicate_check: check,
      duplicate_check_interval: seconds = 1800,
      ...said
    } = body
    const same = JSON.stringify([user, said])
    if (check && Date.now() - (shown.get(same) ?? 0) < seconds * 1000) return
    shown.set(same, Date.now())
    const card = body.msgtype === 'template_card' ? body.template_card : null
    if (card && cards.has(card.task_id)) return
    const id =
      body.msgtype === 'image'
        ? body.image.media_id
        : body.msgtype === 'file'
          ? body.file.media_id
          : null
    const file = id === null ? null : (held.get(id) ?? refuse(40007, 'invalid media_id'))
    const message: AppMessage = {
      user,
      text: body.msgtype === 'text' ? body.text.content : '',
      card,
      file: file as AppMessage['file'],
      edits: 0,
    }
    messages.push(message)
    if (card) cards.set(card.task_id, message)
  }

  const paths: Record<string, (body: unknown, query: URLSearchParams) => object> = {
    ...ways.paths,
    'message/send'(unread) {
      const body = parse(send, unread)
      const users = body.touser.split('|')
      if (users.length > 1000) refuse(40058, 'more than 1000 people')
      const known = users.filter((user) => members.has(user))
      if (known.length === 0) refuse(81013, 'user & party & tag all invalid')
      const now = Date.now()
      minute = minute.filter((at) => now - at < 60_000)
      if (app.limited && minute.length >= 10_000) refuse(45009, 'api freq out of limit')
      minute.push(now)
      for (const user of known) sendTo(user, body)
      const invaliduser = users.filter((user) => !members.has(user)).join('|')
      const card =
        body.msgtype === 'template_card' ? { response_code: code(body.template_card.task_id) } : {}
      return { invaliduser, msgid: `msg-${++serial}`, ...card }
    },
    'message/update_template_card'(unread) {
      const { response_code, template_card } = parse(update, unread)
      const taskId = codes.get(response_code) ?? refuse(42014, 'response_code is spent or unknown')
      if (taskId !== template_card.task_id) refuse(40058, 'another task_id')
      codes.delete(response_code)
      const message = cards.get(template_card.task_id)
      if (message) Object.assign(message, { card: template_card, edits: message.edits + 1 })
      return {}
    },
    'menu/create'(unread, query) {
      if (query.get('agentid') !== String(AGENT_ID))
        refuse(301002, 'not allow operate another agent')
      app.menu = parse(menu, unread)
      return {}
    },
    // developer.work.weixin.qq.com/document/path/90208
    'department/list'() {
      return { department: app.contacts.departments }
    },
    // developer.work.weixin.qq.com/document/path/90200: who is in the department itself
    'user/simplelist'(_unread, query) {
      const id = Number(query.get('department_id'))
      if (!app.contacts.departments.some((each) => each.id === id))
        refuse(60011, 'no privilege to access/modify contact/party/agent')
      const userlist = app.contacts.users.filter(({ department }) => department.includes(id))
      return { userlist }
    },
    'agent/get'(_unread, query) {
      if (query.get('agentid') !== String(AGENT_ID))
        refuse(301002, 'not allow operate another agent')
      return { agentid: AGENT_ID, name: '晨会', close: 0 }
    },
  }

  const server = http.createServer(async (request, response) => {
    const pieces: Buffer[] = []
    try {
      for await (const piece of request) pieces.push(piece as Buffer)
    } catch {
      // Who was sending it has gone.
      return
    }
    const url = new URL(request.url ?? '', 'http://x')
    const path = url.pathname.replace('/cgi-bin/', '')
    const answer = (errcode: number, errmsg: string, more: object = {}) => {
      calls.push({ path, errcode, why: errmsg })
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ errcode, errmsg, ...more }))
    }
    const fault = faults.get(path)?.shift()
    if (fault?.kind === 'hangs') return void hanging.add(request.socket)
    if (fault?.kind === 'status') return void response.writeHead(fault.status).end()
    if (fault?.kind === 'error') return answer(fault.errcode, fault.errmsg ?? 'as asked')
    const picture = ways.pictureAt(url.pathname)
    if (picture) return void response.writeHead(200, { 'content-type': 'image/png' }).end(picture)
    try {
      if (path === 'gettoken') {
        if (url.searchParams.get('corpid') !== CORP_ID) refuse(40013, 'invalid corpid')
        const secret = url.searchParams.get('corpsecret') ?? ''
        if (![APP_SECRET, CONTACT_SECRET].includes(secret)) refuse(40001, 'invalid credential')
        const token = randomBytes(8).toString('hex')
        tokens.set(token, secret)
        granted++
        return answer(0, 'ok', { access_token: token, expires_in: app.lasting })
      }
      const secret =
        tokens.get(url.searchParams.get('access_token') ?? '') ??
        refuse(40014, 'invalid access_token')
      if (!app.trusted) refuse(60020, 'not allow to access from your ip, from ip: 203.0.113.7')
      const forContacts = path.startsWith('externalcontact/')
      if ((secret === CONTACT_SECRET) !== forContacts) refuse(48002, 'api forbidden')
      if (path === 'media/get') {
        const file =
          held.get(url.searchParams.get('media_id') ?? '') ?? refuse(40007, 'invalid media_id')
        response.writeHead(200, { 'content-type': 'application/octet-stream' })
        return void response.end((file as { bytes: Buffer }).bytes)
      }
      const raw = Buffer.concat(pieces)
      const more =
        path === 'media/upload'
          ? await upload(request, raw, url.searchParams.get('type') ?? '')
          : (paths[path] ?? refuse(40003, `no such path ${path}`))(
              raw.length > 0 ? JSON.parse(raw.toString()) : null,
              url.searchParams,
            )
      if (fault?.kind === 'lost-reply') return void request.socket.destroy()
      answer(0, 'ok', more as object)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      answer(error.errcode, error.message)
    }
  })

  async function upload(request: http.IncomingMessage, raw: Buffer, type: string): Promise<object> {
    const headers = { 'content-type': request.headers['content-type'] ?? '' }
    const form = await new Response(Uint8Array.from(raw), { headers }).formData()
    const file = form.get('media')
    if (!(file instanceof File) || !['image', 'file'].includes(type))
      return refuse(41005, 'media missing')
    const media_id = `media-${++serial}`
    held.set(media_id, { type, name: file.name, bytes: Buffer.from(await file.arrayBuffer()) })
    return { type, media_id, created_at: '1' }
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  const app: WecomAppDouble = {
    apiUrl: `http://127.0.0.1:${port}`,
    members,
    contacts: { departments: [], users: [] },
    messages,
    followed,
    contactWays: ways.made,
    calls,
    dropped: 0,
    trusted: true,
    limited: false,
    menu: null,
    lasting: 7200,
    endpoint: '',
    get granted() {
      return granted
    },
    get hangs() {
      return hanging.size > 0
    },
    letGo() {
      for (const socket of hanging) socket.destroy()
      hanging.clear()
    },
    fail(path, ...more) {
      faults.set(path, [...(faults.get(path) ?? []), ...more])
    },
    revokeTokens: () => tokens.clear(),
    hold(name, bytes) {
      const id = `media-${++serial}`
      held.set(id, { type: 'image', name, bytes })
      return id
    },
    async deliver(fields, spoil = {}) {
      if (fields['Event'] === 'template_card_event') {
        const ResponseCode = code(String(fields['TaskId']))
        return callBack(app.endpoint, { ...fields, ResponseCode }, spoil)
      }
      return callBack(app.endpoint, fields, spoil)
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return app
}

const cdata = (value: string): string => `<![CDATA[${value}]]>`

const xmlOf = (fields: Fields): string =>
  Object.entries(fields)
    .flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value]).map((each) => {
        const inside =
          typeof each === 'object'
            ? xmlOf(each)
            : typeof each === 'number'
              ? `${each}`
              : cdata(String(each))
        return `<${name}>${inside}</${name}>`
      }),
    )
    .join('')

/** The address, signed, with which WeCom calls back or verifies an endpoint. */
export function signedAddress(
  endpoint: string,
  sealed: string,
  spoil: Spoil = {},
  more = {},
): string {
  const timestamp = String(spoil.at ?? Math.floor(Date.now() / 1000))
  const nonce = randomBytes(6).toString('hex')
  const msg_signature = getSignature(spoil.token ?? APP_TOKEN, timestamp, nonce, sealed)
  return `${endpoint}?${new URLSearchParams({ msg_signature, timestamp, nonce, ...more })}`
}

async function callBack(endpoint: string, fields: Fields, spoil: Spoil): Promise<number> {
  const document =
    spoil.xml ?? `<xml>${xmlOf({ ToUserName: CORP_ID, AgentID: AGENT_ID, ...fields })}</xml>`
  const sealed = encrypt(AES_KEY, document, spoil.corpId ?? CORP_ID)
  const body =
    spoil.body ?? `<xml>${xmlOf({ ToUserName: CORP_ID, Encrypt: sealed, AgentID: AGENT_ID })}</xml>`
  const answer = await fetch(signedAddress(endpoint, sealed, spoil), { method: 'POST', body })
  return answer.status
}
