import type { webApi } from '@slack/bolt'
import type { Card } from '../../core/card.ts'
import { type Outgoing, SendFailure } from '../../core/chat.ts'
import { homeOf, modalOf } from './modal-render.ts'
import { render, textOf } from './render.ts'

type Client = webApi.WebClient

const MARKER = 'chenhui_message'

/** Sends a message to where its conversation says: a person, a place in a channel, a modal, a home. */
export async function post(client: Client, message: Outgoing): Promise<string> {
  const { key, conversation, card, replaces } = message
  try {
    const [kind, first = '', second = ''] = conversation.split(':')
    if (kind === 'home') {
      await client.views.publish({ user_id: first, view: homeOf(card, key) as never })
      return key
    }
    if (kind === 'view') {
      await client.views.update({ view_id: first, view: modalOf(card, key, second) as never })
      return key
    }
    const blocks = render(card, key, await upload(client, card)) as never
    const text = textOf(card)
    const [channel = '', user] = conversation.split('/')
    if (user) {
      await client.chat.postEphemeral({ channel, user, text, blocks })
      return key
    }
    const metadata = { event_type: MARKER, event_payload: { key } }
    const quiet = { unfurl_links: false, unfurl_media: false }
    if (replaces) {
      const [place = '', ts = ''] = replaces.split(' ')
      await client.chat.update({ channel: place, ts, text, blocks, metadata })
      return replaces
    }
    const sent = await client.chat.postMessage({ channel, text, blocks, metadata, ...quiet })
    return `${sent.channel} ${sent.ts}`
  } catch (error) {
    throw failureOf(error)
  }
}

/** The place and time of a message that may have been sent; null when it never arrived. */
export async function find(
  client: Client,
  { key, conversation, replaces }: Outgoing,
): Promise<string | null> {
  // Showing a view or a change once more shows nothing twice; a passing word cannot be looked up,
  // and is rather lost than said twice.
  if (conversation.includes(':') || replaces) return null
  if (conversation.includes('/')) return key
  try {
    const { channel } = await client.conversations.open({ users: conversation })
    if (!channel?.id) return null
    const { messages = [] } = await client.conversations.history({
      channel: channel.id,
      limit: 100,
      include_all_metadata: true,
    })
    const found = messages.find(({ metadata }) => {
      const marked = metadata as
        | { event_type?: string; event_payload?: { key?: string } }
        | undefined
      return marked?.event_type === MARKER && marked.event_payload?.key === key
    })
    return found ? `${channel.id} ${found.ts}` : null
  } catch (error) {
    throw failureOf(error)
  }
}

/**
 * Uploads what a card carries, in order: of a picture its file's id, of a file its permalink, which
 * shares it with those who read the message (docs.slack.dev/messaging/working-with-files).
 */
async function upload(client: Client, card: Card): Promise<string[]> {
  const refs: string[] = []
  for (const block of card.blocks) {
    if (block.kind !== 'picture' && block.kind !== 'file') continue
    const isPicture = block.kind === 'picture'
    const file = Buffer.from(isPicture ? block.png : block.base64, 'base64')
    const filename = isPicture ? 'picture.png' : block.name
    const place = await client.files.getUploadURLExternal({ filename, length: file.length })
    if (!place.upload_url || !place.file_id)
      throw new SendFailure('unknown', 'no place to upload to')
    const answer = await fetch(place.upload_url, { method: 'POST', body: file })
    if (!answer.ok) throw new SendFailure('later', `upload answered ${answer.status}`, 5000)
    const title = isPicture ? block.alt : block.name
    const done = await client.files.completeUploadExternal({
      files: [{ id: place.file_id, title }],
    })
    refs.push(isPicture ? place.file_id : (done.files?.[0]?.permalink ?? ''))
  }
  return refs
}

/** Errors of Slack after which nothing was posted and trying again may help. */
const LATER = new Set(['ratelimited', 'rate_limited', 'service_unavailable', 'team_added_to_org'])
/** Errors after which nobody knows. */
const UNKNOWN = new Set(['fatal_error', 'internal_error', 'request_timeout'])

/** What a failed call means for the message. */
export function failureOf(error: unknown): SendFailure {
  if (error instanceof SendFailure) return error
  const { code, retryAfter, data, message, cause, original } = error as {
    code?: string
    retryAfter?: number
    data?: { error?: string }
    message?: string
    cause?: { code?: string }
    original?: { code?: string }
  }
  if (code === 'slack_webapi_rate_limited_error') {
    return new SendFailure('later', 'rate limited', (retryAfter ?? 1) * 1000)
  }
  if (code === 'slack_webapi_platform_error') {
    const reason = data?.error ?? 'unknown'
    const kind = LATER.has(reason) ? 'later' : UNKNOWN.has(reason) ? 'unknown' : 'refused'
    return new SendFailure(kind, reason)
  }
  const refusedConnection = [cause?.code, original?.code].includes('ECONNREFUSED')
  return new SendFailure(refusedConnection ? 'later' : 'unknown', message ?? 'no answer')
}
