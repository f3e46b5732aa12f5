import { createHmac, timingSafeEqual } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { getCookie, setCookie } from 'hono/cookie'
import { csrf } from 'hono/csrf'
import { secureHeaders } from 'hono/secure-headers'
import { streamSSE } from 'hono/streaming'
import { type Channel, type Event, type Inbox, type Line, wordsOf } from '../../core/chat.ts'
import { newId } from '../../core/ids.ts'
import type { Language } from '../../core/text.ts'
import type { Person } from '../plugin.ts'
import { assetOf } from './assets.ts'
import { chatPage, doorPage, lineOf, missingPage, type PageSetting, peoplePage } from './page.ts'
import { MOST_CHARACTERS, read } from './read.ts'

export interface WebChatOptions {
  /** The path that the routes are mounted below. */
  readonly base: string
  /** Where the service listens. */
  readonly host: string
  /** How its pages are reached from outside; null: not set. */
  readonly publicUrl: string | null
  /** Who knows it may speak as anybody; null: the chat is served to this machine alone. */
  readonly secret: string | null
  readonly timezone: string
  readonly bankName: string
  people(): Promise<readonly Person[]>
  /** The bank was opened to try the service out: every page says so. */
  isTrial(): Promise<boolean>
  history(conversation: string): Promise<readonly Line[]>
  /** Puts a file on file; resolves to its upload's id. */
  keepFile(name: string, bytes: Uint8Array): Promise<string>
}

/** The chat in the browser, for trying out and training: whoever opens it may speak as anybody. */
export interface WebChannel extends Channel {
  readonly routes: Hono
}

/** The chat would be open to other machines without a secret. */
export class OpenToAll extends Error {
  override readonly name = 'OpenToAll'
  constructor(host: string) {
    super(
      `HOST=${host} 会让别的机器打开聊天页，必须先设置 WEB_CHAT_SECRET(至少 16 位)。 ` +
        `With HOST=${host} other machines reach the chat page: set WEB_CHAT_SECRET (16 characters or more) first.`,
    )
  }
}

const LOOPBACK = /^(127(\.\d+){3}|localhost|\[?::1\]?)$/

const MOST_BYTES = 64 * 1024
/** A line may bring a file along; a larger one is said to be too large, as far as it is read. */
const MOST_WITH_FILE = 21 * 1024 * 1024
const HEARTBEAT_MS = 20_000
const CODE = /^[A-Za-z0-9_-]{1,40}$/
const COOKIE = 'chenhui_chat'
/** Windows of one person that are told what is new at once; a further one shows what there is and is not told. */
const MOST_WATCHERS = 20
/** Wrong secrets within a minute, after which none is looked at. */
const MOST_TRIES = 10

export const conversationOf = (code: string): string => `web:${code}`

