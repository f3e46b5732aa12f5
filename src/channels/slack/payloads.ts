import { z } from 'zod'
import { SHORTCUTS } from './app.ts'

export const userId = z.string().regex(/^[UW][A-Z0-9]{2,20}$/)

/** What somebody typed, in Slack's markup and, where there is any, with its marks apart. */
const said = { text: z.string().default(''), blocks: z.unknown().optional() }
/** The message that a thread hangs on. */
const thread_ts = z.string().max(40).optional()
const notABot = { bot_id: z.undefined().optional() }

/** A message that its author changed; what Slack itself does to one (unfolding a link) has no `edited`. */
export const edit = z.object({
  type: z.literal('message'),
  subtype: z.literal('message_changed'),
  channel_type: z.literal('im'),
  channel: z.string(),
  message: z.object({
    ...{ user: userId, ts: z.string(), edited: z.object({ ts: z.string() }), thread_ts },
    ...said,
    ...notABot,
  }),
  previous_message: z.object(said),
})

export const callback = z.object({
  type: z.literal('event_callback'),
  event_id: z.string(),
  /** Who the bot is there. */
  authorizations: z
    .array(z.object({ user_id: z.string().nullish() }))
    .optional()
    .catch(undefined),
  event: z.union([
    edit,
    z.object({
      type: z.literal('message'),
      channel_type: z.literal('im'),
      ...{ channel: z.string(), ts: z.string(), user: userId, thread_ts },
      subtype: z.enum(['file_share', 'thread_broadcast']).optional(),
      ...said,
      ...notABot,
      files: z
        .array(
          z.object({
            id: z.string().default(''),
            name: z.string().nullish(),
            size: z.number().nullish(),
            subtype: z.string().nullish(),
            url_private_download: z.url().nullish(),
          }),
        )
        .optional(),
    }),
    z.object({
      type: z.literal('app_mention'),
      channel: z.string(),
      user: userId,
      thread_ts,
      ...said,
      ...notABot,
    }),
    z.object({
      type: z.literal('app_home_opened'),
      tab: z.enum(['home', 'messages']),
      user: userId,
      channel: z.string().max(40).default(''),
    }),
    z.object({
      type: z.literal('assistant_thread_started'),
      assistant_thread: z.object({
        user_id: userId,
        channel_id: z.string().max(40),
        thread_ts: z.string().max(40),
      }),
    }),
  ]),
})

export const slash = z.object({
  command: z.string(),
  text: z.string().default(''),
  user_id: userId,
  channel_id: z.string(),
  channel_name: z.string(),
  trigger_id: z.string(),
  response_url: z.url().max(500).optional().catch(undefined),
})

export const actions = z.object({
  type: z.literal('block_actions'),
  user: z.object({ id: userId }),
  trigger_id: z.string(),
  response_url: z.url().max(500).optional().catch(undefined),
  channel: z.object({ id: z.string() }).optional(),
  message: z.object({ thread_ts }).optional().catch(undefined),
  view: z.object({ id: z.string(), private_metadata: z.string() }).optional().catch(undefined),
  actions: z
    .array(
      z.object({
        action_id: z.string(),
        block_id: z.string().default(''),
        value: z.string().default(''),
        text: z.object({ text: z.string() }).optional(),
        selected_option: z
          .object({ value: z.string(), text: z.object({ text: z.string() }) })
          .optional(),
      }),
    )
    .min(1),
})

export const shortcut = z.object({
  type: z.enum(['shortcut', 'message_action']),
  callback_id: z.enum(Object.keys(SHORTCUTS) as [keyof typeof SHORTCUTS]),
  trigger_id: z.string(),
  user: z.object({ id: userId }),
  message: z.object({ text: z.string().default('') }).optional(),
})

export const submission = z.object({
  type: z.literal('view_submission'),
  user: z.object({ id: userId }),
  view: z.object({
    id: z.string(),
    private_metadata: z.string(),
    blocks: z.array(
      z.looseObject({ block_id: z.string().optional(), optional: z.boolean().optional() }),
    ),
    state: z.object({
      values: z.record(z.string(), z.record(z.string(), z.looseObject({ type: z.string() }))),
    }),
  }),
})

/** What a person types into a field that is searched. */
export const suggestion = z.object({
  type: z.literal('block_suggestion'),
  user: z.object({ id: userId }),
  block_id: z.string(),
  value: z.string().max(500).default(''),
  view: z.object({ id: z.string(), private_metadata: z.string() }),
})

export const formPlace = z.object({ key: z.string(), index: z.int().min(0), at: z.string() })

/** What a modal remembers of its form. */
export const modalMemory = z.object({
  conversation: z.string(),
  place: formPlace,
  title: z.string(),
  intent: z.object({ command: z.string(), input: z.unknown() }),
})

/** What a button or a choice of a menu carries; `o`: a form is the answer. */
export const pressed = z.object({ c: z.string(), i: z.unknown(), o: z.literal(1).optional() })

export const formOf = z.object({ key: z.string(), index: z.int().min(0) })
