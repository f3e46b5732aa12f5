import { client } from '../../bot/grammar/slots/kinds/client.ts'
import { words } from '../../bot/grammar/slots/kinds/words.ts'
import { phrase } from '../../bot/grammar/slots/phrase.ts'

const CLOSING = /^(?:办?结(?:案|了)?|完结|处理完了?|close[d]?|settled?)(?:[\s:,]+|$)/i
/** 投诉电话是多少, 投诉的事怎么样了: complaints are spoken of, and none is made. */
const SPOKEN_OF = '电话|热线|渠道|率|处理|记录|的|[了过][吗没\\d一二两三]'

/** "投诉 张三 扣费没说明", "张三投诉说扣费没说明". */
export const COMPLAINT_PHRASES = phrase(
  {
    words: ['投诉', 'complaint'],
    behindName: new RegExp(
      `[要想来]?投诉(?!${SPOKEN_OF}|办?结)(?:[了过]|我们?|咱们?|说|称|反映)*|(?:has )?complain(?:s|ed|t)?\\b(?: that| of| about)?`,
    ),
    unless: new RegExp(`^(?:${SPOKEN_OF})|${CLOSING.source}`, 'i'),
  },
  client('named', { alone: true }),
  words('about', ({ zh, en }) => ({
    zh: `${zh} 投诉什么？请写一句。`,
    en: `What does ${en} complain of? One sentence will do.`,
  })),
)

/** "投诉 结 张三 已退费，客户满意": closing takes what the client said. */
export const CLOSING_PHRASES = phrase(
  { words: ['投诉', 'complaint'], followedBy: CLOSING },
  client('named', { alone: true }),
  words('answer', ({ zh, en }) => ({
    zh: `怎么处理的，${zh} 怎么说？请写一句，例如"已退费，客户满意"。`,
    en: `How was it settled, and what did ${en} say? For example "refunded, satisfied".`,
  })),
)