export function createWebChannel(options: WebChatOptions): WebChannel {
  const { base, host, publicUrl, secret } = options
  /** Those who watch a conversation, by its id. */
  const watchers = new Map<string, Set<(line: Line) => void>>()
  let inbox: Inbox | null = null
  /** When a wrong secret was given, whoever gave it. */
  let tries: number[] = []
  const show = (conversation: string, line: Line) => {
    for (const watcher of watchers.get(conversation) ?? []) watcher(line)
  }

  const routes = new Hono()
  routes.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        connectSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
      referrerPolicy: 'same-origin',
    }),
  )
  routes.use(csrf())
  routes.use('/door', bodyLimit({ maxSize: MOST_BYTES }))
  routes.use('/as/*', bodyLimit({ maxSize: MOST_WITH_FILE }))
  routes.get('/assets/:name', (context) => assetOf(context))
  routes.use(async (context, next) => {
    const language = context.req.query('lang')
    if (language === 'zh' || language === 'en') {
      setCookie(context, 'lang', language, { path: base, sameSite: 'Lax', maxAge: 31_536_000 })
      return context.redirect(context.req.path)
    }
    if (secret === null) {
      // A page elsewhere whose name was made to point here must not get in.
      const name = new URL(context.req.url).hostname
      return LOOPBACK.test(name) ? next() : context.text('loopback only', 403)
    }
    if (context.req.path === `${base}/door` || isIn(context, secret)) return next()
    return context.html(doorPage(false, await pageOf(context)), 401)
  })

  let trial: Promise<boolean> | null = null
  const pageOf = async (context: Context): Promise<PageSetting> => {
    const { bankName, timezone } = options
    trial ??= options.isTrial()
    return { base, bankName, timezone, language: languageOf(context), trial: await trial }
  }

  const personOf = async (context: Context) => {
    const people = await options.people()
    const code = context.req.param('code') ?? ''
    return { people, person: people.find((each) => CODE.test(code) && each.code === code) }
  }

  routes.post('/door', async (context) => {
    if (tries.length >= MOST_TRIES && (tries.at(-MOST_TRIES) ?? 0) > performance.now() - 60_000) {
      return context.text('请过一分钟再试。 Please try again in a minute.', 429)
    }
    const given = String((await bodyOf(context))['secret'] ?? '')
    if (secret === null || !same(given, secret)) {
      tries = [...tries, performance.now()].slice(-MOST_TRIES)
      return context.html(doorPage(true, await pageOf(context)), 401)
    }
    setCookie(context, COOKIE, ticketOf(secret), {
      path: base,
      httpOnly: true,
      sameSite: 'Strict',
      // Behind a proxy that ends TLS the request itself comes in clear.
      secure: [publicUrl, context.req.url].some((url) => url?.startsWith('https:')),
    })
    return context.redirect(base, 303)
  })

  routes.get('/', async (context) =>
    context.html(peoplePage(await options.people(), await pageOf(context))),
  )

  routes.get('/as/:code', async (context) => {
    const { person, people } = await personOf(context)
    if (!person) return context.html(missingPage(await pageOf(context)), 404)
    const lines = latest(await options.history(conversationOf(person.code)))
    return context.html(chatPage(person, people, lines, await pageOf(context)))
  })

  routes.post('/as/:code/say', async (context) => {
    const { person } = await personOf(context)
    if (!person) return context.html(missingPage(await pageOf(context)), 404)
    const body = await bodyOf(context)
    const says = (await sentFile(body)) ?? read(textsOf(body))
    if (!says) return context.text('这里只收这个页面发出的内容。 Only what the page sends.', 422)
    if (!inbox) return context.text('正在启动，请稍后再发。 Starting; please try again.', 503)
    const conversation = conversationOf(person.code)
    const id = newId()
    const text = wordsOf(says)
    show(conversation, { id, at: new Date(), from: 'person', text })
    const { answered } = await inbox({
      id,
      channel: 'web',
      conversation,
      sender: person.code,
      shared: false,
      says,
    })
    await answered
    const byScript = context.req.header('hx-request') === 'true'
    return byScript ? context.body(null, 204) : context.redirect(`${base}/as/${person.code}`, 303)
  })

  async function sentFile(body: Readonly<Record<string, unknown>>): Promise<Event['says'] | null> {
    const { file, text } = body
    if (!(file instanceof File) || file.size === 0) return null
    const ref = await options.keepFile(file.name, new Uint8Array(await file.arrayBuffer()))
    const beside = typeof text === 'string' ? text.trim().slice(0, MOST_CHARACTERS) : ''
    return { kind: 'file', name: file.name, size: file.size, ref, text: beside }
  }

  routes.get('/as/:code/events', async (context) => {
    const { person } = await personOf(context)
    if (!person) return context.text('', 404)
    const conversation = conversationOf(person.code)
    if ((watchers.get(conversation)?.size ?? 0) >= MOST_WATCHERS) return context.text('', 429)
    const after = context.req.header('last-event-id') ?? context.req.query('after') ?? ''
    const page = await pageOf(context)
    const here = `${base}/as/${person.code}`
    return streamSSE(context, async (stream) => {
      const write = async (line: Line) => {
        const html = await lineOf(line, here, page)
        await stream.writeSSE({ id: line.id, event: 'line', data: String(html) })
      }
      let tail = Promise.resolve()
      const watcher = (line: Line) => {
        tail = tail.then(() => write(line))
      }
      const watching = watchers.get(conversation) ?? new Set()
      watchers.set(conversation, watching.add(watcher))
      stream.onAbort(() => {
        watching.delete(watcher)
      })
      // What came between the drawing of the page and now; the page drops what it has.
      tail = options.history(conversation).then(async (lines) => {
        for (const line of lines.filter(({ id }) => id > after)) await write(line)
      })
      await tail
      while (!stream.aborted) {
        await stream.sleep(HEARTBEAT_MS)
        await stream.write(': here\n\n')
      }
    })
  })

  return {
    name: 'web',
    can: {
      buttons: true,
      forms: true,
      edit: true,
      pictures: true,
      length: 100_000,
      paceMs: 0,
      burst: 0,
      perSecond: null,
    },
    senderIs: 'staff-code',
    routes,
    async start(into) {
      if (secret === null && !LOOPBACK.test(host)) throw new OpenToAll(host)
      inbox = into
    },
    async send({ key, conversation, card, replaces }) {
      show(conversation, { id: key, at: new Date(), from: 'bot', card, replaces })
      return key
    },
    // A page shows what the database says was sent, so sending again shows nothing twice.
    find: async () => null,
    async stop() {
      inbox = null
    },
  }
}

/** Lines with those that were replaced left out, each in its own place. */
function latest(lines: readonly Line[]): Line[] {
  const instead = new Map(
    lines.flatMap((line) => (line.from === 'bot' && line.replaces ? [[line.replaces, line]] : [])),
  )
  return lines
    .filter((line) => line.from === 'person' || line.replaces === null)
    .map((line) => {
      const later = instead.get(line.id)
      return later?.from === 'bot' ? { ...later, id: line.id, replaces: null } : line
    })
}

function languageOf(context: Context): Language {
  const chosen = getCookie(context, 'lang')
  if (chosen === 'zh' || chosen === 'en') return chosen
  return /^en\b/i.test(context.req.header('accept-language') ?? '') ? 'en' : 'zh'
}

const ticketOf = (secret: string): string =>
  createHmac('sha256', secret).update('chat in the browser').digest('base64url')

const same = (a: string, b: string): boolean => {
  const digest = (text: string) => createHmac('sha256', 'compare').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}

/** What a form sent; of a broken one nothing. */
const bodyOf = (context: Context): Promise<Record<string, unknown>> =>
  context.req.parseBody().catch(() => ({}))

const isIn = (context: Context, secret: string): boolean =>
  same(getCookie(context, COOKIE) ?? '', ticketOf(secret))

const textsOf = (body: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  )
