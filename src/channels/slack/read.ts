import { z } from 'zod'
import { type Event, pageOf } from '../../core/chat.ts'
import type { Intent } from '../../core/intent.ts'
import type { FilledForm } from '../plugin.ts'
import { SHORTCUTS } from './app.ts'
import { BLANK, type ModalMemory } from './draw/modal-render.ts'
import {
  actions,
  callback,
  type edit,
  formOf,
  modalMemory,
  pressed,
  shortcut,
  slash,
  submission,
  suggestion,
} from './payloads.ts'
import { alone, among, inThread, panePlace, placeOf } from './places.ts'
import { plain, wordsOf } from './words.ts'

/**
 * What a payload of Slack comes to. `opens`: its answer is a form, so a modal is opened at once and
 * filled when the answer is there. `form`: a form that a message carries is to be opened.
 */
export type Arrived =
  | { readonly kind: 'event'; readonly event: Event }
  /** A modal was sent; what was filled in is looked at before it is taken. */
  | (OfModal & {
      readonly kind: 'sent'
      readonly event: Event
      readonly filled: FilledForm
    })
  /** The fields of a modal that few fill in are wanted. */
  | (OfModal & { readonly kind: 'more' })
  /** Something is typed into a field that is searched. */
  | (OfModal & {
      readonly kind: 'searches'
      readonly user: string
      readonly field: string
      readonly typed: string
    })
  | { readonly kind: 'opens'; readonly event: Event; readonly triggerId: string }
  /** A person opened the assistant's pane. */
  | { readonly kind: 'pane'; readonly event: Event }
  | {
      readonly kind: 'form'
      readonly triggerId: string
      readonly user: string
      readonly conversation: string
      /** The message that carries it, and which of its forms. */
      readonly key: string
      readonly index: number
    }

/** About a modal that stands open. */
interface OfModal {
  readonly viewId: string
  readonly memory: ModalMemory
}

/** What a payload means; null for what is not for us (our own messages, joins). */
export function read(body: unknown): Arrived | null {
  const { type } = (body ?? {}) as { readonly type?: unknown }
  switch (type) {
    case 'event_callback':
      return as(callback, body, readCallback)
    case 'block_actions':
      return as(actions, body, readClick)
    case 'view_submission':
      return as(submission, body, readSubmission)
    case 'block_suggestion':
      return as(suggestion, body, ({ user, view, block_id: field, value: typed }) => {
        const modal = modalOf(view)
        return modal && { kind: 'searches', ...modal, user: user.id, field, typed }
      })
    case undefined:
      return as(slash, body, (said) => ({ kind: 'event', event: readSlash(said) }))
    default:
      return as(shortcut, body, readShortcut)
  }
}

function as<Body>(
  schema: z.ZodType<Body>,
  body: unknown,
  meaning: (read: Body) => Arrived | null,
): Arrived | null {
  const parsed = schema.safeParse(body)
  return parsed.success ? meaning(parsed.data) : null
}

function readCallback({ event_id: id, event, authorizations }: z.infer<typeof callback>): Arrived {
  const bot = authorizations?.[0]?.user_id ?? null
  switch (event.type) {
    case 'message': {
      if (event.subtype === 'message_changed') return readEdit(event, bot)
      const { channel, ts } = event
      const [file, ...others] = event.files ?? []
      const text = wordsOf(event, bot)
      const ref = file?.url_private_download ?? ''
      const says = file
        ? ({
            kind: 'file',
            name: file.name ?? '',
            size: file.size ?? 0,
            // A clip that was recorded in Slack: what it made of it is asked for by the file's id.
            ...(file.subtype === 'slack_audio'
              ? { voice: true as const, ref: `${ref} ${file.id}` }
              : { ref }),
            text,
            ...(others.length > 0 && { more: others.length }),
          } as const)
        : ({ kind: 'text', text } as const)
      const place = inThread(alone(event.user), event.thread_ts)
      return { kind: 'event', event: { id: messageId(channel, ts), ...place, says } }
    }
    case 'app_mention': {
      // Where Slack does not say who the bot is, it is who is called first.
      const called = bot ?? event.text.match(/<@([A-Z0-9]+)/)?.[1] ?? null
      const says = { kind: 'text', text: wordsOf(event, called) } as const
      const place = inThread(among(event.user, event.channel), event.thread_ts)
      return { kind: 'event', event: { id, ...place, says } }
    }
    case 'app_home_opened': {
      const { user, channel } = event
      if (event.tab === 'messages') return paneOf(id, { user_id: user, channel_id: channel })
      const says = opened('home')
      return { kind: 'event', event: { id, ...alone(user), replyTo: pageOf(user), says } }
    }
    case 'assistant_thread_started':
      return paneOf(id, event.assistant_thread)
  }
}

const opened = (command: string) =>
  ({ kind: 'intent', intent: { command, input: {} }, label: '' }) as const

function paneOf(
  id: string,
  {
    user_id: user,
    channel_id: channel,
    thread_ts: thread,
  }: { user_id: string; channel_id: string; thread_ts?: string },
): Arrived {
  const replyTo = panePlace(user, channel, thread)
  return { kind: 'pane', event: { id, ...alone(user), replyTo, says: opened('welcome') } }
}

