import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import type { Card } from '../../../core/card.ts'
import { type Channel, type Inbox, StartRefusal } from '../../../core/chat.ts'
import type { LanguageOf } from '../../../core/unsent.ts'
import type { TokenStore } from '../../plugin.ts'
import { pressedEvent } from '../press.ts'
import { type ApiFailure, createApi } from './api.ts'
import { adviceOn } from './check.ts'
import { menuBody } from './menu.ts'
import { createPost } from './post.ts'
import { type Arrived, CHANNEL, read } from './read.ts'
import { readXml, type Seal, sealedIn, signedQuery, unseal } from './sealed.ts'

export interface WecomAppOptions extends Seal {
  readonly agentId: number
  readonly secret: string
  readonly apiUrl: string
  readonly tokens: TokenStore
  /** The card of a message that was sent; null when it is not there. */
  cardOf(key: string, conversation: string): Promise<Card | null>
  /** The language of a person. */
  readonly languageOf: LanguageOf
  /** A member left the corporation: nobody is to be known by that account any more. */
  left(userId: string): Promise<void>
  renamed(userId: string, newId: string): Promise<void>
  now(): Date
  warn(message: string): void
}

export interface WecomAppChannel extends Channel {
  /** What WeCom calls. */
  readonly routes: Hono
}

/** No callback is larger. */
const MOST_BYTES = 128 * 1024

/** WeCom's self-built app: calls WeCom's API, and is called on the service's own port. */
export function createWecomApp(options: WecomAppOptions): WecomAppChannel {
  const { agentId, warn } = options
  const api = createApi(options)
  const post = createPost(api, agentId, options)
  let inbox: Inbox | null = null

  async function take(arrived: Arrived, into: Inbox): Promise<void> {
    switch (arrived.kind) {
      case 'left':
        return options.left(arrived.userId)
      case 'renamed':
        return options.renamed(arrived.userId, arrived.newId)
      case 'card':
        if (arrived.responseCode) post.clicked(arrived.taskId, arrived.responseCode)
        await into(await pressedEvent(arrived, options.cardOf))
        return
      case 'event':
        await into(arrived.event)
    }
  }

  const routes = new Hono()
  routes.get('/app', (context) => {
    const query = signedQuery
      .extend({ echostr: z.string().max(2000) })
      .safeParse(context.req.query())
    const echo = query.success && unseal(options, query.data, query.data.echostr, options.now())
    return echo ? context.text(echo) : context.text('forbidden', 403)
  })
  routes.post('/app', bodyLimit({ maxSize: MOST_BYTES }), async (context) => {
    const query = signedQuery.safeParse(context.req.query())
    const sealed = sealedIn(await context.req.text())
    if (!query.success || sealed === null) return context.text('bad request', 400)
    const xml = unseal(options, query.data, sealed, options.now())
    if (xml === null) {
      warn('a callback that is not WeCom’s, or not of now, was refused')
      return context.text('forbidden', 403)
    }
    // Nothing is acknowledged that would not be stored: WeCom calls again.
    if (!inbox) return context.text('not ready', 503)
    const arrived = read(readXml(xml), options.corpId)
    if (arrived) await take(arrived, inbox)
    return context.body('')
  })

  return {
    name: CHANNEL,
    can: {
      buttons: true,
      forms: false,
      edit: false,
      pictures: true,
      length: 2000,
      paceMs: 0,
      burst: 0,
      // 10 000 calls a minute; 30 a minute and 1 000 an hour to a person, beyond which WeCom drops
      // in silence. A message with pictures or files is several, so some are kept free.
      perSecond: 165,
      windows: [
        { most: 20, perMs: 60_000 },
        { most: 700, perMs: 3_600_000 },
      ],
    },
    senderIs: 'account',
    twin: 'wecom-bot',
    routes,
    async start(into) {
      inbox = into
      const query = { agentid: String(agentId) }
      try {
        await api.call('/cgi-bin/menu/create', z.unknown(), menuBody, query)
      } catch (error) {
        const { kind, errcode = 0, message = '' } = error as Partial<ApiFailure>
        if (kind !== 'refused' && errcode) {
          throw new StartRefusal(
            `企业微信不接受应用的设置（${message}）：${adviceOn(errcode, message)}`,
          )
        }
        if (kind !== 'refused') throw error
        warn(`the menu was not made: ${message}`)
      }
    },
    fetchFile: (ref, most) => api.download(ref, most),
    send: (message) => post.send(message),
    // Nothing can be looked up; what is sent again is dropped by WeCom where it has arrived.
    find: async () => null,
    async stop() {
      inbox = null
    },
  }
}
