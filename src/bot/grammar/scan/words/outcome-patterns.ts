/** What is heard as a kind of outcome. The words are patterns; a plain word is one. */
export interface OutcomePatterns {
  readonly code: string
  readonly words: { readonly zh: readonly string[]; readonly en: readonly string[] }
  /** Words that mean it only where they are all that is said. */
  readonly alone?: readonly string[]
  /** What means it where no other outcome is said: 嫌利率高, 约周三. */
  readonly weak?: {
    readonly words: readonly string[]
    /** Only beside such a piece, which was taken before; null: by itself. */
    readonly beside: 'amount' | 'day' | null
  }
}

/**
 * What people say of the kinds that are shipped, by their codes; the bank's own words come besides. At one
 * place the first that matches counts, so that 没兴趣 is never 兴趣.
 */
export const OUTCOME_PATTERNS: readonly OutcomePatterns[] = [
  {
    code: 'do-not-contact',
    words: {
      zh: [
        '请?(?:别|(?<!要)不要|不许|不让|不准|禁止|勿)(?:再)?(?:给[他她我]|给客户)?(?:联系|打扰|打电话|来电|打了|打来|打[他她](?=[了吧]|$|[\\s,;。!])|打(?=$|[\\s,;。!])|骚扰|发消息|营销)(?:了|吧)?',
        '不希望再(?:接到|收到)(?:电话)?',
        ...['勿扰', '免打扰', '拉黑', '加入黑名单'],
      ],
      en: [
        "do(?: no|n'?)t (?:contact|call)",
        'stop calling(?! (?:the|at)\\b)',
        'never call',
        '\\bdnc\\b',
      ],
    },
  },
  {
    code: 'wrong-number',
    words: {
      zh: [
        ...[
          '空号(?!码段|段)',
          '停机(?!维护|坪|检修)',
          '销号',
          '错号',
          '换了?号码?了?',
          '不是(?:(?:他|她)?本人|(?:他|她)的(?:电话|号码))',
          '(?:打|拨)错(?!字)了?',
          '(?:号码|电话|手机号?)是(?:别人|别家|人家)的',
        ],
        '号码(?:不对|错误|错了?|有误|不存在|是错的|注销了?|已?停用)',
        '电话(?:不对|错误|错了|有误)',
      ],
      en: ['wrong (?:number|no\\b)', '(?:not in|out of) service', 'not in use', 'invalid number'],
    },
  },
  {
    code: 'no-answer',
    words: {
      zh: [
        '拒接(?:电话|了)?',
        '拒绝接听',
        '无应答',
        '(?:没|没有|未|不|无人|没人|没有人|总不|一直不|一直没)(?:接听|接电话|接通|打通|接(?![触受待单着纳到过管手地茬话])|通(?=$|[\\s,。;])|回(?:应|复|信息|消息|电话)?(?![家国来去老到款本])|应答|应(?=$|[\\s,。;])|联系上|理(?:我|会)?(?=$|[\\s,;。了]))(?:电话|了)?',
        ...['打不通', '无法接通', '正?在?通话中', '[不没]在服务区', '联系不[上到]', '关机', '占线'],
        ...['忙音', '语音信箱'],
      ],
      en: [
        '(?:rejected|declined) (?:my|the) call',
        'no[ -]ans(?:wer)?\\b',
        ...['no reply', 'no response', '\\bnot? answer(?:ed|ing)?', 'voice ?mail', '\\bvm\\b'],
        "did(?: no|n'?)t (?:answer|pick up)",
        'not pick(?:ed|ing)? up',
        "does(?: not|n'?t) (?:answer|pick up)",
        "could(?: not|n'?t) reach",
        '(?:no one|nobody) (?:answered|picked up)',
        '\\bno ?(?:one|body) (?:was )?there\\b',
        ...['left (?:a )?message', 'unreachable', 'not reachable', 'phone (?:is )?off'],
      ],
    },
  },
  {
    code: 'declined',
    alone: ['不行', '不了', '拒', 'no', '不用', '不要', '不需要'],
    weak: { words: ['嫌[^,;。\\s\\d]{0,4}(?:高|贵|麻烦|低|少|慢|长|短|远)'], beside: null },
    words: {
      zh: [
        // Not the question 要不要, 需不需要.
        '(?<!(?=(?<same>.)不\\k<same>).)(?:婉拒|拒绝|(?<!被)拒了|谢绝|回绝|(?<!有)(?:没有?|无|毫无|不感|暂无|不)(?:什么|贷款|融资|资金)?(?:意向|兴趣|想法|需求|意愿|需要)|不(?:弄了|搞了|考虑|要(?![打联求紧急命发老总]|再打|一直|天天|经常|频繁)|做|贷|办|想贷|想要|想办|想做|想|愿意|同意|用了|用(?=$|[\\s,;。!])|接受|打算)|没(?:接受|同意)|算了(?![\\ue000\\s]*再))',
      ],
      en: [
        ...[
          '\\bdeclined?',
          '\\brefused?',
          '\\brejected',
          '\\bno interest',
          '\\bno need',
          'not now',
        ],
        "(?:isn'?t|is not|wasn'?t|was not|\\bnot) interested",
        "does(?: not|n'?t) (?:need|want)",
        ...[
          '\\bwent (?:with|to) (?:another|a different|some other) (?:bank|lender)',
          'went elsewhere',
        ],
        ...['\\bsaid no\\b', 'turned (?:it|us|me) down'],
        'no longer (?:interested|wants?|needs?)',
        ...['\\b(?:un|dis)interested', '\\bno thanks'],
      ],
    },
  },
  {
    code: 'thinking',
    words: {
      zh: [
        '(?:需要|要|想|得|还要|还得|说)?(?:再)?(?:考虑(?:考虑|一下|下(?![周个月半])|中|看看)?|想想|想一想|商量(?:商量|一下)?|再看看吧|再看看(?=$|[\\s,;。])|看看再说|斟酌|观望|犹豫)(?!到)',
        ...['没想好', '没考虑好', '没决定', '拿不定'],
      ],
      en: [
        'thinking(?: about it| it over)?',
        'wants? to think(?: about it| it over)?',
        'think(?:s)? (?:about it|it over)',
        ...[
          'needs (?:some |more )?time',
          'considering',
          '\\bconsider(?:s)?\\b',
          '\\bmaybe',
          'undecided',
          'not sure',
        ],
      ],
    },
  },
  {
    code: 'granted',
    weak: { words: ['放了(?=\\ue000)'], beside: 'amount' },
    words: {
      zh: [
        '(?:已经?)?(?:放款|下款|放贷|发放贷款)(?:成功|完成|了)?(?!前|后|[太很]?[慢快]|时间|速度|多久|要|需|难|流程|条件|不)',
        '贷款(?:已经?)?到账',
        ...['款(?:已经?)?到账', '(?:已|钱)?到账了', '已到账', '款放了', '贷款发放了'],
        '(?:已经?)?(?<!信)用信(?![用息誉贷任])',
      ],
      en: ['granted', 'disbursed', 'paid out', 'drawn down', '(?<!self-)\\bfunded'],
    },
  },
  {
    code: 'interested',
    alone: ['接受'],
    weak: { words: ['(?<![不别还须重主只])要(?=\\ue000)'], beside: 'amount' },
    words: {
      zh: [
        '(?:想|想要|准备|打算|愿意|同意|计划|希望)(?:申请|办理?|贷款?|做|用)',
        '(?:很|挺|比较|较|非常)?(?:有|感)(?:一?点|一些|较强|强烈|明确)?(?:意向|兴趣|想法|需求|意愿|意(?![见思外义]))',
        '(?<![不别还须])要(?:办|做|贷款?)(?![理法事])',
        '(?<![不没别还须需重主只想先就快])要了(?=$|[\\s,;。!])',
        ...['意向(?:强烈?|高|明确)', '意向', '想要', '可以谈', '愿意'],
        '有?需要(?!材料|资料|提供|补|准备|问|跟|和)',
      ],
      en: ['\\b(?:interested|keen|wants?|yes\\b)', 'shows? interest', 'would like (?:a|to)\\b'],
    },
  },
  {
    code: 'applied',
    alone: ['申请'],
    words: {
      zh: [
        '(?:已经?|刚|提交了?|递交了?)申请(?:了|完成|贷款)?',
        '申请(?:已经?|了)(?:提交|递交)?了?',
        '申请(?:提交|递交|交上?去?)了',
        '提交(?:了)?(?:申请|资料|材料)',
        ...['已(?:提交|递交|进件|报件)', '进件了?', '报件了?'],
      ],
      en: [
        '\\bapplied',
        'submitted (?:(?:the|all|his|her|their) )?(?:docs?|documents|papers|application)',
        'application (?:filed|submitted|in)',
      ],
    },
  },
  {
    code: 'appointment',
    weak: {
      words: [
        '约[他她]?(?:好|了|定|在|到|见)?\\s?(?=\\ue000)',
        '\\bmeeting\\s?(?=\\ue000)',
        '(?<=\\ue000\\s?)(?:当?面谈|见面谈?)',
      ],
      beside: 'day',
    },
    words: {
      zh: [
        // Its day was taken before.
        '约(?:好|了|定|在)?[\\ue000\\s]{0,24}(?:见面|面谈|见|上门)',
        '(?:答应|同意)[\\ue000\\s]{0,24}见面',
      ],
      en: ['meeting set', 'agreed to meet'],
    },
  },
  {
    code: 'busy',
    words: {
      zh: [
        '(?:说|在|正在?|很|挺)?忙(?:着|呢)?(?![完于])',
        '(?:正?在)?开(?:会|车)',
        '没(?:有)?(?:空|时间)(?=$|[\\s,;。!])',
        '(?:现在|这会儿?|这时候?)不方便|不方便(?:接听?|说话?|讲话?)(?:电话)?(?=$|[\\s,;。!])',
      ],
      en: [
        '\\bbusy',
        'in a meeting',
        '\\bdriving',
        '\\basked (?:me|us) to (?:call|ring)(?: (?:him|her|them|back|again))*',
      ],
    },
  },
  {
    code: 'documents',
    words: {
      zh: ['(?:资料|材料)(?:已|都)?(?:收齐|交齐|齐|全)了?', '(?:收|交)齐(?:资料|材料)'],
      en: ['(?:documents?|docs|papers) (?:are )?(?:complete|collected)'],
    },
  },
  {
    code: 'in-approval',
    words: {
      zh: ['(?:正?在)?审[批核]中', '正?在审[批核]', '已?报审批了?', '送审了', '上会了'],
      en: ['in approval', 'under review'],
    },
  },
  {
    code: 'approved',
    words: {
      zh: [
        '(?<![没未不])批了',
        '批下来了?',
        '审批通过',
        '已批复?',
        '批复(?:了|\\s?(?=\\ue000))',
        '过审了?',
        '过会了(?=$|[\\s,;。!])',
        '获批',
      ],
      en: ['(?<!\\bbeing )\\b(?:got )?approved'],
    },
  },
  {
    code: 'signed',
    words: {
      zh: [
        ...[
          '签(?:约|合同|好|完)?了',
          '已经?签约?',
          '合同(?:都|也)?(?:已经?)?签(?:[好完妥]?了|[好完妥](?=$|[\\s,;。!]))',
          '合同已签',
        ],
        '(?<![来去要想约等过没不未])签约(?=$|[\\s,;。!])',
      ],
      en: ['\\b(?:contract )?signed(?: the contract)?(?! (?:for|up|in|off|by|with)\\b)'],
    },
  },
]
