// What around an outcome's word says that it is not meant, or not for sure.

/** Before it: it is said not to be. */
export const TURNED = new RegExp(
  [
    '(?:(?:别|不要|勿|不会)再|不是|并非|没有?说|不算|还没有?|没有?|未|尚未|不|别|非)\\s*$',
    '(?:没有?|无|未|不)(?:是|什么|任何|怎么|多大?|太大?|那么|很|大|啥|再|想|用|能|可能|一定|特别|明确|强烈|贷款|申请|办理?|融资|资金)+$',
    "(?:\\b(?:not|never|no)|n't)\\s+(?:[a-z]+\\s+){0,2}$",
  ].join('|'),
  'i',
)
/** Before it: a question, a guess, a wish, a condition. */
export const ASKED = new RegExp(
  [
    '(?:可能|好像|也许|估计|似乎|或许|应该会?|有没|是不是|是否|会不会|要不要|如果?|若|要是|等|待|催|准备|计划|打算|预计|[一-龥]不|为什么|为何|怎么|谁[^,;。]{0,4}|撤回|撤销|撤|取消|放弃|退回|只(?:加|回|看|用)微信,?)\\s*$',
    '(?:一会儿?|上次|上回|以前|之前|原来|去年|当时)[^,;。!?]*$',
    '(?:弟弟|哥哥|兄弟|姐姐|妹妹|朋友|同学|邻居|亲戚|上家|别人|隔壁[^,;。]{0,3})(?:说|也)?\\s*$',
    "\\b(?:brother|sister|friend|neighbou?r|wife|husband|son|daughter)(?:'s)?(?: is| was)?\\s+$",
    '(?<!\\b(?:it|that) |\\b(?:sorry|oops),? \\d{1,3} )\\b(?:was|were)\\s+$',
    '(?:如果|若|要是|假如|万一|除非|只要|等到)[^,;。!?]*$',
    '\\b(?:if|whether|is (?:he|she)|would(?: be)?|might(?: be)?|could(?: be)?|may be|will be|to be)\\s+(?:[a-z]+\\s+){0,2}$',
  ].join('|'),
  'i',
)
/** 没兴趣吗, 有意向?: a question where the clause ends so. */
export const QUESTION = /^[^,;。!\n]{0,6}[吗么?]|^了?没有?(?=$|[\s,;。!])/
/** After it: taken back, weak, or with a condition. */
export const TAKEN_BACK =
  /^(?:[吗么?]|[一未待低弱小]|不(?:大|高|强|明|足|太)|[\s,]{0,3}(?:被拒|失败|没(?:有)?(?:成功|通过|批|过))|清楚|的是(?!$)|过(?:了|别|(?=$|[\s,;。]))|好了|现在|[^,;。\n]{0,3}(?:一会儿?|现在)|(?:转让|买|卖|换|开|租|装修)|(?!贷款|借款|授信|抵押|担保|保证|的?合同)[^,;。\s]{1,4}合同|(?:商标|开户|专利|执照|补贴|退税))|^\s+(?:no|nothing|none)\b|^[^,;.\n]{0,40}\b(?:if|unless|provided|once)\b/i
/** After a wish: only should there be some (有需要再联系). */
export const SHOULD_THERE_BE = /^(?:了|的话|时|的时候)?(?:再|会|就|才|自|找|叫|通知)/
/** A time before a word: it is for then (周五放款, 上午别打电话). */
export const AT_A_TIME =
  /(?:(?<![昨前])天|[日号午早晚末底初月点前先暂周]|[早晚]上|(?:周|星期|礼拜)[一二三四五六]|时[候间]|何时|多久|期间|暂时|现在|最近|近期|上班时?)\s*$/
/** Before an act: it is not done yet, or another did it. */
export const NOT_DONE_HERE =
  /(?:快|快要|要|马上|即将|可以?|能|会|他行|别家|同行|银行|(?:别|其他|其它|另)(?:的|一家?|家)?(?:银?行)|[工农中建交招]行|别人|他人|人家|朋友|邻居|亲戚|同学|儿子|女儿|弟弟|哥哥)\s*(?:说|也)?\s*$/
/** After an act: at another bank. */
export const ELSEWHERE =
  /^(?:了?|\s?(?:by|from|at|with)\s)(?:another|other|别的|其他|另一家|他行|别家|[工农中建交招]行)/i
export const DONE = /已|了|刚|成功|完成/
/** 不贷, 不考虑 with an object refuse that and not all: 不考虑别家, 不想换银行. */
export const REFUSES_THAT =
  /^(?![了啊呢吧呀哦的]|谢谢|这个|贷款?|办理?|做|用|需要|但|了|我们|下午|明|周|下|月|利率|因|嫌|太|等|再)[\u4e00-\u9fff]/
export const MAY_REFUSE_THAT = /^不(?:考虑|想|要|贷|做|办|用|愿意|同意|接受)$/

/** Anywhere beside a weak word: it is not so, or of somebody else. */
export const NO_HINT =
  /[没不未]|取消|改天|的是|上次|之前|原来|别人|人家|弟|哥|姐|妹|老婆|老公|爱人|[父母]亲|爸|妈|儿子|女儿|朋友|邻居|同事|亲戚|[吗么?]|\b(?:not|no|never|brother|sister|wife|husband|friend)\b|n't\b/i

/** All of them had it, or it was so once more. */
export const OF_ALL = /^(?:全都|全部|都|全|也|均|还是|又|还|说|仍|仍然|依然|照样|同样)+$/
/** Ends an outcome's word and says nothing. */
export const PARTICLES = /^[了啊哦呢吧呀的过]*(?:$|[\s,;:。、.!])/
/** "no idea yet", 申请 被拒: the first word alone is no outcome. */
export const NOT_ALONE = /^(?:no [a-z]|申请[\s,]*(?:被|失败|没|不|未)|不用考虑|不要紧)/i

/** The same as of the one before. */
export const SAME =
  /同上|同前|(?<=[\d)）号件\ue000]\s?)(?:也是|也一样|一样|同样)(?=$|[\s,;。!])|(?<=[\d\ue000]\s)(?:too|as well|likewise)(?=$|[\s,;.!])|\bditto\b|\bsame(?: here)?\b(?=$|[\s,;.!])/gi
