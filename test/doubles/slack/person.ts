import { randomBytes } from 'node:crypto'
import type { SlackDouble, SlackMessage } from './index.ts'
import { paneKey, type SlackPane } from './panes.ts'

type Json = Readonly<Record<string, unknown>>

/** Somebody at Slack: says things, presses what they see, fills forms. */
export interface SlackPerson {
  readonly id: string
  say(text: string, more?: Json): Promise<number>
  /** Changes the latest of what was said. */
  edit(text: string): Promise<number>
  mention(channel: string, text: string, thread?: string): Promise<number>
  /** In a channel, or in the person's own conversation with the bot. */
  slash(text: string, channel?: string, more?: Json): Promise<number>
  openHome(): Promise<number>
  /** Opens the assistant's pane, and looks at another channel beside it; resolves to its thread. */
  openPane(): Promise<string>
  /** Opens the conversation, in which newer agents have their pane. */
  openMessages(): Promise<number>
  pane(thread?: string): SlackPane | undefined
  press(message: SlackMessage, label: string): Promise<number>
  submit(view: Json, values: Readonly<Record<string, string>>): Promise<number>
  /** Presses a button, or picks from a menu, on the home page. */
  pressAtHome(label: string): Promise<number>
  /** Presses a button inside a modal. */
  pressIn(view: Json, label: string): Promise<number>
  /** Types into a field that is searched; resolves to what is offered. */
  search(view: Json, field: string, typed: string): Promise<readonly string[]>
  shortcut(callbackId: string, message?: string): Promise<number>
  /** What stands in the person's conversation with the bot. */
  readonly seen: readonly SlackMessage[]
  readonly modal: Json | undefined
}

export const TEAM = { id: 'T1', domain: 'bank' }

export const eventOf = (event: Json, id = `Ev${randomBytes(6).toString('hex')}`): Json => ({
  token: 'x',
  team_id: 'T1',
  api_app_id: 'A1',
  event,
  type: 'event_callback',
  event_id: id,
  event_time: Math.floor(Date.now() / 1000),
  authorizations: [
    {
      enterprise_id: null,
      team_id: 'T1',
      user_id: 'UBOT',
      is_bot: true,
      is_enterprise_install: false,
    },
  ],
})

