import { z } from 'zod'
import { type Event, unreadable } from '../../../core/chat.ts'
import { withoutMentions } from '../../mentions.ts'
import { type CardEvent, readPress } from '../press-read.ts'

export const CHANNEL = 'wecom-bot'

/** What a frame of WeCom comes to; `taskId` is the card that was clicked. */
export type Arrived =
  | { readonly kind: 'message' | 'welcome'; readonly event: Event }
  | ({ readonly kind: 'card' } & CardEvent)

const userId = z.string().min(1).max(64)
const from = z.object({ userid: userId, corpid: z.string().max(64).optional() })
const place = {
  msgid: z.string().min(1).max(200),
  from,
  chatid: z.string().min(1).max(200).optional(),
  chattype: z.enum(['single', 'group']).default('single'),
}
/** A file as WeCom hands it over; what it is called is known when it is fetched. */
const parcel = z.object({ url: z.string().max(2000), aeskey: z.string().max(200).optional() })
const words = z.object({ content: z.string() })

/** A press as the SDK's README has it lies flat, with `taskid` in one sample; what arrives is nested. */
const nested = (event: unknown): unknown => {
  const flat = z.looseObject({ eventtype: z.literal('template_card_event') }).safeParse(event).data
  if (!flat || flat['template_card_event']) return event
  const { eventtype, ...press } = flat
  return {
    eventtype,
    template_card_event: { ...press, task_id: press['task_id'] ?? press['taskid'] },
  }
}

const message = z.object({
  headers: z.object({ req_id: z.string() }),
  body: z.discriminatedUnion('msgtype', [
    z.object({ ...place, msgtype: z.literal('text'), text: words }),
    z.object({ ...place, msgtype: z.literal('voice'), voice: words }),
    z.object({
      ...place,
      msgtype: z.literal('mixed'),
      mixed: z.object({
        msg_item: z.array(z.object({ text: words.optional(), image: parcel.optional() })).max(100),
      }),
    }),
    z.object({ ...place, msgtype: z.literal('file'), file: parcel }),
    z.object({ ...place, msgtype: z.literal('image'), image: parcel }),
    z.object({ ...place, msgtype: z.literal('video'), video: parcel }),
    z.object({ ...place, msgtype: z.enum(['location', 'link']) }),
    z.object({
      ...place,
      msgtype: z.literal('event'),
      event: z.preprocess(
        nested,
        z.discriminatedUnion('eventtype', [
          z.object({ eventtype: z.literal('enter_chat') }),
          z.object({
            eventtype: z.literal('template_card_event'),
            template_card_event: z.object({
              event_key: z.string().max(2000),
              task_id: z.string().max(128),
              selected_items: z
                .object({
                  selected_item: z.array(
                    z.object({
                      question_key: z.string(),
                      option_ids: z.object({ option_id: z.array(z.string()) }),
                    }),
                  ),
                })
                .optional(),
            }),
          }),
        ]),
      ),
    }),
  ]),
})
type Body = z.infer<typeof message>['body']

/** What a frame means; null for what is not for us (feedback, kinds that are not known). */
export function read(frame: unknown): (Arrived & { readonly reqId: string }) | null {
  const parsed = message.safeParse(frame)
  if (!parsed.success) return null
  const { headers, body } = parsed.data
  const arrived = arrivedOf(body)
  return arrived && { ...arrived, reqId: headers.req_id }
}

/** A person of another corporation never counts as one of ours who has the same id. */
const senderOf = ({ userid, corpid }: z.infer<typeof from>): string =>
  corpid ? `${corpid}/${userid}` : userid

function whereOf(body: Body): Omit<Event, 'says'> {
  const sender = senderOf(body.from)
  const shared = body.chattype === 'group' && body.chatid !== undefined
  const conversation = shared ? `group:${body.chatid}` : sender
  return { id: body.msgid, channel: CHANNEL, conversation, sender, shared }
}

function arrivedOf(body: Body): Arrived | null {
  const where = whereOf(body)
  const text = (content: string): Arrived => ({
    kind: 'message',
    event: { ...where, says: { kind: 'text', text: withoutMentions(content, where.shared) } },
  })
  const file = (name: string, parcelled: z.infer<typeof parcel>, text = '', more = 0): Arrived => {
    const ref = JSON.stringify(parcelled)
    const says = { kind: 'file', name, size: 0, ref, text, ...(more > 0 && { more }) } as const
    return { kind: 'message', event: { ...where, says } }
  }
  switch (body.msgtype) {
    case 'text':
      return text(body.text.content)
    case 'voice':
      return {
        kind: 'message',
        event: { ...where, says: { kind: 'text', text: body.voice.content, heard: true } },
      }
    case 'mixed': {
      const items = body.mixed.msg_item
      const words = items.flatMap((item) => item.text?.content ?? []).join(' ')
      const [picture, ...others] = items.flatMap(({ image }) => image ?? [])
      return picture
        ? file('图片.png', picture, withoutMentions(words, where.shared), others.length)
        : text(words)
    }
    case 'file':
      return file('文件', body.file)
    case 'image':
      return file('图片.png', body.image)
    case 'video':
      return file('视频', body.video)
    case 'location':
    case 'link':
      return { kind: 'message', event: { ...where, says: unreadable(NO_WORDS[body.msgtype]) } }
    case 'event':
      if (body.event.eventtype === 'enter_chat') {
        const says = {
          kind: 'intent',
          intent: { command: 'welcome', input: {} },
          label: '',
        } as const
        return { kind: 'welcome', event: { ...where, says } }
      }
      return clicked(where, body.event.template_card_event)
  }
}

interface Click {
  readonly event_key: string
  readonly task_id: string
  readonly selected_items?:
    | { selected_item: { question_key: string; option_ids: { option_id: string[] } }[] }
    | undefined
}

function clicked(where: Omit<Event, 'says'>, click: Click): Arrived | null {
  const chosen = click.selected_items?.selected_item.find(
    ({ question_key }) => question_key === 'item',
  )
  const item = chosen?.option_ids.option_id[0] ?? null
  const press = readPress(where, click.event_key, click.task_id, item)
  return press && { kind: 'card', ...press }
}

const NO_WORDS = {
  location: { zh: '位置', en: 'location' },
  link: { zh: '链接', en: 'link' },
} as const
