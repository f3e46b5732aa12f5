import type { OutcomeKinds } from '../../core/outcome.ts'
import { text } from '../../core/text.ts'
import { kindsOf } from './outcome-rules.ts'
import type { Playbook, PlaybookOutcome } from './rules.ts'

type Following = Pick<PlaybookOutcome, 'next'> &
  Partial<Pick<PlaybookOutcome, 'times' | 'later' | 'asks'>>

/** A kind as it is shipped; its words with blanks (Chinese) and commas (English) between them. */
const shipped = (
  stage: PlaybookOutcome['stage'],
  label: readonly [zh: string, en: string],
  words: readonly [zh: string, en: string],
  following: Following,
): Omit<PlaybookOutcome, 'place'> => ({
  label: text(...label),
  words: { zh: words[0].split(' '), en: words[1].split(', ') },
  stage,
  asks: null,
  active: true,
  times: null,
  later: null,
  ...following,
})

const KINDS: Readonly<Record<string, Omit<PlaybookOutcome, 'place'>>> = {
  interested: shipped(
    'interested',
    ['有意向', 'interested'],
    [
      '有兴趣 感兴趣 有需求 有需要 有想法 想要 想贷 想办 想申请 想做 愿意 可以谈',
      'keen, wants, wants to apply',
    ],
    { next: { kind: 'call', after: { workdays: 3 }, priority: 70 } },
  ),
  appointment: shipped(
    'interested',
    ['约见', 'appointment'],
    ['约好见面 约了见面 约面谈 约好面谈 约了面谈 同意见面 答应见面', 'meeting set, agreed to meet'],
    { next: { kind: 'visit', after: { workdays: 1 }, priority: 80 }, asks: 'day' },
  ),
  thinking: shipped(
    'reached',
    ['再考虑', 'thinking'],
    [
      '考虑一下 考虑考虑 考虑中 想一想 想想 商量一下 再看看吧 没想好 拿不定 犹豫 观望',
      'thinking about it, considering, undecided, maybe, not sure',
    ],
    { next: { kind: 'call', after: { days: 7 }, priority: 50 } },
  ),
  'no-answer': shipped(
    'none',
    ['没接', 'no answer'],
    [
      '没人接 无人接听 未接 不接电话 没接通 没打通 打不通 无法接通 联系不上 关机 占线 无应答 没回应',
      'no reply, no response, did not answer, voicemail, unreachable',
    ],
    {
      next: { kind: 'call', after: { workdays: 1 }, priority: 40 },
      times: 3,
      later: { kind: 'call', after: { days: 14 }, priority: 30 },
    },
  ),
  busy: shipped(
    'none',
    ['在忙', 'busy'],
    [
      '正忙 很忙 说忙 忙着 在开会 正在开会 在开车 晚点打 晚点再打 晚点联系 稍后再打 等会再打 等会儿打 不方便接 不方便说话',
      'in a meeting, driving, call back later, call later, cannot talk',
    ],
    { next: { kind: 'call', after: { hours: 2 }, priority: 60 } },
  ),
  declined: shipped(
    'lost',
    ['拒绝', 'declined'],
    [
      '婉拒 谢绝 回绝 没兴趣 不感兴趣 没意向 没需求 没有需求 不需要 不考虑 不要 不想贷 不贷 不做 不办 算了',
      'refused, rejected, not interested, no interest, no need, no thanks',
    ],
    { next: { kind: 'call', after: { days: 90 }, priority: 20 } },
  ),
  applied: shipped(
    'applied',
    ['已申请', 'applied'],
    ['申请了 提交申请 提交资料 提交材料 已提交 已进件 进件 已报件 报件', 'submitted documents'],
    { next: { kind: 'other', after: { workdays: 2 }, priority: 65 } },
  ),
  documents: shipped(
    'applied',
    ['资料收齐', 'documents complete'],
    [
      '材料收齐 资料齐了 材料齐了 资料已收齐 材料已收齐 收齐资料 收齐材料 资料交齐 材料交齐 资料全了 材料全了',
      'documents collected, docs complete, papers complete',
    ],
    { next: { kind: 'other', after: { workdays: 1 }, priority: 66 } },
  ),
  'in-approval': shipped(
    'applied',
    ['审批中', 'in approval'],
    ['在审批 正在审批 审核中 已送审 送审了 已上会 上会了', 'under review, being approved'],
    { next: { kind: 'other', after: { workdays: 3 }, priority: 60 } },
  ),
  approved: shipped(
    'approved',
    ['已批', 'approved'],
    ['批了 批下来 已批复 批复了 审批通过 已过审 过审了 获批', 'got approved, approval is in'],
    { next: { kind: 'call', after: { workdays: 1 }, priority: 75 }, asks: 'amount' },
  ),
  signed: shipped(
    'signed',
    ['已签约', 'signed'],
    ['签约了 已签 签了 签好了 签完了 合同签了 合同已签', 'contract signed, has signed'],
    { next: { kind: 'other', after: { workdays: 2 }, priority: 74 } },
  ),
  granted: shipped(
    'granted',
    ['已放款', 'granted'],
    [
      '放款了 放款成功 已下款 下款了 已放贷 贷款到账 款到账 已到账 已用信',
      'disbursed, paid out, drawn down, funded',
    ],
    { next: { kind: 'care' } },
  ),
  'wrong-number': shipped(
    'none',
    ['号码不对', 'wrong number'],
    [
      '空号 停机 销号 号码错误 号码错了 电话不对 打错了 错号 不是本人 换号了',
      'not in service, invalid number',
    ],
    { next: { kind: 'other', after: { workdays: 1 }, priority: 35 } },
  ),
  'do-not-contact': shipped(
    'barred',
    ['勿扰', 'do not contact'],
    [
      '别再联系 不要再联系 别联系 不要联系 别再打 不要打扰 别打扰 免打扰 拉黑',
      'do not call, stop calling, never call, dnc',
    ],
    { next: null },
  ),
}

/** The kinds of outcome as shipped, in the order of forms. */
export const SHIPPED_OUTCOMES: Playbook['outcomes'] = Object.fromEntries(
  Object.entries(KINDS).map(([code, kind], place) => [code, { place, ...kind }]),
)

export const SHIPPED_KINDS: OutcomeKinds = kindsOf(SHIPPED_OUTCOMES)
