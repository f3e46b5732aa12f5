import { randomBytes } from 'node:crypto'
import { BOT_ID, type Shown, type WecomBotDouble } from './bot.ts'
import { pressable } from './press.ts'

type Json = Readonly<Record<string, unknown>>

/** Somebody at WeCom: says things to the bot, and presses what they see. */
export interface BotPerson {
  readonly id: string
  say(text: string, more?: Json): void
  /** In a room, calling the bot by whatever name it has there. */
  mention(room: string, text: string, called?: string): void
  enter(): void
  sendFile(kind: 'file' | 'image', name: string, bytes: Buffer): void
  /** `flat`: as the SDK's README has it, and not as it was seen to arrive. Presses a button; where the card has a menu, after picking the line that contains `line`. */
  press(shown: Shown, label: string, line?: string, flat?: 'task_id' | 'taskid'): void
  /** What stands in the person's conversation with the bot. */
  readonly seen: readonly Shown[]
}

const id = () => randomBytes(8).toString('hex')

export function botPersonOf(wecom: WecomBotDouble, userid: string, corpid?: string): BotPerson {
  const from = { userid, ...(corpid && { corpid }) }
  const chat = userid
  const alone = () => ({ msgid: id(), aibotid: BOT_ID, chattype: 'single', from, create_time: 1 })
  return {
    id: userid,
    say: (content, more = {}) =>
      wecom.deliver({ ...alone(), msgtype: 'text', text: { content }, ...more }, 'message'),
    mention: (room, text, called = '晨会') =>
      wecom.deliver(
        {
          ...alone(),
          chattype: 'group',
          chatid: room,
          msgtype: 'text',
          text: { content: `@${called} ${text}` },
        },
        'message',
      ),
    enter: () =>
      wecom.deliver(
        { ...alone(), msgtype: 'event', event: { eventtype: 'enter_chat' } },
        'welcome',
      ),
    sendFile: (kind, name, bytes) =>
      wecom.deliver({ ...alone(), msgtype: kind, [kind]: wecom.parcel(name, bytes) }, 'message'),
    press(shown, label, line, flat) {
      const { card, button, chosen } = pressable(shown.card, label, line)
      const selected_items = chosen && {
        selected_item: [{ question_key: chosen.key, option_ids: { option_id: [chosen.id] } }],
      }
      const template_card_event = {
        card_type: card.card_type,
        event_key: button.key,
        task_id: card.task_id,
        ...(selected_items && { selected_items }),
      }
      const { task_id, ...press } = template_card_event
      const event = {
        eventtype: 'template_card_event',
        ...(flat ? { ...press, [flat]: task_id } : { template_card_event }),
      }
      const room = shown.chat.startsWith('group:') ? shown.chat.slice(6) : null
      const place = room ? { chattype: 'group', chatid: room } : {}
      wecom.deliver({ ...alone(), ...place, msgtype: 'event', event }, 'click')
    },
    get seen() {
      return wecom.shown.filter((each) => each.chat === chat)
    },
  }
}
