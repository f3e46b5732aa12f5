import { z } from 'zod'
import { type Event, unreadable } from '../../../core/chat.ts'
import { type CardEvent, readPress } from '../press-read.ts'
import { entryOf } from './menu.ts'

export const CHANNEL = 'wecom-app'

/** What a callback of the app comes to. `left` and `renamed`: a member of the corporation. */
export type Arrived =
  | { readonly kind: 'event'; readonly event: Event }
  | ({ readonly kind: 'card'; readonly responseCode: string | null } & CardEvent)
  | { readonly kind: 'left'; readonly userId: string }
  | { readonly kind: 'renamed'; readonly userId: string; readonly newId: string }

const userId = z.string().min(1).max(64)
const common = { ToUserName: z.string(), FromUserName: userId, CreateTime: z.string().max(20) }
const msgId = z.string().min(1).max(64)

const message = z.discriminatedUnion('MsgType', [
  z.object({ ...common, MsgType: z.literal('text'), MsgId: msgId, Content: z.string() }),
  z.object({ ...common, MsgType: z.enum(['video', 'location', 'link']), MsgId: msgId }),
  z.object({
    ...{ ...common, MsgType: z.literal('voice'), MsgId: msgId },
    ...{ MediaId: z.string().max(300).default(''), Format: z.string().max(10).default('amr') },
    /** What WeCom wrote down, where the bank has that. */
    Recognition: z.string().max(4000).optional(),
  }),
  z.object({ ...common, MsgType: z.literal('image'), MsgId: msgId, MediaId: z.string().max(300) }),
  z.object({
    ...common,
    MsgType: z.literal('event'),
    Event: z.string().max(60),
    EventKey: z.string().max(2000).default(''),
    TaskId: z.string().max(128).default(''),
    ResponseCode: z.string().max(300).optional(),
    SelectedItems: z.unknown().optional(),
    ChangeType: z.string().optional(),
    UserID: userId.optional(),
    NewUserID: userId.optional(),
  }),
])
type Message = z.infer<typeof message>

/** What the XML of a callback means; null for what is not for us, or another corporation's. */
export function read(xml: unknown, corpId: string): Arrived | null {
  const parsed = message.safeParse(xml)
  if (!parsed.success || parsed.data.ToUserName !== corpId) return null
  const { data } = parsed
  if (data.MsgType === 'event') return readEvent(data)
  const where = whereOf(data.FromUserName, `msg:${data.MsgId}`)
  switch (data.MsgType) {
    case 'text':
      return { kind: 'event', event: { ...where, says: { kind: 'text', text: data.Content } } }
    case 'image': {
      const says = { kind: 'file', name: '图片.png', size: 0, ref: data.MediaId, text: '' } as const
      return { kind: 'event', event: { ...where, says } }
    }
    case 'voice': {
      const { MediaId: ref, Format: format, Recognition: text } = data
      const says = text?.trim()
        ? ({ kind: 'text', text, heard: true } as const)
        : ({ kind: 'file', name: `语音.${format}`, size: 0, ref, text: '', voice: true } as const)
      return { kind: 'event', event: { ...where, says } }
    }
    default:
      return { kind: 'event', event: { ...where, says: unreadable(NO_WORDS[data.MsgType]) } }
  }
}

const NO_WORDS = {
  video: { zh: '视频', en: 'video' },
  location: { zh: '位置', en: 'location' },
  link: { zh: '链接', en: 'link' },
} as const

const whereOf = (sender: string, id: string): Omit<Event, 'says'> => ({
  id,
  channel: CHANNEL,
  conversation: sender,
  sender,
  shared: false,
})

const intentOf = (command: string, label: string): Event['says'] => ({
  kind: 'intent',
  intent: { command, input: {} },
  label,
})

function readEvent(data: Extract<Message, { MsgType: 'event' }>): Arrived | null {
  const { FromUserName: sender, CreateTime, Event: event, EventKey, TaskId } = data
  // An event has no id: WeCom tells repeats by sender and time.
  const where = whereOf(
    sender,
    `event:${sender}:${CreateTime}:${event}:${TaskId || EventKey}`.slice(0, 200),
  )
  switch (event) {
    case 'subscribe':
      return { kind: 'event', event: { ...where, says: intentOf('welcome', '') } }
    case 'click':
    case 'CLICK': {
      const entry = entryOf(EventKey)
      return (
        entry && { kind: 'event', event: { ...where, says: intentOf(entry.command, entry.name) } }
      )
    }
    case 'template_card_event': {
      const press = readPress(where, EventKey, TaskId, chosenOf(data.SelectedItems))
      return press && { kind: 'card', responseCode: data.ResponseCode ?? null, ...press }
    }
    case 'change_contact': {
      const { ChangeType: change, UserID: userId, NewUserID: newId } = data
      if (!userId) return null
      if (change === 'delete_user') return { kind: 'left', userId }
      return change === 'update_user' && newId ? { kind: 'renamed', userId, newId } : null
    }
    default:
      return null
  }
}

const oneOrMore = <Schema extends z.ZodType>(schema: Schema) =>
  z.union([schema.transform((one) => [one]), z.array(schema)])
const selected = z.object({
  SelectedItem: oneOrMore(
    z.object({
      QuestionKey: z.string(),
      OptionIds: z.object({ OptionId: oneOrMore(z.string()) }),
    }),
  ),
})

/** The line that was picked in a card's menu; null when it has none. */
function chosenOf(items: unknown): string | null {
  const parsed = selected.safeParse(items)
  const item = parsed.data?.SelectedItem.find(({ QuestionKey }) => QuestionKey === 'item')
  return item?.OptionIds.OptionId[0] ?? null
}
