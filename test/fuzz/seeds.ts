import { createSecretKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { COMMANDS } from '../../src/app-features.ts'
import { newStamp } from '../../src/features/referrals/landing/guard/stamp.ts'
import { type Cell, writeWorkbook } from '../../src/infra/sheets/spreadsheet.ts'

// What is valid, as it comes: half of what the parsers are given is one of these, changed in one place.

const TABLES = ['amounts', 'days', 'morning-commands', 'morning-outcomes', 'phones-and-lists']

/** Lines that people type. */
export const LINES: readonly string[] = [
  ...COMMANDS.flatMap(({ help }) => [help.usage.zh, help.usage.en]),
  ...TABLES.flatMap((name) =>
    readFileSync(new URL(`../bot/words/tables/${name}.tsv`, import.meta.url), 'utf8')
      .split('\n')
      .slice(1)
      .flatMap((row) => row.split('\t')[0] ?? []),
  ),
]

const user = { id: 'U0123ABC' }
const event = (of: object) => ({
  ...{ type: 'event_callback', event_id: 'Ev1', authorizations: [{ user_id: 'UBOT' }] },
  event: { user: user.id, ...of },
})
const said = { type: 'message', channel: 'D1', channel_type: 'im', ts: '1.1' }
const option = { value: 'next', text: { type: 'plain_text', text: '下周' } }

/** Payloads of Slack, one of each kind. */
export const SLACK: readonly unknown[] = [
  event({ ...said, text: '1 有意向 *50万* <@UBOT> 周五', blocks: [] }),
  event({
    ...{ ...said, subtype: 'message_changed' },
    message: { user: user.id, text: '1 拒绝', ts: '1.1', edited: { ts: '1.2' } },
    previous_message: { text: '1 没接' },
  }),
  event({
    ...{ ...said, text: '', subtype: 'file_share' },
    files: [{ name: 'a.xlsx', size: 10, url_private_download: 'https://files.slack.com/a' }],
  }),
  event({ type: 'app_mention', channel: 'C1', text: '<@UBOT> 今日 &lt;b&gt;' }),
  event({ type: 'app_home_opened', tab: 'home' }),
  {
    ...{ command: '/chenhui', text: '查 张三', user_id: user.id, channel_id: 'C1' },
    ...{ channel_name: 'general', trigger_id: 't', response_url: 'https://hooks.slack.com/x' },
  },
  {
    ...{ type: 'block_actions', user, trigger_id: 't', channel: { id: 'D1' } },
    actions: [
      {
        ...{ action_id: 'a', block_id: 'b', value: '{"c":"today","i":{}}', text: { text: '看' } },
        selected_option: option,
      },
    ],
  },
  { type: 'shortcut', callback_id: 'log_outcome', trigger_id: 't', user },
  {
    type: 'message_action',
    callback_id: 'log_outcome',
    trigger_id: 't',
    user,
    message: { text: '李四' },
  },
  {
    ...{ type: 'view_submission', user },
    view: {
      id: 'V1',
      private_metadata:
        '{"conversation":"D1","title":"需求","intent":{"command":"need","input":{"named":"张三"}}}',
      blocks: [{ block_id: 'amount', optional: true, type: 'input' }],
      state: { values: { amount: { amount: { type: 'plain_text_input', value: '50万' } } } },
    },
  },
]

const frame = (body: object) => ({
  headers: { req_id: 'r1' },
  body: { msgid: 'm1', from: { userid: 'zhang', corpid: 'c' }, chattype: 'single', ...body },
})
const image = { url: 'https://a/b', aeskey: 'k' }

/** Frames of the WeCom bot's connection, one of each kind. */
export const WECOM_BOT: readonly unknown[] = [
  frame({ msgtype: 'text', text: { content: '@晨会 1 没接' }, chattype: 'group', chatid: 'g1' }),
  frame({ msgtype: 'voice', voice: { content: '今日' } }),
  frame({ msgtype: 'mixed', mixed: { msg_item: [{ text: { content: '走访' } }, { image }] } }),
  frame({ msgtype: 'file', file: image }),
  frame({ msgtype: 'location' }),
  frame({ msgtype: 'event', event: { eventtype: 'enter_chat' } }),
  frame({
    msgtype: 'event',
    event: {
      eventtype: 'template_card_event',
      template_card_event: {
        ...{ event_key: 'say:{"c":"today","i":{}}', task_id: 't1' },
        selected_items: {
          selected_item: [{ question_key: 'item', option_ids: { option_id: ['1'] } }],
        },
      },
    },
  }),
]

const xml = (fields: string) =>
  `<xml><ToUserName><![CDATA[corp]]></ToUserName><FromUserName><![CDATA[zhang]]></FromUserName><CreateTime>1764300000</CreateTime>${fields}</xml>`

/** Callbacks of the WeCom app, as they are once their seal was broken. */
export const WECOM_APP: readonly string[] = [
  xml('<MsgType>text</MsgType><MsgId>1</MsgId><Content><![CDATA[查 张三 & 李四]]></Content>'),
  xml('<MsgType>image</MsgType><MsgId>1</MsgId><MediaId>m</MediaId>'),
  xml('<MsgType>voice</MsgType><MsgId>1</MsgId>'),
  xml('<MsgType>event</MsgType><Event>click</Event><EventKey>today</EventKey>'),
  xml(
    '<MsgType>event</MsgType><Event>template_card_event</Event><EventKey>message:m:1</EventKey><TaskId>t</TaskId><SelectedItems><SelectedItem><QuestionKey>item</QuestionKey><OptionIds><OptionId>1</OptionId></OptionIds></SelectedItem></SelectedItems>',
  ),
  xml(
    '<MsgType>event</MsgType><Event>change_contact</Event><ChangeType>delete_user</ChangeType><UserID>a</UserID>',
  ),
  '<xml><ToUserName>corp</ToUserName><Encrypt><![CDATA[QUJDREVGRw==]]></Encrypt></xml>',
]

/** What the page of the chat in the browser sends. */
export const CHAT_FORMS: readonly unknown[] = [
  { text: '1 有意向 50万' },
  { press: '{"label":"今日","intent":{"command":"today","input":{}}}' },
  {
    form: '{"title":"需求","intent":{"command":"need","input":{}},"options":{"product":{"a":"流贷"}}}',
    ...{ 'field.product': 'a', 'field.amount': '50万' },
  },
]

export const SECRET = createSecretKey(Buffer.alloc(32, 7))
const OPENED = new Date('2026-11-23T00:00:00Z')
const stamp = newStamp('abcdefgh', 'tap', SECRET, OPENED)

/** What the form of a referral page sends. */
export const VISITORS: readonly string[] = [
  `name=%E6%9D%8E%E5%9B%9B&phone=13800138000&business=&need=%E8%B4%B7%E6%AC%BE&consent=yes&website=&proof=1&stamp=${encodeURIComponent(stamp)}`,
  `name=Li&phone=%2B86+138+0013+8000&consent=yes&stamp=${encodeURIComponent(stamp)}`,
]

/** Tables as text, and a calendar. */
export const CSV: readonly string[] = [
  '姓名,手机,店名\n张三,13800138000,"五金""店"\n李四,=1+1,\n',
  'sep=;\n名称;额度\n王五;50万\n',
  '\ufeff姓名\t电话\n赵六\t010-88886666\n',
]
export const ICS: readonly string[] = [
  'BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20270101\nDTEND;VALUE=DATE:20270104\nSUMMARY:元旦 休\nEND:VEVENT\nEND:VCALENDAR\n',
]

const ROWS: readonly (readonly Cell[])[] = [
  ['张三', '13800138000', 500_000],
  ['李四 <b>&', '=1+1', null],
]
/** A workbook as our own templates are. */
export const WORKBOOK: Promise<Buffer> = writeWorkbook({
  marker: 'clients',
  sheets: [
    { name: '客户', columns: ['姓名', '手机', '额度'].map((title) => ({ title })), rows: ROWS },
  ],
})
