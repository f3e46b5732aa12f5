import type { webApi } from '@slack/bolt'
import type { Card, Form } from '../../../core/card.ts'
import { type Outgoing, SendFailure } from '../../../core/chat.ts'
import { type LanguageOf, withoutAttachments } from '../../../core/unsent.ts'
import type { SlackBlock } from '../draw/block.ts'
import { formsOf, homeOf, modalOf } from '../draw/modal-render.ts'
import { textOf } from '../draw/render.ts'
import type { Pane } from '../pane.ts'
import { type Way, wayOf } from '../places.ts'
import { drawFor } from './draw-for.ts'
import { failureOf, reasonOf } from './failure.ts'
import { answerBy, isHook } from './hook.ts'
import { createPublish } from './publish.ts'
import { createUploads } from './upload.ts'

type Client = webApi.WebClient

export interface Post {
  send(message: Outgoing): Promise<string>
  /** The place and time of a message that may have been sent; null when it never arrived. */
  find(message: Outgoing): Promise<string | null>
}

const MARKER = 'chenhui_message'
const AGAIN = '（如已收到同样内容，请忽略。 If you have this already, ignore it.）'
const MOST_DOUBTFUL = 1000
/** The bot is not where the person is: it can say nothing there. */
const NOT_THERE =
  /^(not_in_channel|channel_not_found|user_not_in_channel|is_archived|restricted_action.*)$/

/** Sends messages to where their conversation says: a person, a place in a channel, a modal, a home. */
export function createPost(
  client: Client,
  options: {
    readonly apiUrl: string
    readonly languageOf: LanguageOf
    readonly pane: Pane
    /** A modal shows this form now. */
    shows(viewId: string, form: Form): void
    warn(message: string): void
  },
): Post {
  const publish = createPublish(client)
  const uploads = createUploads(client, options.warn)
  const drawn = drawFor(options.warn)
  /** Answers in channels that may have been seen: they cannot be looked up. */
  const doubtful = new Set<string>()

  async function send(message: Outgoing): Promise<string> {
    const { key, conversation, card, replaces } = message
    const [kind, first = '', second = ''] = conversation.split(':')
    if (kind === 'home') {
      await publish(first, homeOf(card, key), { anew: replaces !== null })
      return key
    }
    if (kind === 'view') {
      const place = { key, index: 0, at: conversation }
      await client.views.update({ view_id: first, view: modalOf(card, second, place) as never })
      const [form] = formsOf(card)
      if (form) options.shows(first, form)
      return key
    }
    const way = wayOf(conversation)
    const { channel, user, thread } = way
    if (way.pane !== undefined) {
      // Where nothing can be suggested it is said, in a thread that was opened for it and nowhere else.
      if ((await options.pane.suggest(card, way)) || !thread) return key
    }
    if (thread) await options.pane.quiet(thread)
    const refs = await uploads.of(key, card)
    const language = refs ? 'zh' : await options.languageOf(user ?? channel)
    const shown = refs ? card : withoutAttachments(card, language)
    if (message.claimed?.() === false) throw new SendFailure('later', 'the claim ran out')
    try {
      if (user) return await whisper(message, shown, refs ?? [], way)
      return await say(message, channel, shown, refs ?? [], replaces, thread)
    } catch (error) {
      const reason = reasonOf(error) || (error as Error).message
      if (refs?.length && reason === 'invalid_blocks') throw uploads.notThere(key)
      throw error
    }
  }

  async function say(
    message: Outgoing,
    channel: string,
    card: Card,
    refs: readonly string[],
    replaces: string | null,
    thread?: string,
  ): Promise<string> {
    const { key } = message
    const text = textOf(card)
    const metadata = { event_type: MARKER, event_payload: { key } }
    const quiet = { unfurl_links: false, unfurl_media: false }
    if (replaces) {
      const [place = '', ts = ''] = replaces.split(' ')
      await drawn(card, message, refs, (blocks) =>
        client.chat.update({ channel: place, ts, text, blocks: blocks as never, metadata }),
      )
      return replaces
    }
    const sent = await drawn(card, message, refs, (blocks) =>
      client.chat.postMessage({
        ...{ channel, text, blocks: blocks as never, metadata, ...quiet },
        ...(thread && { thread_ts: thread }),
      } as never),
    )
    return `${sent.channel} ${sent.ts}`
  }

  /**
   * To one person in a channel: by the address that came with what they said, which needs no
   * membership; where there is none any more by the channel, and where the bot is no member, in the
   * person's own conversation with it.
   */
  async function whisper(
    message: Outgoing,
    card: Card,
    refs: readonly string[],
    { channel, user = '', hook, thread }: Way,
  ): Promise<string> {
    const { key } = message
    const again = doubtful.has(key)
    const shown = again
      ? { ...card, blocks: [{ kind: 'text' as const, text: AGAIN }, ...card.blocks] }
      : card
    const text = textOf(card)
    const answers = hook !== undefined && isHook(hook, options.apiUrl)
    const answer = (blocks: readonly SlackBlock[]) => answerBy(hook ?? '', text, blocks)
    if (answers && (await drawn(shown, message, refs, answer))) return key
    try {
      await drawn(shown, message, refs, (blocks) =>
        client.chat.postEphemeral({
          ...{ channel, user, text, blocks: blocks as never },
          ...(thread && { thread_ts: thread }),
        }),
      )
      return key
    } catch (error) {
      if (!NOT_THERE.test(reasonOf(error))) throw error
    }
    return say(message, user, card, refs, null)
  }

  async function find({ key, conversation, replaces }: Outgoing): Promise<string | null> {
    // Showing a view or a change once more shows nothing twice.
    const isView = conversation.startsWith('view:') || conversation.startsWith('home:')
    if (isView || replaces) return null
    const { channel, user, thread, pane } = wayOf(conversation)
    if (pane !== undefined && !thread) return null
    const found = await look(key, user ?? channel, user ? undefined : thread)
    if (user && !found) {
      // A passing word cannot be looked up: what is said again says so.
      for (const old of doubtful) if (doubtful.size >= MOST_DOUBTFUL) doubtful.delete(old)
      doubtful.add(key)
    }
    return found
  }

  async function look(key: string, users: string, thread?: string): Promise<string | null> {
    const { channel } = await client.conversations.open({ users })
    if (!channel?.id) return null
    const page = { channel: channel.id, limit: 100, include_all_metadata: true }
    // What stands in a thread is no part of the conversation's own history.
    const { messages = [] } = thread
      ? await client.conversations.replies({ ...page, ts: thread })
      : await client.conversations.history(page)
    const found = messages.find(({ metadata }) => {
      const marked = metadata as
        | { event_type?: string; event_payload?: { key?: string } }
        | undefined
      return marked?.event_type === MARKER && marked.event_payload?.key === key
    })
    return found ? `${channel.id} ${found.ts}` : null
  }

  const telling =
    <Result>(work: (message: Outgoing) => Promise<Result>) =>
    async (message: Outgoing): Promise<Result> => {
      try {
        return await work(message)
      } catch (error) {
        throw failureOf(error)
      }
    }
  return { send: telling(send), find: telling(find) }
}
