import type { Reading } from '../../bot/grammar/reading.ts'
import type { ClientRef } from '../clients/resolve-client.ts'

/** A name, of which nothing is a verb: 打电话, 改手机 and 联系电话 ask after nobody. */
const NAMED =
  '(?!(?:客户|联系|手机|座机|店里|我|你|您|他|她|对方|老板)(?:的|电话|手机|号))(?![^的]{0,9}[打没不改换留给回接加发要问查看帮请找])(?<named>[\\p{L}·]{2,20}?)'

const CHINESE = [
  // 张三的电话多少, 余永电话.
  `${NAMED}(?:这?个?(?:客户)?的)?\\s*(?:电话|手机号?码?|电话号码|号码|联系方式)(?:是?多少|(?:发|给|报)(?:一下|给)?我(?:一下)?)?`,
  // 张三 这个客户上次聊了什么.
  '(?![^的]{0,9}[没不给要问查看帮请找])(?<said>[\\p{L}·]{2,20}?)?\\s*(?:这?个?客户)?的?(?:上次|上一次|上回|最近一次)(?:联系)?(?:聊|谈|说|讲|联系)[了过]?(?:些)?(?:什么|啥|哪些)',
  // 上次跟李四聊了啥.
  '(?:上次|上一次|上回|最近一次)[跟和与给](?<with>[\\p{L}·]{2,20}?)(?:聊|谈|说|讲|联系)[了过]?(?:些)?(?:什么|啥|哪些)',
]
const ENGLISH = [
  "(?:what is |what's )?(?<owner>[a-z][a-z .-]{0,30}?)'s (?:phone|number|mobile|telephone)(?: number)?",
  "(?:what is |what's )?(?:the )?(?:phone|number|mobile)(?: number)? of (?<of>[a-z][a-z .-]{0,30}?)",
  '(?:what did (?<who>[a-z][a-z .-]{0,30}?) say|what was said)(?: the)? last time',
]

/** A whole line that asks after a client, what the card says: the phone, what was said last. */
export const ASKS_AFTER = new RegExp(
  `^(?:${[...CHINESE, ...ENGLISH].join('|')})[吗呢啊\\s?？。.!]*$`,
  'iu',
)

/** Whom such a line is about; asked where it does not say. */
export function readAskedAfter(text: string): Reading<ClientRef> {
  const found = text.match(ASKS_AFTER)?.groups
  if (!found) return { kind: 'no' }
  const named = (
    found['named'] ??
    found['said'] ??
    found['with'] ??
    found['owner'] ??
    found['of'] ??
    found['who']
  )?.trim()
  if (named) return { kind: 'understood', input: { named } }
  const question = { zh: '哪位客户？', en: 'Which client?' }
  return { kind: 'asks', input: {}, doubts: [{ question, slots: ['named'], expects: 'text' }] }
}
