import { z } from 'zod'

// What the WeCom bot's connection accepts (developer.work.weixin.qq.com/document/path/101463 and
// 101032), field by field: whatever is not documented is refused.

const bytes = (most: number) =>
  z.string().refine((text) => Buffer.byteLength(text) <= most, `more than ${most} bytes`)

export const taskId = z.string().regex(/^[0-9A-Za-z_\-@]{1,128}$/)

const option = z.strictObject({ id: bytes(128).min(1), text: z.string().min(1) })

const unique = <Key extends string>(name: Key) =>
  [
    (list: readonly Record<Key, string>[]) =>
      new Set(list.map((each) => each[name])).size === list.length,
    `${name} twice`,
  ] as const

const selection = z.strictObject({
  question_key: bytes(1024).min(1),
  title: z.string().max(13).optional(),
  selected_id: z.string().optional(),
  option_list: z
    .array(option)
    .min(1)
    .max(10)
    .refine(...unique('id')),
})

export const templateCard = z.strictObject({
  card_type: z.literal('button_interaction'),
  task_id: taskId,
  main_title: z.strictObject({
    title: z.string().min(1).max(26),
    desc: z.string().max(30).optional(),
  }),
  sub_title_text: z.string().max(112).optional(),
  horizontal_content_list: z
    .array(z.strictObject({ keyname: z.string().min(1).max(5), value: z.string().optional() }))
    .min(1)
    .max(6)
    .optional(),
  button_selection: selection.optional(),
  button_list: z
    .array(
      z.strictObject({
        text: z.string().min(1).max(10),
        style: z.int().min(1).max(4).optional(),
        key: bytes(1024).min(1),
      }),
    )
    .min(1)
    .max(6)
    .refine(...unique('key')),
})
export type TemplateCard = z.infer<typeof templateCard>

const msgItem = z.strictObject({
  msgtype: z.literal('image'),
  image: z.strictObject({ base64: z.base64().max(14_000_000), md5: z.string().length(32) }),
})

const stream = z.strictObject({
  id: z.string().min(1).max(256),
  finish: z.boolean(),
  content: bytes(20_480).min(1),
  msg_item: z.array(msgItem).min(1).max(10).optional(),
})

const media = z.strictObject({ media_id: z.string() })

export const answer = z.discriminatedUnion('msgtype', [
  z.strictObject({ msgtype: z.literal('stream'), stream }),
  z.strictObject({
    msgtype: z.literal('stream_with_template_card'),
    stream,
    template_card: templateCard.optional(),
  }),
  z.strictObject({ msgtype: z.literal('template_card'), template_card: templateCard }),
])

export const welcome = z.discriminatedUnion('msgtype', [
  z.strictObject({
    msgtype: z.literal('text'),
    text: z.strictObject({ content: bytes(20_480).min(1) }),
  }),
  z.strictObject({ msgtype: z.literal('template_card'), template_card: templateCard }),
])

export const update = z.strictObject({
  response_type: z.literal('update_template_card'),
  userids: z.array(z.string()).optional(),
  template_card: templateCard,
})

const to = { chatid: z.string().min(1), chat_type: z.union([z.literal(1), z.literal(2)]) }

export const push = z.discriminatedUnion('msgtype', [
  z.strictObject({
    ...to,
    msgtype: z.literal('markdown'),
    markdown: z.strictObject({ content: bytes(20_480).min(1) }),
  }),
  z.strictObject({ ...to, msgtype: z.literal('template_card'), template_card: templateCard }),
  z.strictObject({ ...to, msgtype: z.literal('image'), image: media }),
  z.strictObject({ ...to, msgtype: z.literal('file'), file: media }),
])

export const uploadInit = z.strictObject({
  type: z.enum(['image', 'file', 'voice', 'video']),
  filename: z.string().min(1).max(256),
  total_size: z
    .int()
    .min(5)
    .max(20 * 1024 * 1024),
  total_chunks: z.int().min(1).max(100),
  md5: z.string().length(32),
})
export const uploadChunk = z.strictObject({
  upload_id: z.string(),
  chunk_index: z.int().min(0),
  base64_data: z.base64().max(700_000),
})
export const uploadFinish = z.strictObject({ upload_id: z.string() })

export const frame = z.strictObject({
  cmd: z.string(),
  headers: z.strictObject({ req_id: z.string().min(1).max(256) }),
  body: z.unknown().optional(),
})
export const subscribe = z.strictObject({ bot_id: z.string(), secret: z.string() })
