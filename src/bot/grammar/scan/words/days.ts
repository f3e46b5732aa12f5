// What is said around days.

/** Behind a day: it has been, it ends then, somebody was born then. */
export const TELLS_AFTER =
  /^\s?(?:的)?(?:到期|生(?![意活产])|出生|开业|成立|注册|开张|打过|来过|去过|办过|办的|放的|贷的|签的|借的|那笔|还款|过生日|摆摊|打的|说的|说考虑)|^(?:备货|囤货|进货|促销|活动)|^要(?:进|备|囤|交房租|发工资|搬|装修|结婚|开业|出差|结账)/
export const TELLS_BEFORE =
  /(?:生日|出生于?|成立于?|注册于?|开业于?|到期日?是?|上次|除了|自从?|从|[签租借做用排](?:到|至)|\b(?:born|founded|since|expires?|due)(?: on)?)\s*$/i
/** Behind a day: until then or from then on, and so which day is not said. */
export const LIMIT = /^(?:之?前(?!台|天)|以前|之?内|以内|之?后(?!天)|以后|前后|左右)/
/** A year that has gone by: whatever the date, it tells. */
export const GONE_YEAR = /^(?:去年|前年|大前年)/

/** 3号 alone is as often a door, a queue or a shop as a day. */
export const BEFORE_NUMBER_DAY =
  /(?:说|让|约|好|定|改|到|在|等|再|先|就|是|过|至|的|了|吧|他|她|约在|下|接|通|虑|绝|向|趣|意|要)$/
/** What is done on a day that was agreed; 周三休息, 12月3日交房租 is no appointment of ours. */
export const AFTER_DAY =
  /^(?:再|联|打|见|来|去|谈|签|约|聊|说|问|回|上门|面|给|答|跟|办|补|送|带|过|找|电|的?时候|早|晚|左右|可以|行|吧|了|的|有空|方便|要|想|就|我|提|申|放|已|都|也|到|拿|取|看|交资料|交材料|还|开始|走访|拜访)/
export const REPEATED = /(?:每个?|逢|各)$/
/** Behind a day in English; any other word there leaves it in doubt: friday restaurant. */
export const AFTER_ENGLISH_DAY =
  /^(?: ?$| ?[^a-z ]| (?:at|around|about|after|before|in|on|for|by|to|or|and|if|when|with|he|she|they|i|we|it|is|was|call|visit|meet|again|please|pls|next|this|week|morning|afternoon|evening|noon|night|back|will|wants?|interested|will|then|maybe|same|also|ok|try|follow|contact|am|pm|no|not|but|because|as|only|office|meeting|[a-z]{1,2})\b)/i
/** From one day on: to another (12月1-5日). */
export const GOES_ON = /^-[\d\ue000]{1,2}[日号]/

/** What says that a day or an hour is when to call again. */
export const AGAIN = /再|回访|复访|跟进|约|联系|打|见|谈|call|again|try|meet/i
/** 过完年再打, 立春后联系: when is said, in words that are none of ours. */
export const WHEN =
  /[\u4e00-\u9fff]{2,6}(?:后|前|完|时候?|阵|天|季|节)(?:再?(?:打|联系|说|聊|约|谈|问))|[\u4e00-\u9fff]{2,6}再(?:打|联系|约)|(?!然)[\u4e00-\u9fff](?:后|前)\s*$|(?:以后|将来|有空|哪天|改日)再?(?:打|联系|说|聊|约|谈)/
