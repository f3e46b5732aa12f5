import { createHash } from 'node:crypto'
import type { Card } from '../../../core/card.ts'
import type { Outgoing } from '../../../core/chat.ts'
import { type Attachment, type LanguageOf, unsentWords } from '../../../core/unsent.ts'
import { buttonsAlone, type Rendered, templateOf, withoutButtons } from '../card-render.ts'
import { markdown, plainText } from '../text-render.ts'
import { type Connection, WecomFailure } from './connection.ts'
import type { Turn, Turns } from './turns.ts'

// developer.work.weixin.qq.com/document/path/101463
const MARKDOWN_BYTES = 20_480
/** Pictures that one streamed answer may carry. */
const MOST_PICTURES = 10
/** The request of a turn is not there any more: say it as a message of its own. */
const TURN_IS_OVER = new Set([846605, 846608])
/** Messages whose parts are remembered, so that a repeat goes on where it stopped. */
const MOST_REMEMBERED = 2000

const RESPOND = 'aibot_respond_msg'
const SEND = 'aibot_send_msg'

/** Something that a message consists of, to be sent by itself. */
type Part =
  | { readonly kind: 'text'; readonly card: Card }
  | {
      readonly kind: 'image' | 'file'
      readonly name: string
      readonly bytes: Buffer
      readonly of: Attachment
    }

export interface Post {
  send(message: Outgoing): Promise<string>
  find(message: Outgoing): Promise<string | null>
}

/**
 * Sends messages so that a repeat shows nothing twice wherever the service can tell: an answer is
 * streamed under the id of its turn, a card has its message's key as the task id, of which WeCom
 * shows one. A message without buttons that nobody asked for has neither: repeated in doubt, it says so.
 */
export function createPost(
  connection: Connection,
  turns: Turns,
  options: { readonly languageOf: LanguageOf; warn(message: string): void },
): Post {
  /** How many parts of a message are acknowledged, of how many. */
  const done = new Map<string, { sent: number; total: number }>()
  /** The last request for a message, whose acknowledgement may come late. */
  const asked = new Map<string, string>()
  const doubtful = new Set<string>()

  async function send(message: Outgoing): Promise<string> {
    const { key, conversation, card, replaces } = message
    if (replaces) return update(key, conversation, card, replaces)
    const turn = turns.take(conversation, key)
    const parts = partsOf(card, turn?.kind === 'message')
    remember(key, { sent: done.get(key)?.sent ?? 0, total: parts.length })
    for (const [index, part] of parts.entries()) {
      if (index < (done.get(key)?.sent ?? 0)) continue
      if (message.claimed?.() === false) throw new WecomFailure('later', 'the claim ran out')
      if (part.kind === 'text') await say(key, conversation, part.card, turn)
      else await show(conversation, part)
      remember(key, { sent: index + 1, total: parts.length })
    }
    doubtful.delete(key)
    return key
  }

  async function say(key: string, conversation: string, card: Card, turn: Turn | null) {
    const rendered = templateOf(card, key)
    if (turn) {
      const cmd = turn.kind === 'welcome' ? 'aibot_respond_welcome_msg' : RESPOND
      const body =
        turn.kind === 'welcome' ? welcomeOf(card, rendered) : answerOf(card, rendered, turn)
      try {
        asked.set(key, turn.reqId)
        await connection.call(cmd, body, turn.reqId)
        return
      } catch (error) {
        if (!(error instanceof WecomFailure) || !TURN_IS_OVER.has(error.errcode)) throw error
      }
    }
    const reqId = `${SEND}_${key}_${doubtful.has(key) ? 'again' : 'first'}`
    asked.set(key, reqId)
    const body = rendered
      ? { msgtype: 'template_card', template_card: rendered.template }
      : { msgtype: 'markdown', markdown: { content: textOf(card, doubtful.has(key)) } }
    await connection.call(SEND, { ...to(conversation), ...body }, reqId)
  }

  async function show(conversation: string, part: Exclude<Part, { kind: 'text' }>) {
    let media_id: string
    try {
      media_id = await connection.upload(part.bytes, part.kind, part.name)
    } catch (error) {
      if (!(error instanceof WecomFailure) || error.kind !== 'refused') throw error
      options.warn(`a picture or file was refused: ${error.message}`)
      const content = unsentWords(part.of, await options.languageOf(conversation))
      await connection.call(SEND, {
        ...to(conversation),
        msgtype: 'markdown',
        markdown: { content },
      })
      return
    }
    const body = { ...to(conversation), msgtype: part.kind, [part.kind]: { media_id } }
    await connection.call(SEND, body)
  }

  /** A card changes only for somebody who just clicked it; else it stays as it is. */
  async function update(key: string, conversation: string, card: Card, taskId: string) {
    const turn = turns.click(conversation, taskId)
    if (!turn) return taskId
    const template = templateOf(card, key, taskId)?.template ?? withoutButtons(card, key, taskId)
    const body = { response_type: 'update_template_card', template_card: template }
    await connection.call('aibot_respond_update_msg', body, turn.reqId)
    return taskId
  }

  function remember(key: string, progress: { sent: number; total: number }): void {
    for (const memory of [done, asked]) {
      for (const old of memory.keys()) {
        if (memory.size < MOST_REMEMBERED) break
        memory.delete(old)
      }
    }
    done.set(key, progress)
  }

  return {
    send,
    async find({ key, replaces }) {
      // Changing a card once more shows nothing twice.
      if (replaces) return null
      const reqId = asked.get(key)
      const progress = done.get(key)
      const late = reqId !== undefined && connection.cameLate(reqId)
      if (progress && late && progress.sent === 0) remember(key, { ...progress, sent: 1 })
      const { sent = 0, total = 1 } = done.get(key) ?? {}
      if (sent >= total) return key
      doubtful.add(key)
      return null
    },
  }
}

