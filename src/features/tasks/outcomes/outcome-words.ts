import { isConditional } from '../../../bot/grammar/scan/kinds/conditional.ts'
import { APPLIED_STAGES, findKind, type OutcomeKinds, outcomeWords } from '../../../core/outcome.ts'
import { SHIPPED_KINDS } from '../../playbook/shipped-outcomes.ts'

/** What words say of an outcome. `unsure`: a word of an outcome, negated or asked after. */
export interface Heard {
  /** A code, or `unsure`. */
  readonly kind: string
  readonly start: number
  readonly end: number
}

/** At one place the first of these that matches counts, so that 没兴趣 is never 兴趣. */
const WORDS: readonly (readonly [string, string])[] = [
  [
    'do-not-contact',
    "(?:请?(?:别|不要|不许|不让|不准|禁止|勿)(?:再)?(?:给[他她我]|给客户)?(?:联系|打扰|打电话|来电|打了|打来|打(?=$|[\\s,;。!])|骚扰|发消息|营销)|勿扰|免打扰|拉黑|加入黑名单|do not contact|don'?t contact|do not call|don'?t call|stop calling|never call|dnc)",
  ],
  [
    'wrong-number',
    '(?:空号|停机|销号|号码(?:不对|错误|错了|有误|不存在|是错的)|电话(?:不对|错误|错了|有误)|(?:打|拨)错了?|错号|不是(?:他|她)?本人|换(?:了)?号码?了?|wrong (?:number|no\\b)|not in service|invalid number)',
  ],
  [
    'no-answer',
    "(?:拒接(?:电话|了)?|(?:rejected|declined) (?:my|the) call|无应答|(?:没|没有|未|不|无人|没人|总不|一直不|一直没)(?:接听|接电话|接通|打通|接(?![触受待单着纳到过管手地茬话])|通(?=$|[\\s,。;])|回(?:应|复|信息|消息|电话)?(?![家国来去老到款本])|应答)(?:电话|了)?|打不通|无法接通|正?在?通话中|不在服务区|联系不上|联系不到|关机|占线|忙音|语音信箱|no[ -]ans(?:wer)?\\b|no reply|no response|not? answer(?:ed|ing)?|didn'?t (?:answer|pick up)|did not (?:answer|pick up)|not pick(?:ed|ing)? up|voice ?mail|\\bvm\\b|left (?:a )?message|unreachable)",
  ],
  [
    'declined',
    // Not the question 要不要, 需不需要.
    '(?<!(?=(?<same>.)不\\k<same>).)(?:婉拒|拒绝|(?<!被)拒了|谢绝|回绝|(?<!有)(?:没有?|无|毫无|不感|暂无|不)(?:什么)?(?:意向|兴趣|想法|需求|意愿|需要)|不(?:考虑|要(?![打联求紧急命老总发]|再打|一直|天天|经常|频繁)|做|贷|办|想贷|想要|想办|想做|想|愿意|同意|用了|接受|打算)|没(?:接受|同意)|算了|declined?|refused?|rejected|not interested|no longer (?:interested|wants?)|no interest|no need|(?:un|dis)interested|not now|\\bno thanks)',
  ],
  [
    'thinking',
    '(?:(?:需要|要|想|得|还要|还得|说)?(?:再)?(?:考虑(?:考虑|一下|下(?![周个月半])|中|看看)?|想想|想一想|商量(?:商量|一下)?|再看看吧|看看再说|斟酌|观望|犹豫)(?!到)|没想好|没考虑好|没决定|拿不定|thinking(?: about it| it over)?|wants? to think(?: about it| it over)?|think(?:s)? (?:about it|it over)|considering|consider(?:s)?|maybe|undecided|not sure)',
  ],
  [
    'granted',
    '(?:(?:已经?)?(?:放款|下款|放贷|发放贷款)(?:成功|完成|了)?(?!前|后|[太很]?[慢快]|时间|速度|多久|要|需|难|流程|条件|不)|贷款(?:已经?)?到账|款(?:已经?)?到账|(?:已经?)?(?<!信)用信(?![用息誉贷任])|granted|disbursed|paid out|drawn down|(?<!self-)\\bfunded)',
  ],
  [
    'interested',
    '(?:(?:想|想要|准备|打算|愿意|同意|计划|希望)(?:申请|办理?|贷款?|做|用)|(?:很|挺|比较|较|非常)?(?:有|感)(?:一?点|一些|较强|强烈|明确)?(?:意向|兴趣|想法|需求|意愿|意(?![见思外义]))|意向(?:强烈?|高|明确)|意向|想要|有?需要(?!材料|资料|提供|补|准备|问|跟|和)|可以谈|愿意|\\b(?:interested|keen|wants?|yes\\b))',
  ],
  [
    'applied',
    '(?:(?:已经?|刚|提交了?|递交了?)申请(?:了|完成|贷款)?|申请(?:已|了)(?:提交|递交)?|提交(?:了)?(?:申请|资料|材料)|已(?:提交|递交|进件|报件)|进件了?|报件了?|applied|submitted (?:(?:the|all|his|her|their) )?(?:docs?|documents|papers|application)|application (?:filed|submitted|in))',
  ],
]

/** What before an outcome's word turns it round, or makes it a question or a wish. */
const TURNED = new RegExp(
  [
    '(?:不是|并非|没说|不算|还没有?|没有?|未|尚未|不|别|非|有没|是不是|是否|会不会|要不要|如果?|若|要是|等|待|催|准备|计划|打算|预计)\\s*$',
    '(?:没有?|无|未|不)(?:是|什么|任何|怎么|多大?|太大?|很|大|啥|再|想|用|能|可能|一定|特别|明确|强烈|贷款|申请|办理?|融资|资金)+$',
    "(?:\\b(?:not|never|no|if|whether|is (?:he|she)|will be|to be)|n't)\\s+(?:[a-z]+\\s+){0,2}$",
  ].join('|'),
  'i',
)
/** What after it makes it a question, or takes it back. */
const TAKEN_BACK =
  /^(?:[吗么??]|[一未待低弱小]|不(?:大|高|强|明|足|太)|[\s,]*(?:被拒|失败|没(?:有)?(?:成功|通过|批|过))|\s+(?:no|nothing|none)\b)/
