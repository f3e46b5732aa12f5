import { FileBox } from 'file-box'
import { types, type Wechaty } from 'wechaty'
import {
  type Channel,
  type Event,
  type FetchedFile,
  type Inbox,
  type Outgoing,
  SendFailure,
  unreadable,
} from '../../core/chat.ts'
import { type LanguageOf, unsentWords } from '../../core/unsent.ts'
import { withoutMentions } from '../mentions.ts'
import type { Lease } from '../plugin.ts'
import { buildBot, type Login, type PuppetSettings, startBot } from './connect.ts'
import { render } from './render.ts'

export interface WechatyOptions extends PuppetSettings {
  /** Held by the one instance that is logged in. */
  readonly lease: Lease
  /** Tells the operator about the login. */
  report(login: Login): void
  /** The language of a person or a room. */
  readonly languageOf: LanguageOf
}

const CHANNEL = 'wechaty'
/** How often the lease is renewed, and a start that failed is tried again at most. */
const LEASE_MS = 5000
const AGAIN_MS = 60_000
/** Messages that are remembered: of those that came their files, of those that went how far. */
const MOST_REMEMBERED = 2000

type Received = Awaited<ReturnType<Wechaty['Message']['find']>> & object

/** Any puppet of Wechaty: texts, pictures and files, in direct messages and in rooms. */
export function createWechaty(options: WechatyOptions): Channel {
  const { lease, report } = options
  let bot: Wechaty | null = null
  let started = false
  let live = false
  let inbox: Inbox | null = null
  let timer: NodeJS.Timeout | null = null
  let notBefore = 0
  const came = new Map<string, Received>()
  const went = new Map<string, number>()
  const doubtful = new Set<string>()

  async function open(): Promise<void> {
    const own = buildBot(options)
    bot = own
    own.on('scan', (qr) => report({ state: 'scan', qr }))
    own.on('login', () => {
      // One whose start was given up may log in after all, while it is being stopped.
      if (bot !== own) return
      live = true
      report({ state: 'in' })
    })
    own.on('logout', (_user, why) => {
      live = false
      report({ state: 'out', why: why ?? 'logged out' })
    })
    own.on('message', (message) => {
      take(message).catch((error) => report({ state: 'out', why: reasonOf(error) }))
    })
    try {
      await startBot(own)
      started = bot === own
    } catch (error) {
      if (bot !== own) return
      bot = null
      live = false
      notBefore = performance.now() + AGAIN_MS
      report({ state: 'out', why: reasonOf(error) })
    }
  }

  async function close(): Promise<void> {
    const old = bot
    bot = null
    started = false
    live = false
    await old?.stop().catch(() => {})
  }

  async function look(): Promise<void> {
    // While the database does not answer, no other instance can take the lease either.
    const held = await lease.hold().catch(() => bot !== null)
    if (!timer) return
    // Where its service is gone a puppet is reset once; if that fails it stays stopped.
    const stopped = started && bot?.puppet.state.inactive() === true
    if (bot && (!held || stopped)) await close()
    if (held && !bot && performance.now() >= notBefore) await open()
  }

  async function take(message: Received): Promise<void> {
    const event = await read(message)
    if (!event) return
    if (event.says.kind === 'file') remember(came, message.id, message)
    await inbox?.(event)
  }

  /** Where a message goes. */
  async function placeOf(conversation: string) {
    if (!bot || !live) throw new SendFailure('away', 'not logged in')
    const room = conversation.startsWith('room:') ? conversation.slice(5) : null
    const found = room
      ? await bot.Room.find({ id: room })
      : await bot.Contact.find({ id: conversation })
    if (!found) throw new SendFailure('refused', 'no such conversation')
    return found
  }

  async function send(message: Outgoing): Promise<string> {
    const { key, conversation, card, replaces } = message
    // What was said cannot be changed.
    if (replaces) return replaces
    const place = await placeOf(conversation)
    const [first = '', ...more] = render(card)
    const texts = doubtful.has(key) ? [`${AGAIN}\n${first}`, ...more] : [first, ...more]
    const files = card.blocks.flatMap((block) => {
      if (block.kind === 'picture') {
        return { of: block, box: FileBox.fromBase64(block.png, 'picture.png') }
      }
      if (block.kind !== 'file') return []
      return { of: block, box: FileBox.fromBase64(block.base64, block.name) }
    })
    for (const [index, part] of [...texts.filter(Boolean), ...files].entries()) {
      if (index < (went.get(key) ?? 0)) continue
      if (message.claimed?.() === false) throw new SendFailure('later', 'the claim ran out')
      try {
        await place.say(typeof part === 'string' ? part : part.box)
      } catch (error) {
        if (typeof part === 'string') throw new SendFailure('unknown', reasonOf(error))
        // A puppet may know no files, or not this one: the words arrived.
        const words = unsentWords(part.of, await options.languageOf(conversation))
        await place.say(words).catch((fault) => {
          throw new SendFailure('unknown', reasonOf(fault))
        })
      }
      remember(went, key, index + 1)
    }
    doubtful.delete(key)
    return key
  }

  return {
    name: CHANNEL,
    can: {
      buttons: false,
      forms: false,
      edit: false,
      pictures: true,
      length: 1800,
      // Nothing is documented; people who write faster are taken for machines.
      paceMs: 2000,
      burst: 3,
      perSecond: 1,
    },
    senderIs: 'account',
    ready: () => live,
    async start(into) {
      inbox = into
      timer = setInterval(() => void look(), LEASE_MS)
      // A puppet that does not start holds nothing else up.
      void look()
    },
    async fetchFile(ref, most): Promise<FetchedFile> {
      const message = came.get(ref) ?? (await bot?.Message.find({ id: ref }))
      const file = await message?.toFileBox()
      if (!file) throw new Error('gone')
      const pieces: Uint8Array[] = []
      let size = 0
      for await (const piece of await file.toStream()) {
        size += piece.length
        if (size > most) throw new Error('too large')
        pieces.push(piece)
      }
      return { name: file.name, bytes: Buffer.concat(pieces) }
    },
    send,
    async find({ key, replaces }) {
      // Nothing can be looked up: what is said again says so.
      if (!replaces) doubtful.add(key)
      return null
    },
    async stop() {
      inbox = null
      if (timer) clearInterval(timer)
      timer = null
      await close()
      await lease.release().catch(() => {})
    },
  }
}