/** What a message consists of; a streamed answer carries its pictures itself. */
function partsOf(card: Card, streamed: boolean): Part[] {
  const pictures = card.blocks.flatMap((block): Part[] => {
    if (block.kind !== 'picture') return []
    const bytes = Buffer.from(block.png, 'base64')
    return [{ kind: 'image', name: 'picture.png', bytes, of: block }]
  })
  const files = card.blocks.flatMap((block): Part[] => {
    if (block.kind !== 'file') return []
    return [
      { kind: 'file', name: block.name, bytes: Buffer.from(block.base64, 'base64'), of: block },
    ]
  })
  return [{ kind: 'text', card }, ...(streamed ? [] : pictures), ...files]
}

const to = (conversation: string) =>
  conversation.startsWith('group:')
    ? { chatid: conversation.slice('group:'.length), chat_type: 2 }
    : { chatid: conversation, chat_type: 1 }

const AGAIN = '（如已收到同样内容，请忽略。 If you have this already, ignore it.）'

const textOf = (card: Card, again = false): string => {
  const text = markdown(card, MARKDOWN_BYTES - 200) || alternative(card)
  return again ? `${AGAIN}\n${text}` : text
}

/** Words for a card of pictures alone. */
const alternative = (card: Card): string =>
  card.blocks
    .flatMap((block) =>
      block.kind === 'picture' ? block.alt : block.kind === 'file' ? block.name : [],
    )
    .join('\n') || '晨会'

function answerOf(card: Card, rendered: Rendered | null, turn: Turn): object {
  const pictures = card.blocks.flatMap((block) => (block.kind === 'picture' ? block.png : []))
  if (rendered?.complete && pictures.length === 0 && !turn.begun) {
    return { msgtype: 'template_card', template_card: rendered.template }
  }
  const msg_item = pictures.slice(0, MOST_PICTURES).map((base64) => {
    const md5 = createHash('md5').update(Buffer.from(base64, 'base64')).digest('hex')
    return { msgtype: 'image', image: { base64, md5 } }
  })
  const stream = {
    id: streamId(turn),
    finish: true,
    content: textOf(card),
    ...(msg_item.length > 0 && { msg_item }),
  }
  if (!rendered && !turn.begun) return { msgtype: 'stream', stream }
  return {
    msgtype: 'stream_with_template_card',
    stream,
    ...(rendered && { template_card: buttonsAlone(rendered, '可以接着 Next') }),
  }
}

function welcomeOf(card: Card, rendered: Rendered | null): object {
  return rendered
    ? { msgtype: 'template_card', template_card: rendered.template }
    : { msgtype: 'text', text: { content: plainText(card) } }
}

const streamId = ({ reqId }: Turn): string =>
  createHash('sha256').update(reqId).digest('hex').slice(0, 32)

/** Says that the answer takes a while; the answer comes in the same place. */
export async function announce(connection: Connection, turn: Turn): Promise<void> {
  turn.begun = true
  const stream = { id: streamId(turn), finish: false, content: '正在办理… One moment…' }
  await connection.call(RESPOND, { msgtype: 'stream_with_template_card', stream }, turn.reqId)
}