/** After a word of interest: only should there be some (有需要再联系). */
const SHOULD_THERE_BE = /^(?:了|的话|时|的时候)?(?:再|会|就|才|自)/
/** A time before a word: it is for then (周五放款, 上午别打电话). */
const AT_A_TIME =
  /(?:(?<![昨前])天|[日号午早晚末底初月点前先暂]|[早晚]上|(?:周|星期|礼拜)[一二三四五六]|时[候间]|何时|多久|期间|暂时|现在|最近|近期|上班时?)\s*$/
/** It is not done yet, or another bank did it. */
const NOT_DONE_HERE =
  /(?:快|快要|要|马上|即将|可以?|能|会|他行|别家|同行|银行|[工农中建交招]行)\s*$/
const DONE = /已|了|刚|成功|完成/

function isDoubtful(
  kind: string,
  kinds: OutcomeKinds,
  word: string,
  before: string,
  after: string,
): boolean {
  if (TURNED.test(before) || TAKEN_BACK.test(after)) return true
  switch (kind) {
    case 'interested':
      return SHOULD_THERE_BE.test(after)
    case 'do-not-contact':
      return AT_A_TIME.test(before) || isConditional(word, before, after)
    default: {
      const stage = findKind(kinds, kind)?.stage
      const furthers = APPLIED_STAGES.some((each) => each === stage)
      return (
        furthers && (NOT_DONE_HERE.test(before) || (AT_A_TIME.test(before) && !DONE.test(word)))
      )
    }
  }
}

/** So many characters beside a word tell whether it is meant. */
const NEAR = 40

const plain = (word: string): string => word.toLowerCase().replace(/\s+/g, ' ')

/** What the patterns do not know: kinds of the bank's own, and words that it gave to the others. */
function ownWords(kinds: OutcomeKinds): Map<string, string> {
  const read = new Set(WORDS.map(([kind]) => kind))
  const shipped = new Set(
    outcomeWords(SHIPPED_KINDS)
      .filter(({ code }) => read.has(code))
      .flatMap(({ words }) => [...words.zh, ...words.en].map(plain)),
  )
  return new Map(
    outcomeWords(kinds)
      .flatMap(({ code, words }) =>
        [...words.zh, ...words.en].map((word): [string, string] => [plain(word), code]),
      )
      .filter(([word]) => !shipped.has(word))
      .sort(([a], [b]) => b.length - a.length),
  )
}

const patternOf = (word: string): string => {
  const literal = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ /g, '\\s+')
  return `${/^\w/.test(word) ? '\\b' : ''}${literal}${/\w$/.test(word) ? '\\b' : ''}`
}

interface Vocabulary {
  /** The code that a word of the bank's own stands for. */
  readonly own: ReadonlyMap<string, string>
  readonly pattern: RegExp
}

/** Put together once for the kinds in force: to do it for every line takes ten times as long as reading it. */
const vocabularies = new WeakMap<OutcomeKinds, Vocabulary>()

function vocabularyOf(kinds: OutcomeKinds): Vocabulary {
  const known = vocabularies.get(kinds)
  if (known) return known
  const own = ownWords(kinds)
  const pattern = new RegExp(
    [
      ...WORDS.map(([, words], index) => `(?<k${index}>${words})`),
      ...(own.size > 0 ? [[...own.keys()].map(patternOf).join('|')] : []),
    ].join('|'),
    'gi',
  )
  const vocabulary = { own, pattern }
  vocabularies.set(kinds, vocabulary)
  return vocabulary
}

/** Every word of an outcome in a text, from left to right. */
export function hearOutcomes(text: string, kinds: OutcomeKinds): Heard[] {
  const { own, pattern } = vocabularyOf(kinds)
  const heard = [...text.matchAll(pattern)].map((found) => {
    const index = WORDS.findIndex((_, place) => found.groups?.[`k${place}`] !== undefined)
    const start = found.index
    const end = start + found[0].length
    const kind = WORDS[index]?.[0] ?? own.get(plain(found[0]))
    const doubtful =
      !kind ||
      isDoubtful(
        kind,
        kinds,
        found[0],
        text.slice(Math.max(0, start - NEAR), start),
        text.slice(end, end + NEAR),
      )
    return { kind: doubtful ? 'unsure' : kind, start, end }
  })
  // Why nobody was reached, or when they are to be called: 没接 在开会, 有意向 晚点打.
  const first = heard.findIndex(({ kind }) => kind !== 'unsure')
  const isRemark = ({ kind, start, end }: Heard) =>
    findKind(kinds, kind)?.stage === 'none' && own.has(plain(text.slice(start, end)))
  return heard.filter(
    (each, place) =>
      first === -1 || place <= first || each.kind === heard[first]?.kind || !isRemark(each),
  )
}

/** Words that name an outcome only where they stand alone. */
const ALONE: Readonly<Record<string, string>> = {
  申请: 'applied',
  接受: 'interested',
  不行: 'declined',
  不了: 'declined',
  拒: 'declined',
  no: 'declined',
}

/** The outcome that a word names by standing alone: 申请, which within a sentence says nothing. */
export const aloneOutcome = (word: string): string | null => ALONE[word.toLowerCase()] ?? null
