import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Card } from '../../../core/card.ts'
import type { Outgoing } from '../../../core/chat.ts'
import { type Attachment, type LanguageOf, unsentWords } from '../../../core/unsent.ts'
import { buttonsAlone, type TemplateCard, templateOf, withoutButtons } from '../card-render.ts'
import { plainText } from '../text-render.ts'
import { type Api, ApiFailure } from './api.ts'

// developer.work.weixin.qq.com/document/path/90236
/** Bytes of a text message, less the mark at its end. */
const TEXT_BYTES = 2048 - 64
/** Equal messages to one person within so many seconds are shown once: as long as WeCom allows. */
const DUPLICATE_SECONDS = 14_400
/** Messages whose parts are remembered, so that a repeat goes on where it stopped. */
const MOST_REMEMBERED = 5000

type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'card'; readonly template: TemplateCard }
  | {
      readonly kind: 'image' | 'file'
      readonly name: string
      readonly bytes: Buffer
      readonly of: Attachment
    }

const sent = z.object({
  invaliduser: z.string().default(''),
  msgid: z.string().default(''),
  response_code: z.string().optional(),
})
const uploaded = z.object({ media_id: z.string() })

export interface Post {
  send(message: Outgoing): Promise<string>
  /** Somebody pressed a card, which may be changed once more by this code. */
  clicked(taskId: string, responseCode: string): void
}

/**
 * Sends messages so that a repeat shows nothing twice: WeCom drops what equals an earlier message of
 * the last four hours, and cards of a task id it has shown. Each message bears a mark nobody sees, so
 * that two answers that happen to be equal are both shown.
 */
export function createPost(
  api: Api,
  agentId: number,
  options: { readonly languageOf: LanguageOf; warn(message: string): void },
): Post {
  const done = new Map<string, { parts: number; code: string | null }>()
  /** The code by which a card may be changed, once. */
  const codes = new Map<string, string>()
  const spent = new Set<string>()

  async function send(message: Outgoing): Promise<string> {
    const { key, conversation, card, replaces } = message
    if (replaces) return update(key, conversation, card, replaces)
    const parts = partsOf(card, key)
    for (const [index, part] of parts.entries()) {
      const { parts: before = 0, code = null } = done.get(key) ?? {}
      if (index < before) continue
      const body = await bodyOf(part, key, index, conversation)
      if (message.claimed?.() === false) throw new ApiFailure('later', 'the claim ran out')
      const answer = await api.call('/cgi-bin/message/send', sent, {
        touser: conversation,
        agentid: agentId,
        ...body,
        enable_duplicate_check: 1,
        duplicate_check_interval: DUPLICATE_SECONDS,
      })
      if (answer.invaliduser) throw new ApiFailure('refused', 'not a person who may use the app')
      forget(done)
      done.set(key, { parts: index + 1, code: answer.response_code ?? code })
    }
    return `${key} ${done.get(key)?.code ?? ''}`
  }

  async function bodyOf(
    part: Part,
    key: string,
    index: number,
    conversation: string,
  ): Promise<object> {
    const textBody = (words: string) => {
      return { msgtype: 'text', text: { content: words + mark(`${key}.${index}`) } }
    }
    switch (part.kind) {
      case 'text':
        return textBody(part.text)
      case 'card':
        return { msgtype: 'template_card', template_card: part.template }
      default: {
        const form = new FormData()
        form.set('media', new Blob([Uint8Array.from(part.bytes)]), part.name)
        const type = { type: part.kind }
        try {
          const { media_id } = await api.call('/cgi-bin/media/upload', uploaded, form, type)
          return { msgtype: part.kind, [part.kind]: { media_id } }
        } catch (error) {
          const { kind, message } = error as Partial<ApiFailure>
          // Nothing was said by an upload, so it may be repeated.
          if (kind === 'unknown') throw new ApiFailure('later', message ?? 'no answer')
          if (kind !== 'refused') throw error
          options.warn(`a picture or file was refused: ${message}`)
          return textBody(unsentWords(part.of, await options.languageOf(conversation)))
        }
      }
    }
  }

  /** A code changes a card once: that of its sending, then that of each press. */
  async function update(key: string, userid: string, card: Card, ref: string): Promise<string> {
    const [taskId = '', first = ''] = ref.split(' ')
    const code = codes.get(taskId) ?? (spent.has(first) ? '' : first)
    codes.delete(taskId)
    if (!code) return ref
    forget(spent)
    spent.add(code)
    const template_card =
      templateOf(card, key, taskId)?.template ?? withoutButtons(card, key, taskId)
    const body = { userids: [userid], agentid: agentId, response_code: code, template_card }
    try {
      await api.call('/cgi-bin/message/update_template_card', z.unknown(), body)
    } catch (error) {
      // A card that cannot be changed any more stays as it is.
      if (!(error instanceof ApiFailure) || error.kind !== 'refused') throw error
    }
    return ref
  }

  return {
    send,
    clicked(taskId, responseCode) {
      forget(codes)
      codes.set(taskId, responseCode)
    },
  }
}

function forget(memory: Map<string, unknown> | Set<string>): void {
  for (const old of memory.keys()) {
    if (memory.size < MOST_REMEMBERED) break
    memory.delete(old)
  }
}

function partsOf(card: Card, key: string): Part[] {
  const rendered = templateOf(card, key)
  const text = plainText(card).replaceAll('<', '＜')
  const media = card.blocks.flatMap((block): Part[] => {
    if (block.kind === 'picture') {
      const bytes = Buffer.from(block.png, 'base64')
      return [{ kind: 'image', name: 'picture.png', bytes, of: block }]
    }
    if (block.kind !== 'file') return []
    const bytes = Buffer.from(block.base64, 'base64')
    return [{ kind: 'file', name: block.name, bytes, of: block }]
  })
  if (rendered?.complete) return [{ kind: 'card', template: rendered.template }, ...media]
  const texts = split(text, TEXT_BYTES).map((each): Part => ({ kind: 'text', text: each }))
  const buttons: Part[] = rendered
    ? [{ kind: 'card', template: buttonsAlone(rendered, card.title ?? '可以接着 Next') }]
    : []
  return [...texts, ...media, ...buttons]
}

/** A text in pieces of at most so many bytes, between lines where that is possible. */
function split(text: string, bytes: number): string[] {
  const pieces: string[] = []
  let piece = ''
  const add = (more: string, between: string) => {
    if (Buffer.byteLength(piece + between + more) <= bytes) piece += piece ? between + more : more
    else {
      if (piece) pieces.push(piece)
      piece = more
    }
  }
  for (const line of text.split('\n')) {
    if (Buffer.byteLength(line) <= bytes) add(line, '\n')
    else for (const character of line) add(character, '')
  }
  return piece ? [...pieces, piece] : pieces
}

/** Sixteen characters of no width, different for each message. */
function mark(key: string): string {
  const hash = createHash('sha256').update(key).digest()
  return Array.from({ length: 16 }, (_, index) =>
    ((hash[index >> 3] ?? 0) >> (index & 7)) & 1 ? '\u200b' : '\u200c',
  ).join('')
}