export function personOf(
  slack: SlackDouble,
  id: string,
  user: Parameters<SlackDouble['users']['set']>[1] = {},
): SlackPerson {
  slack.users.set(id, user)
  const dm = `D${id.slice(1)}`
  const who = { id, username: id.toLowerCase(), team_id: 'T1' }
  const common = {
    team: TEAM,
    user: who,
    api_app_id: 'A1',
    token: 'x',
    enterprise: null,
    is_enterprise_install: false,
  }
  let count = 0
  /** No two of a conversation are the same. */
  const now = () => `${Math.floor(Date.now() / 1000)}.${String(++count).padStart(6, '0')}`
  let last: Json = {}
  const inDirect = { type: 'message', channel: dm, channel_type: 'im' }
  return {
    id,
    say(text, more = {}) {
      last = { type: 'message', user: id, text, ts: now(), ...more }
      const event = { ...inDirect, ...last, event_ts: last['ts'] }
      return slack.deliver('events_api', eventOf(event))
    },
    edit(text) {
      const before = last
      last = { ...before, text, edited: { user: id, ts: now() } }
      const event = { subtype: 'message_changed', hidden: true, ts: now(), event_ts: now() }
      return slack.deliver(
        'events_api',
        eventOf({ ...inDirect, ...event, message: last, previous_message: before }),
      )
    },
    mention: (channel, text, thread) =>
      slack.deliver(
        'events_api',
        eventOf({
          type: 'app_mention',
          channel,
          user: id,
          text: `<@UBOT> ${text}`,
          ...(thread && { thread_ts: thread }),
          ts: now(),
          event_ts: now(),
        }),
      ),
    slash: (text, channel, more = {}) =>
      slack.deliver('slash_commands', {
        token: 'x',
        team_id: 'T1',
        team_domain: 'bank',
        channel_id: channel ?? dm,
        channel_name: channel ? 'room' : 'directmessage',
        user_id: id,
        user_name: id.toLowerCase(),
        command: '/chenhui',
        text,
        api_app_id: 'A1',
        is_enterprise_install: 'false',
        response_url: slack.hook(channel ?? dm, id),
        trigger_id: slack.trigger(),
        ...more,
      }),
    openHome: () =>
      slack.deliver(
        'events_api',
        eventOf({ type: 'app_home_opened', user: id, channel: dm, tab: 'home', event_ts: now() }),
      ),
    async openPane() {
      const thread_ts = now()
      slack.openPane(dm, thread_ts)
      const context = { channel_id: 'C1', team_id: 'T1', enterprise_id: null }
      const assistant_thread = { user_id: id, context, channel_id: dm, thread_ts }
      for (const type of ['assistant_thread_started', 'assistant_thread_context_changed']) {
        await slack.deliver('events_api', eventOf({ type, assistant_thread, event_ts: now() }))
      }
      return thread_ts
    },
    openMessages() {
      slack.openPane(dm)
      const event = { type: 'app_home_opened', user: id, channel: dm, tab: 'messages' }
      return slack.deliver('events_api', eventOf({ ...event, event_ts: now() }))
    },
    pane: (thread) => slack.panes.get(paneKey(dm, thread)),
    press(message, label) {
      const action = actionOf(message, label)
      if (!action) throw new Error(`no button "${label}" on "${message.text}"`)
      const { channel, ts } = message
      return slack.deliver('interactive', {
        ...common,
        type: 'block_actions',
        container: {
          type: 'message',
          message_ts: ts,
          channel_id: channel,
          is_ephemeral: Boolean(message.onlyFor),
        },
        trigger_id: slack.trigger(),
        channel: { id: channel, name: channel.startsWith('D') ? 'directmessage' : 'room' },
        message: { ts, text: message.text, ...(message.thread && { thread_ts: message.thread }) },
        state: { values: {} },
        response_url: slack.hook(channel, id),
        actions: [{ ...action, action_ts: now() }],
      })
    },
    submit(view, values) {
      const state = Object.fromEntries(
        (view['blocks'] as Json[])
          .filter((block) => block['type'] === 'input')
          .map((block) => {
            const element = block['element'] as Json
            const name = String(block['block_id'])
            const value = values[name] ?? null
            const option = ((element['options'] ?? []) as Json[]).find(
              (each) => each['value'] === value || (each['text'] as Json)['text'] === value,
            )
            const picked = (text: string) =>
              slack.suggested.at(-1)?.find((each) => (each['text'] as Json)['text'] === text) ?? {
                text: { type: 'plain_text', text },
                value: text,
              }
            const filled =
              element['type'] === 'static_select'
                ? { selected_option: option ?? element['initial_option'] ?? null }
                : element['type'] === 'external_select'
                  ? { selected_option: value ? picked(value) : (element['initial_option'] ?? null) }
                  : element['type'] === 'multi_external_select'
                    ? {
                        selected_options: value
                          ? value.split('、').map(picked)
                          : (element['initial_options'] ?? []),
                      }
                    : element['type'] === 'datepicker'
                      ? { selected_date: value ?? element['initial_date'] ?? null }
                      : { value: value ?? element['initial_value'] ?? null }
            return [name, { [String(element['action_id'])]: { type: element['type'], ...filled } }]
          }),
      )
      return slack.deliver('interactive', {
        ...common,
        type: 'view_submission',
        trigger_id: slack.trigger(),
        view: { ...view, team_id: 'T1', state: { values: state } },
        response_urls: [],
      })
    },
    pressAtHome(label) {
      return this.pressIn({ ...slack.homes.get(id), id: `V${id}` }, label)
    },
    pressIn(view, label) {
      const blocks = view['blocks'] as Json[]
      const action = actionOf({ blocks } as unknown as SlackMessage, label)
      if (!action) throw new Error(`no button "${label}" there`)
      return slack.deliver('interactive', {
        ...common,
        type: 'block_actions',
        container: { type: 'view', view_id: view['id'] },
        trigger_id: slack.trigger(),
        view: { ...view, team_id: 'T1', state: { values: {} } },
        actions: [{ ...action, action_ts: now() }],
      })
    },
    async search(view, field, typed) {
      const block = (view['blocks'] as Json[]).find(({ block_id }) => block_id === field)
      const { action_id } = (block?.['element'] ?? {}) as Json
      await slack.deliver('interactive', {
        ...common,
        type: 'block_suggestion',
        container: { type: 'view', view_id: view['id'] },
        view: { ...view, team_id: 'T1', state: { values: {} } },
        action_id,
        block_id: field,
        value: typed,
      })
      return (slack.suggested.at(-1) ?? []).map((each) => String((each['text'] as Json)['text']))
    },
    shortcut: (callbackId, message) =>
      slack.deliver('interactive', {
        ...common,
        type: message === undefined ? 'shortcut' : 'message_action',
        callback_id: callbackId,
        action_ts: now(),
        trigger_id: slack.trigger(),
        ...(message !== undefined && {
          channel: { id: dm, name: 'directmessage' },
          message: { type: 'message', text: message, ts: now() },
          message_ts: now(),
          response_url: 'https://hooks.slack.com/app/x',
        }),
      }),
    get seen() {
      return slack.messages.filter(({ channel, onlyFor }) => channel === dm || onlyFor === id)
    },
    get modal() {
      return [...slack.views.values()].at(-1)
    },
  }
}

/** What is sent of the first button, or choice of a menu, with this label. */
function actionOf(message: SlackMessage, label: string): Json | null {
  const says = (each: Json) => (each['text'] as Json | undefined)?.['text'] === label
  const blocks = message.blocks.flatMap((block) => [
    block,
    ...((block['child_blocks'] ?? []) as Json[]),
  ])
  for (const [index, block] of blocks.entries()) {
    const block_id = block['block_id'] ?? `b${index}`
    const elements = ELEMENTS.flatMap((name) => (block[name] ?? []) as Json[])
    const button = elements.find((each) => each['type'] === 'button' && says(each))
    if (button) return { ...button, block_id }
    const menus = elements.filter(({ type }) => type === 'static_select')
    for (const { type, action_id, options } of menus) {
      const picked = ((options ?? []) as Json[]).find(says)
      if (picked) return { type, action_id, block_id, selected_option: picked }
    }
  }
  return null
}

/** Where blocks keep what can be pressed. */
const ELEMENTS = ['elements', 'actions', 'accessory'] as const