const AGAIN = '（如已收到同样内容，请忽略。 If you have this already, ignore it.）'

const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, 200)

function remember<Value>(memory: Map<string, Value>, key: string, value: Value): void {
  for (const old of memory.keys()) {
    if (memory.size < MOST_REMEMBERED) break
    memory.delete(old)
  }
  memory.set(key, value)
}

/** What a message means; null for what is not said to us: our own, the service's, a room's talk. */
async function read(message: Received): Promise<Event | null> {
  const from = message.talker()
  if (message.self() || from.type() === types.Contact.Official) return null
  const room = message.room()
  if (room && !(await message.mentionSelf())) return null
  const where = {
    id: message.id,
    channel: CHANNEL,
    conversation: room ? `room:${room.id}` : from.id,
    sender: from.id,
    shared: Boolean(room),
  }
  switch (message.type()) {
    case types.Message.Text: {
      const said = room ? await message.mentionText() : message.text()
      const text = withoutMentions(withoutQuote(said), Boolean(room))
      return { ...where, says: { kind: 'text', text } }
    }
    case types.Message.Image:
    case types.Message.Attachment: {
      const name =
        message.type() === types.Message.Image ? '图片.png' : message.text().slice(0, 200)
      return {
        ...where,
        says: { kind: 'file', name: name || '文件', size: 0, ref: message.id, text: '' },
      }
    }
    case types.Message.Audio: {
      const name = '语音.mp3'
      const says = { kind: 'file', name, size: 0, ref: message.id, text: '', voice: true } as const
      return { ...where, says }
    }
    // A call, a red packet, what was recalled: not said to anybody.
    case types.Message.Video:
    case types.Message.Location:
    case types.Message.Url:
    case types.Message.Contact:
    case types.Message.MiniProgram:
    case types.Message.ChatHistory:
      return { ...where, says: unreadable({ zh: '消息', en: 'message' }) }
    default:
      return null
  }
}

/** WeChat puts what is answered before the answer: 「周敏：1. 张三」, a line of dashes, then the answer. */
const withoutQuote = (text: string): string =>
  text.replace(/^「[^」]{0,2000}」\s*\n(?:[-—–_ ]{3,}\n)/u, '').trim()
