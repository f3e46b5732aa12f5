import type { AppMessage, Fields, WecomAppDouble } from './app.ts'
import { pressable } from './press.ts'

/** Somebody at WeCom who uses the app: says things, taps the menu, presses what they see. */
export interface AppPerson {
  readonly id: string
  say(text: string, more?: Fields): Promise<number>
  tap(entry: string): Promise<number>
  sendImage(bytes: Buffer): Promise<number>
  /** Presses a button, after picking the line that contains `line`; `again`: fields of an earlier call. */
  press(
    message: AppMessage,
    label: string,
    more?: { readonly line?: string; readonly again?: Fields },
  ): Promise<number>
  readonly seen: readonly AppMessage[]
}

let serial = 0

export function appPersonOf(wecom: WecomAppDouble, user: string): AppPerson {
  wecom.members.add(user)
  const from = () => ({ FromUserName: user, CreateTime: Math.floor(Date.now() / 1000) + ++serial })
  return {
    id: user,
    say: (Content, more = {}) =>
      wecom.deliver({ ...from(), MsgType: 'text', MsgId: `${++serial}`, Content, ...more }),
    tap(entry) {
      const { button } = wecom.menu as { button: { name: string; key: string; sub_button?: [] }[] }
      const all = button.flatMap((each) => (each.sub_button ? each.sub_button : [each]))
      const found = all.find(({ name }) => name === entry)
      if (!found) throw new Error(`no entry "${entry}"`)
      return wecom.deliver({ ...from(), MsgType: 'event', Event: 'click', EventKey: found.key })
    },
    sendImage: (bytes) =>
      wecom.deliver({
        ...from(),
        MsgType: 'image',
        MsgId: `${++serial}`,
        MediaId: wecom.hold('photo.png', bytes),
        PicUrl: 'https://example.com/x',
      }),
    press(message, label, { line, again } = {}) {
      const { card, button, chosen } = pressable(message.card, label, line)
      const SelectedItems = chosen && {
        SelectedItem: { QuestionKey: chosen.key, OptionIds: { OptionId: chosen.id } },
      }
      return wecom.deliver({
        ...from(),
        MsgType: 'event',
        Event: 'template_card_event',
        EventKey: button.key,
        TaskId: card.task_id,
        CardType: card.card_type,
        ...(SelectedItems && { SelectedItems }),
        ...again,
      })
    },
    get seen() {
      return wecom.messages.filter((each) => each.user === user)
    },
  }
}
