import type { Phrases } from '../../bot/command.ts'
import { ofKind } from '../../bot/grammar/scan/piece.ts'
import { client } from '../../bot/grammar/slots/kinds/client.ts'
import { words } from '../../bot/grammar/slots/kinds/words.ts'
import { accountOf, phrase } from '../../bot/grammar/slots/phrase.ts'
import { NOT_MEANT } from '../../bot/grammar/slots/slot.ts'

const CLOSING = /^(?:办?结(?:案|了)?|完结|处理完了?|close[d]?|settled?)(?:[\s:,]+|$)/i
/** 投诉电话是多少, 投诉的事怎么样了: complaints are spoken of, and none is made. */
const SPOKEN_OF =
  '电话|热线|渠道|率|处理|记录|的|[了过][吗没\\d一二两三]|怎么|什么|几|还|有|是|已|都|到|解决|搞定'

const SLOTS = [
  client('named', { alone: true }),
  words('about', ({ zh, en }) => ({
    zh: `${zh} 投诉什么？请写一句。`,
    en: `What does ${en} complain of? One sentence will do.`,
  })),
] as const

const WORDED = phrase(
  {
    words: ['投诉', '投诉了', '客户投诉', '客户投诉了', 'complaint'],
    behindName: new RegExp(
      `[要想来]?投诉(?!${SPOKEN_OF}|办?结)(?:[了过]|我们?|咱们?|说|称|反映)*|(?:has )?complain(?:s|ed|t)?\\b(?: that| of| about)?`,
    ),
    unless: new RegExp(`^(?:${SPOKEN_OF})|^[了过]?[\\s.。!]*$|${CLOSING.source}`, 'i'),
  },
  ...SLOTS,
)

/** 张三说扣费不清楚，投诉了: what it is about stands before the word. */
const AT_END = /^\s?(?:说|反映|嫌|觉得)\s?(?=.{2,80}(?:要|来|已经?|就|刚|去)?投诉了[\s.。!]*$)/s

/** "投诉 张三 扣费没说明", "张三投诉说扣费没说明", "张三说扣费不清楚，投诉了". */
export const COMPLAINT_PHRASES: Phrases<unknown> = {
  ...WORDED,
  anywhere: new RegExp(`${WORDED.anywhere?.source}|投诉了[\\s.。!]*$`, 'i'),
  scans(scanned, from) {
    const account = WORDED.scans?.(scanned, from) ?? NOT_MEANT
    if (from > 0 || account.reading.kind !== 'no') return account
    const named = ofKind(scanned.pieces, 'name').find(({ start }) => start === 0)
    const said = named && scanned.text.slice(named.end).match(AT_END)?.[0]
    return named && said ? accountOf(scanned, named.end + said.length, SLOTS, named) : NOT_MEANT
  },
}

/** 张三的投诉已经解决了，钱退了. */
const CLOSED = /投诉(?:已经?|都|也|给)*(?:解决|处理|搞定|办结?|结案?)(?:好|完|掉)?了(?!\s*[吗么没])/

/** "投诉 结 张三 已退费，客户满意": closing takes what the client said. */
export const CLOSING_PHRASES = phrase(
  { words: ['投诉', 'complaint'], followedBy: CLOSING, behindName: CLOSED },
  client('named', { alone: true }),
  words('answer', ({ zh, en }) => ({
    zh: `怎么处理的，${zh} 怎么说？请写一句，例如"已退费，客户满意"。`,
    en: `How was it settled, and what did ${en} say? For example "refunded, satisfied".`,
  })),
)
