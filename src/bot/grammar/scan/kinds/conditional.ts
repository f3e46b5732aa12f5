/**
 * A wish to be left alone that holds at times only, or for one way of being reached, is no
 * do-not-contact: that stops every contact until it is lifted.
 */

/** From now on is no condition. */
const FROM_NOW_ON = /(?:以|今|往|从今往|从此以)后|从此|从今|永远|再也/g
const AT_TIMES =
  /[点时号日月早晚夜午末底]|凌晨|周[一二三四五六日天]|星期|礼拜|节假|假期|上班|下班|休息|开会|开车|睡觉|忙|今天|明天|后天|这两天|这几天|最近|近期|暂时|现在|期间|之?前|[之完]后|先|如果|要是|除了|没事|\b(?:before|after|until|if|when|while|at|on|in the|weekends?|mornings?|evenings?)\b/i
/** Only what was said counts, not when it was said. */
const SAID = /.*(?:说|讲|表示|要求|让|\b(?:said|says|told|asked|asks|to))/s

/** Reached in another way, or another time. */
const ANOTHER_WAY =
  /(?:短信|微信|消息|信息|邮件|邮箱|留言|座机|手机|公司|店里|家里)(?:上|里)?(?:就|即|联系|说|聊|沟通|吧|可以|$)|(?:发|用|加|走|打|改)(?:短信|微信|消息|信息|邮件|座机|手机)|直接(?:打|来|上门|联系|过来)|上门|有需要|需要时|再说|主动|[,\s](?:just|only|but|text|message|e-?mail|wechat|sms|visit)\b/i
const ANOTHER_BEFORE =
  /(?:短信|微信|消息|信息|邮件)(?:上|里)?(?:联系|沟通|说|聊|就行|就好|即可|可以){1,3}[,\s]*$/
const NEGATED_TOO =
  /(?:不要|不准|不许|不用|别|勿|也不|\b(?:or|nor|do not|don't))\s*(?:再)?[^\s,;。]{0,8}/gi
const NOT_ALWAYS =
  /^[\s,]*(?:太|老是?|总是?|一直|天天|频繁|那么|这么|[到去来]|给(?![我他她客])|(?:他|她|我|客户)的?(?:老婆|老公|爱人|家|父|母|儿|女|店|公司|单位|员工|座机|手机)|[早晚夜中上下]|周[一二三四五六日天末]|星期|礼拜|[\d一二三四五六七八九十]+点|今天|明天|最近|这几天)/
const NOT_ALWAYS_EN =
  /^\s*(?:me |him |her |us |them |back |the client )?(?:before|after|until|till|between|in (?!(?:the )?future)|at (?!all\b)|on|during|while|when|if|unless|except|today|tonight|tomorrow|now|yet|this (?!client|number|person|one)|next|every|so|too|early|late|by|via|weekends?|mornings?|evenings?|as often)\b/i

/** The client stopped us, or somebody did: nobody's wish. */
const BLOCKED_US = /^了?(?:我|咱)/
const BLOCKED_BY = /(?:被[^,;。\s]{0,4}|把(?:我|咱)们?|给我|给拉)\s*$/

/** So many characters around a wish say on what condition it stands. */
const AROUND = 60

/** `word`: the do-not-contact as it was heard, with what stands before and after it. */
export function isConditional(word: string, allBefore: string, allAfter: string): boolean {
  const before = allBefore.slice(-AROUND)
  const after = allAfter.slice(0, AROUND)
  if (/拉黑|黑名单/.test(word)) return BLOCKED_US.test(after) || BLOCKED_BY.test(before)
  const wish = before.replace(SAID, '').replace(FROM_NOW_ON, '')
  return (
    AT_TIMES.test(wish) ||
    ANOTHER_BEFORE.test(wish) ||
    NOT_ALWAYS.test(after) ||
    NOT_ALWAYS_EN.test(after) ||
    ANOTHER_WAY.test(after.replace(NEGATED_TOO, ''))
  )
}