/** Of a message: an edit of it says which one it is by this. */
const messageId = (channel: string, ts: string): string => `message:${channel}:${ts}`

function readEdit(
  { channel, message, previous_message: before }: z.infer<typeof edit>,
  bot: string | null,
): Arrived {
  const id = messageId(channel, message.ts)
  const edits = { id, text: wordsOf(before, bot) }
  const says = { kind: 'text', text: wordsOf(message, bot), edits } as const
  const place = inThread(alone(message.user), message.thread_ts)
  return { kind: 'event', event: { id: `${id}~${message.edited.ts}`, ...place, says } }
}

function readSlash({
  text,
  user_id,
  channel_id,
  channel_name,
  trigger_id,
  response_url,
}: z.infer<typeof slash>): Event {
  const place =
    channel_name === 'directmessage' ? alone(user_id) : placeOf(user_id, channel_id, response_url)
  return {
    id: `slash:${trigger_id}`,
    ...place,
    says: { kind: 'text', text: plain(text) || '帮助' },
  }
}

function readClick(body: z.infer<typeof actions>): Arrived | null {
  const [action] = body.actions
  if (!action) return null
  if (action.action_id.startsWith('more:')) {
    const modal = body.view && modalOf(body.view)
    return modal ? { kind: 'more', ...modal } : null
  }
  const own = placeOf(body.user.id, body.channel?.id, body.response_url)
  const place = own.shared ? own : inThread(own, body.message?.thread_ts)
  const { trigger_id: triggerId } = body
  if (action.action_id.startsWith('form:')) {
    const form = formOf.safeParse(json(action.value))
    const { conversation } = place
    if (!form.success) return null
    return { kind: 'form', triggerId, user: body.user.id, conversation, ...form.data }
  }
  const picked = action.selected_option
  // The ids that a menu's choices name stand in the id of its block.
  const [, ...ids] = action.block_id.split(' ')
  const value = picked?.value.replace(/\$(\d)/g, (_, index) => ids[index] ?? '') ?? action.value
  const button = pressed.safeParse(json(value))
  const intent: Intent = button.success
    ? { command: button.data.c, input: button.data.i }
    : { command: 'gone', input: {} }
  const says = { kind: 'intent', intent, label: (picked ?? action).text?.text ?? '' } as const
  const event: Event = { id: `press:${triggerId}:${action.action_id}`, ...place, says }
  return action.action_id.startsWith('opens:') || button.data?.o
    ? { kind: 'opens', event, triggerId }
    : { kind: 'event', event }
}

function readShortcut({
  callback_id,
  trigger_id: triggerId,
  user,
  message,
}: z.infer<typeof shortcut>): Arrived {
  const { command, name } = SHORTCUTS[callback_id]
  const input = message ? { note: plain(message.text).slice(0, 500) } : {}
  const says = { kind: 'intent', intent: { command, input }, label: name } as const
  return {
    kind: 'opens',
    event: { id: `shortcut:${triggerId}`, ...alone(user.id), says },
    triggerId,
  }
}

function readSubmission({ user, view }: z.infer<typeof submission>): Arrived | null {
  const modal = modalOf(view)
  if (!modal) return null
  const { conversation, title, intent } = modal.memory
  const optional = new Set(view.blocks.flatMap((block) => (block.optional ? [block.block_id] : [])))
  const fields = Object.entries(view.state.values).flatMap(([name, elements]) => {
    const [[type, element] = []] = Object.entries(elements)
    const found = element ? fieldOf(element) : null
    return type && found ? [{ name, type, required: !optional.has(name), ...found }] : []
  })
  const input = {
    ...(intent.input as object),
    ...Object.fromEntries(fields.map(({ name, value }) => [name, value])),
  }
  const shown = fields.map((field) => field.shown).filter(Boolean)
  const said = { command: intent.command, input }
  const says = { kind: 'intent', intent: said, label: [title, ...shown].join(' · ') } as const
  const shared = conversation.includes('/')
  const place = { channel: 'slack', sender: user.id, conversation, shared }
  const event = { id: `view:${view.id}`, ...place, says }
  return { kind: 'sent', ...modal, event, filled: { intent: said, fields } }
}

function modalOf(view: { readonly id: string; readonly private_metadata: string }): OfModal | null {
  const memory = modalMemory.safeParse(json(view.private_metadata))
  return memory.success ? { viewId: view.id, memory: memory.data } : null
}

const option = z.object({
  value: z.string(),
  text: z.object({ text: z.string() }).optional(),
})
const element = z.object({
  value: z.string().nullish(),
  selected_date: z.string().nullish(),
  selected_option: option.nullish(),
  selected_options: z.array(option).nullish(),
})

function fieldOf(raw: unknown): { value: string; shown: string } | null {
  const found = element.safeParse(raw)
  if (!found.success) return null
  const { value, selected_date: date, selected_option: one, selected_options: some } = found.data
  const picked = some ?? (one ? [one] : null)
  if (!picked) return { value: date ?? value ?? '', shown: date ?? value ?? '' }
  const joined = (texts: readonly string[]) => texts.filter((each) => each !== BLANK).join('、')
  return {
    value: joined(picked.map((each) => each.value)),
    shown: joined(picked.map((each) => each.text?.text ?? each.value)),
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
