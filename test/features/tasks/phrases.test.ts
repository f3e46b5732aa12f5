import { describe, expect, test } from 'vitest'
import { normalise } from '../../../src/bot/grammar/normalise.ts'
import { day } from '../../../src/core/calendar/time.ts'
import { chineseWorkdays } from '../../../src/core/calendar/workdays.ts'
import type { OutcomeKind } from '../../../src/features/playbook/rules.ts'
import { OUTCOME_SHAPE } from '../../../src/features/tasks/outcomes/pieces.ts'
import { readOutcomes } from '../../../src/features/tasks/phrases.ts'

const workdays = chineseWorkdays()
const read = (typed: string) => {
  const text = normalise(typed)
  return OUTCOME_SHAPE.test(text)
    ? readOutcomes(text, day('2026-11-23'), workdays)
    : ({ kind: 'no' } as const)
}

type Read = [OutcomeKind, { amount?: number; nextDate?: string; note?: string; product?: string }?]
const one = (typed: string) => {
  const reading = read(typed)
  if (reading.kind !== 'understood') return reading
  const [item] = reading.input.items
  return item
}

describe('one line', () => {
  test.each<[string, ...Read]>([
    ['1 有意向 50万 周五再联系', 'interested', { amount: 500_000, nextDate: '2026-11-27' }],
    ['１　有意向　５０万　周五再联系', 'interested', { amount: 500_000, nextDate: '2026-11-27' }],
    ['1有意向50万周五再联系', 'interested', { amount: 500_000, nextDate: '2026-11-27' }],
    ['1.有意向', 'interested'],
    ['1、有意向，五十万，后天', 'interested', { amount: 500_000, nextDate: '2026-11-25' }],
    ['第1件 有兴趣', 'interested'],
    ['1 很感兴趣', 'interested'],
    [
      '1 感兴趣，要30万，周四上午过去',
      'interested',
      { amount: 300_000, nextDate: '2026-11-26', note: '上午过去' },
    ],
    ['1 想申请 50万', 'interested', { amount: 500_000 }],
    ['1 准备申请', 'interested'],
    ['1 同意申请 100万 12/3', 'interested', { amount: 1_000_000, nextDate: '2026-12-03' }],
    ['1 有意向 流贷 20万', 'interested', { product: 'working-capital-loan', amount: 200_000 }],
    ['1 有意向 1.5百万 12月3日', 'interested', { amount: 1_500_000, nextDate: '2026-12-03' }],
    ['1 有意向 500000', 'interested', { amount: 500_000 }],
    ['1 有意向 流水300万', 'interested', { note: '流水300万' }],
    ['1 有意向 利率3.5% 50万', 'interested', { amount: 500_000, note: '利率3.5%' }],
    ['1 有意向，还没申请', 'interested', { note: '还没申请' }],
    ['1 张三 有意向 50万', 'interested', { amount: 500_000, note: '张三' }],
    ['1 interested 500k Friday', 'interested', { amount: 500_000, nextDate: '2026-11-27' }],
    ['1 考虑一下', 'thinking'],
    ['1 再考虑考虑', 'thinking'],
    ['1 要和老婆商量', 'thinking', { note: '要和老婆商量' }],
    ['1 没想好', 'thinking'],
    ['1 需要考虑 下周三', 'thinking', { nextDate: '2026-12-02' }],
    ['1 thinking call in 2 weeks', 'thinking', { nextDate: '2026-12-07' }],
    ['2 没接', 'no-answer'],
    ['2没接', 'no-answer'],
    ['2 没接电话', 'no-answer'],
    ['2 未接', 'no-answer'],
    ['2 没人接 下午再打', 'no-answer', { note: '下午再打' }],
    ['2 不接', 'no-answer'],
    ['2 打不通 明天再打', 'no-answer', { nextDate: '2026-11-24' }],
    ['2 关机', 'no-answer'],
    ['2 没接 3 次', 'no-answer', { note: '3 次' }],
    ['2 no answer', 'no-answer'],
    ["2 didn't answer", 'no-answer'],
    ['3 拒绝 利率高', 'declined', { note: '利率高' }],
    ['3 拒绝，利率高', 'declined', { note: '利率高' }],
    ['3 没兴趣', 'declined'],
    ['3 不感兴趣', 'declined'],
    ['3 没有意向', 'declined'],
    ['3 不考虑', 'declined'],
    ['3 不需要', 'declined'],
    ['3 暂时不需要', 'declined', { note: '暂时不需要' }],
    ['3 不接受', 'declined'],
    ['3 算了', 'declined'],
    ['3 not interested', 'declined'],
    ['3 declined rate too high', 'declined', { note: 'rate too high' }],
    ['4 已申请', 'applied'],
    ['4 申请了', 'applied'],
    ['4 申请', 'applied'],
    ['4 已进件', 'applied'],
    ['4 已申请 等放款', 'applied', { note: '等放款' }],
    ['4 已申请 补材料 后天', 'applied', { note: '补材料', nextDate: '2026-11-25' }],
    ['4 applied', 'applied'],
    ['5 已放款 30万', 'granted', { amount: 300_000 }],
    ['5 granted 300k', 'granted', { amount: 300_000 }],
    ['6 空号', 'wrong-number'],
    ['6 号码不对', 'wrong-number'],
    ['6 打错了', 'wrong-number'],
    ['6 wrong number', 'wrong-number'],
    ['7 勿扰 客户投诉', 'do-not-contact', { note: '客户投诉' }],
    ['7 别再打了', 'do-not-contact'],
    ['7 不要再联系', 'do-not-contact'],
    ['7 do not contact', 'do-not-contact'],
    ['1 有一点意向', 'interested'],
    ['1 意向强烈', 'interested'],
    ['1 有意向！', 'interested'],
    ['1 挺感兴趣的', 'interested'],
    ['1 愿意办 30万', 'interested', { amount: 300_000 }],
    ['1 需要50万周转', 'interested', { amount: 500_000, product: 'working-capital-loan' }],
    ['1 想贷50万', 'interested', { amount: 500_000 }],
    ['1 老客户 有意向续贷 50万', 'interested', { amount: 500_000, note: '老客户 续贷' }],
    [
      '1 有意向 张总 50万 下周三下午2点见',
      'interested',
      { amount: 500_000, nextDate: '2026-12-02', note: '张总 下午2点见' },
    ],
    ['1 有意向50万12月3日', 'interested', { amount: 500_000, nextDate: '2026-12-03' }],
    ['1 有意向50万3天后', 'interested', { amount: 500_000, nextDate: '2026-11-26' }],
    ['1 有意向 2万5', 'interested', { amount: 25_000 }],
    ['1 有意向 ５０Ｗ，１２／３', 'interested', { amount: 500_000, nextDate: '2026-12-03' }],
    ['1 有意向；５０万；周五。', 'interested', { amount: 500_000, nextDate: '2026-11-27' }],
    ['1有意向/50万/周五', 'interested', { amount: 500_000, nextDate: '2026-11-27' }],
    ['1 有意向 ￥500，000', 'interested', { amount: 500_000 }],
    ['1 有意向 20261203', 'interested', { nextDate: '2026-12-03' }],
    ['1 有意向 20261203 50万', 'interested', { amount: 500_000, nextDate: '2026-12-03' }],
    ['1 有意向 明天周二', 'interested', { nextDate: '2026-11-24' }],
    ['1 有意向 12月3日周四', 'interested', { nextDate: '2026-12-03' }],
    ['1 有意向 周四 12/3 50w', 'interested', { amount: 500_000, nextDate: '2026-12-03' }],
    ['1 有意向 周五 2-4点', 'interested', { nextDate: '2026-11-27', note: '2-4点' }],
    ['1 有意向 12月3日10点', 'interested', { nextDate: '2026-12-03', note: '10点' }],
    ['1 有意向 下周一', 'interested', { nextDate: '2026-11-30' }],
    ['1 有意向 本周一', 'interested', { nextDate: '2026-11-23' }],
    ['1 有意向 50万 36期 年化4.2%', 'interested', { amount: 500_000, note: '36期 年化4.2%' }],
    ['1 有意向 现有贷款30万', 'interested', { note: '现有贷款30万' }],
    ['1 有意向 年流水200万 要50万', 'interested', { amount: 500_000, note: '年流水200万' }],
    ['1 有意向 3个员工', 'interested', { note: '3个员工' }],
    ['1 有意向 新手机134 9001 0001', 'interested', { note: '新手机13490010001' }],
    ['1 有意向 房抵贷 200万', 'interested', { product: 'mortgage-loan', amount: 2_000_000 }],
    ['1 有意向 POS机', 'interested', { product: 'pos' }],
    ['1 有意向，想办信用卡', 'interested', { product: 'credit-card' }],
    ['1 interested, 300k, call Friday', 'interested', { amount: 300_000, nextDate: '2026-11-27' }],
    [
      '1 interested CNY 500,000 on Friday',
      'interested',
      { amount: 500_000, nextDate: '2026-11-27' },
    ],
    ['1 INTERESTED 200K', 'interested', { amount: 200_000 }],
    [
      '1 interested equipment loan 300k',
      'interested',
      { product: 'equipment-loan', amount: 300_000 },
    ],
    [
      '1 interested mortgage loan 1.5 million',
      'interested',
      { product: 'mortgage-loan', amount: 1_500_000 },
    ],
    ['1 interested credit card', 'interested', { product: 'credit-card' }],
    ['1 interested Thu Dec 3', 'interested', { nextDate: '2026-12-03' }],
    ['1 interested on the 5th', 'interested', { nextDate: '2026-12-05' }],
    ['1 yes, next Fri', 'interested', { nextDate: '2026-12-04' }],
    ['1 wants to think', 'thinking'],
    ['1 还没想好', 'thinking', { note: '还没想好' }],
    ['1 再考虑 两个星期后再打', 'thinking', { nextDate: '2026-12-07' }],
    ['1 再考虑 12月底', 'thinking', { nextDate: '2026-12-31' }],
    ['1 maybe', 'thinking'],
    ['2 没接，明天再打', 'no-answer', { nextDate: '2026-11-24' }],
    ['2 王总没接，周五再打', 'no-answer', { nextDate: '2026-11-27', note: '王总没接' }],
    ['2 打了3次没接', 'no-answer', { note: '打了3次没接' }],
    ['2 无法接通', 'no-answer'],
    ['2 正在通话中', 'no-answer'],
    ['2 不在服务区', 'no-answer'],
    ['2 没接...', 'no-answer'],
    ['2 没接！！！', 'no-answer'],
    ['2）没接', 'no-answer'],
    ['②没接', 'no-answer'],
    ['2 没接 24号', 'no-answer', { nextDate: '2026-11-24' }],
    ['2 没接，不是拒绝', 'no-answer', { note: '不是拒绝' }],
    ['2 didnt pick up', 'no-answer'],
    ['2 busy, call tomorrow', 'no-answer', { nextDate: '2026-11-24' }],
    ['3 接了，没兴趣', 'declined', { note: '接了' }],
    ['3 嫌利率高，算了', 'declined', { note: '嫌利率高' }],
    ['3 没什么兴趣', 'declined'],
    ['3 不接受这个利率', 'declined', { note: '这个利率' }],
    ['3 拒绝 已在建行贷50万', 'declined', { note: '已在建行贷50万' }],
    ['3 拒绝 房贷30万', 'declined', { note: '房贷30万' }],
    ['3 uninterested', 'declined'],
    ['3 no longer interested', 'declined'],
    ['3 no', 'declined'],
    [
      '4 已申请 50万 流贷 周五补材料',
      'applied',
      {
        amount: 500_000,
        product: 'working-capital-loan',
        nextDate: '2026-11-27',
        note: '补材料',
      },
    ],
    ['4 申请了50万', 'applied', { amount: 500_000 }],
    ['4 周五已进件', 'applied', { nextDate: '2026-11-27' }],
    ['5 今天已放款', 'granted', { nextDate: '2026-11-23' }],
    ['5 贷款已到账', 'granted'],
    ['5 已用信 30万', 'granted', { amount: 300_000 }],
    ['6 停机了', 'wrong-number'],
    ['6 不是本人', 'wrong-number'],
    ['6 number not in service', 'wrong-number', { note: 'number' }],
    ['7 不要再打', 'do-not-contact'],
    ['7 投诉 别打了', 'do-not-contact', { note: '投诉' }],
    ['7 dont call', 'do-not-contact'],
    ['1 拒接', 'no-answer'],
    ['1 拒接了 明天再打', 'no-answer', { nextDate: '2026-11-24' }],
    ['1 rejected my call', 'no-answer', {}],
    ['1 无应答', 'no-answer'],
    ['1 昨天没接 周五再打', 'no-answer', { nextDate: '2026-11-27', note: '昨天没接' }],
    ['1 昨天没接', 'no-answer', { note: '昨天没接' }],
    ['1 昨晚打的没接，明天再打', 'no-answer', { nextDate: '2026-11-24', note: '昨晚打的没接' }],
    ['1 前天说考虑 下周一再问', 'thinking', { nextDate: '2026-11-30', note: '前天说考虑 再问' }],
    ['1 有意向 50万以内', 'interested', { amount: 500_000, note: '以内' }],
    ['1 有意向 最多50万', 'interested', { amount: 500_000, note: '最多' }],
    ['1 有意向 100w以上', 'interested', { amount: 1_000_000, note: '以上' }],
    ['1 30万 有意向', 'interested', { amount: 300_000 }],
    ['1 有意', 'interested'],
    ['1 想贷', 'interested'],
    ['1 有兴趣 让发资料', 'interested', { note: '让发资料' }],
    ['1 微信联系了 有意向', 'interested', { note: '微信联系了' }],
    ['1 有意向 20.5万', 'interested', { amount: 205_000 }],
    ['1 有意向 1千万', 'interested', { amount: 10_000_000 }],
    ['1 有意向 200000元', 'interested', { amount: 200_000 }],
    ['1 利率太高不做', 'declined', { note: '利率太高不做' }],
    ['1 不贷了', 'declined'],
    ['1 不需要谢谢', 'declined', { note: '谢谢' }],
    ['1 没需求', 'declined'],
    ['1 老板娘说不要', 'declined', { note: '老板娘说不要' }],
    ['1 考虑中', 'thinking'],
    ['1 考虑 20号给答复', 'thinking', { nextDate: '2026-12-20', note: '给答复' }],
    ['1 已加微信，考虑', 'thinking', { note: '已加微信' }],
    ['1 申请已提交', 'applied'],
    ['2 停机', 'wrong-number'],
    ['2 空号!!', 'wrong-number'],
    ['2 换号了', 'wrong-number'],
    ['2 别打了', 'do-not-contact'],
    ['2 stop calling me', 'do-not-contact', { note: 'me' }],
    ['2号没接', 'no-answer'],
    ['2:没接', 'no-answer'],
    ['2 没接 2天后', 'no-answer', { nextDate: '2026-11-25' }],
    ['2 没接 两天后再打', 'no-answer', { nextDate: '2026-11-25' }],
    ['2 没接 5号', 'no-answer', { nextDate: '2026-12-05' }],
    ['2 没接 下礼拜一', 'no-answer', { nextDate: '2026-11-30' }],
    ['2 没接 下下周一', 'no-answer', { nextDate: '2026-12-07' }],
    ['2 没接 月底', 'no-answer', { nextDate: '2026-11-30' }],
    ['2 没接 下月初', 'no-answer', { nextDate: '2026-12-01' }],
    ['2 没接 12-3', 'no-answer', { nextDate: '2026-12-03' }],
    ['2 没接 明儿', 'no-answer', { nextDate: '2026-11-24' }],
    ['2 没接 过3天', 'no-answer', { nextDate: '2026-11-26' }],
    ['2 没接 一周后', 'no-answer', { nextDate: '2026-11-30' }],
    ['2 没接 半个月后', 'no-answer', { nextDate: '2026-12-08' }],
    ['2 没接 周天', 'no-answer', { nextDate: '2026-11-29' }],
    ['2 没接 礼拜五', 'no-answer', { nextDate: '2026-11-27' }],
    ['2 打了两次都没接', 'no-answer', { note: '打了两次都没接' }],
    ['1 都没接', 'no-answer', {}],
    ['3 要30万，先考虑下', 'thinking', { amount: 300_000, note: '先考虑下' }],
    ['1 有意向五十万明天见', 'interested', { amount: 500_000, nextDate: '2026-11-24' }],
    ['5 有意向100万 12.5见', 'interested', { amount: 1_000_000, nextDate: '2026-12-05' }],
    ['1 没接 备注 在开会', 'no-answer', { note: '在开会' }],
    ['2 打过了，他说考虑考虑', 'thinking', { note: '打过了,他说考虑考虑' }],
    ["3 he's interested, 500k, fri", 'interested', { amount: 500_000, nextDate: '2026-11-27' }],
    ['1 no ans', 'no-answer', {}],
    ['2 没打通', 'no-answer'],
    ['2 通话中', 'no-answer'],
  ])('%s', (typed, outcome, more = {}) => {
    const rest = { amount: null, product: null, nextDate: null, note: null, ...more }
    expect(one(typed)).toEqual({ task: expect.any(Number), outcome, ...rest })
  })
})

describe('what is uncertain is asked', () => {
  test.each<[string, string]>([
    ['1', 'outcome'],
    ['1 客户在开会', 'outcome'],
    ['1 有没有意向', 'outcome'],
    ['1 不是没兴趣', 'outcome'],
    ['1 没拒绝', 'outcome'],
    ['1 没接触过', 'outcome'],
    ['1 有意见', 'outcome'],
    ['1 还没放款', 'outcome'],
    ['1 等放款', 'outcome'],
    ['1 申请被拒', 'outcome'],
    ['1 有意向 但老婆不同意', 'outcome'],
    ['1 不需要 勿扰', 'outcome'],
    ['1 不要打电话 周五再说', 'outcome'],
    ['1 不太感兴趣', 'outcome'],
    ['1 不怎么感兴趣', 'outcome'],
    ['1 不是很感兴趣', 'outcome'],
    ['1 没多大意向', 'outcome'],
    ['1 没有任何意向', 'outcome'],
    ['1 没有贷款意向', 'outcome'],
    ['1 不太愿意', 'outcome'],
    ['1 意向一般', 'outcome'],
    ['1 意向不明', 'outcome'],
    ['1 兴趣不大', 'outcome'],
    ['1 有兴趣吗', 'outcome'],
    ['1 有需要再联系', 'outcome'],
    ['1 以后有需求再说', 'outcome'],
    ['1 如果有意向会打来', 'outcome'],
    ['1 没说不考虑', 'outcome'],
    ['1 不是不需要', 'outcome'],
    ['1 不用考虑', 'outcome'],
    ['1 感不感兴趣没说', 'outcome'],
    ['1 问要不要抵押', 'outcome'],
    ['1 问需不需要担保', 'outcome'],
    ['1 不要紧', 'outcome'],
    ['1 没接到电话', 'outcome'],
    ['1 没接过贷款', 'outcome'],
    ['1 没接单', 'outcome'],
    ['1 没接?', 'outcome'],
    ['1 老板没回来', 'outcome'],
    ['1 未回款', 'outcome'],
    ['1 没关机', 'outcome'],
    ['1 不是空号', 'outcome'],
    ['1 没申请', 'outcome'],
    ['1 申请 被拒', 'outcome'],
    ['1 已申请，没通过', 'outcome'],
    ['1 申请被拒了', 'outcome'],
    ['1 周五提交资料', 'outcome'],
    ['1 还没到账', 'outcome'],
    ['1 周五放款', 'outcome'],
    ['1 快放款了', 'outcome'],
    ['1 问什么时候放款', 'outcome'],
    ['1 嫌放款慢', 'outcome'],
    ['1 他行已放款50万', 'outcome'],
    ['1 查了信用信息', 'outcome'],
    ['1 上午别打电话', 'outcome'],
    ['1 最近不要联系', 'outcome'],
    ['1 not really interested', 'outcome'],
    ["1 isn't interested", 'outcome'],
    ['1 is he interested', 'outcome'],
    ['1 wants nothing', 'outcome'],
    ['1 not yet applied', 'outcome'],
    ['1 not granted yet', 'outcome'],
    ['1 not the wrong number', 'outcome'],
    ['1 no idea yet', 'outcome'],
    ['1 self-funded', 'outcome'],
    ['1 有意向 几十万', 'amount'],
    ['1 有意向 50', 'amount'],
    ['1 有意向 50万或80万', 'amount'],
    ['1 有意向 -50万', 'amount'],
    ['1 有意向 0万', 'amount'],
    ['1 有意向 20亿', 'amount'],
    ['1 有意向 5o万', 'amount'],
    ['1 有意向 上百万', 'amount'],
    ['1 有意向 30到50万', 'amount'],
    ['1 有意向 50、60万', 'amount'],
    ['1 有意向 50万-80万', 'amount'],
    ['1 有意向 他行有30万贷款 想再要50万', 'amount'],
    ['1 有意向 50 周五再联系', 'amount'],
    ['2 没接 24', 'amount'],
    ['1 interested 50', 'amount'],
    ['1 interested 50-80k', 'amount'],
    ['1 有意向 2月30日', 'nextDate'],
    ['1 有意向 昨天', 'nextDate'],
    ['1 有意向 下周', 'nextDate'],
    ['1 有意向 周一', 'nextDate'],
    ['1 有意向 5月份再说', 'nextDate'],
    ['1 有意向 11月20日', 'nextDate'],
    ['1 有意向 13月1日', 'nextDate'],
    ['1 有意向 27/11', 'nextDate'],
    ['1 有意向 星期一', 'nextDate'],
    ['1 有意向 过两天', 'nextDate'],
    ['1 有意向 过几天', 'nextDate'],
    ['1 有意向 50万 元旦后', 'nextDate'],
    ['1 有意向 周四或周五', 'nextDate'],
    ['1 有意向 12月3日或5日', 'nextDate'],
    ['1 有意向 明天周三', 'nextDate'],
    ['1 有意向 12月3日周五', 'nextDate'],
    ['1 interested Monday', 'nextDate'],
    ['1 interested Feb 30', 'nextDate'],
    ['1 interested Friday or Saturday', 'nextDate'],
    ['1 Mr Sun interested', 'nextDate'],
    ['1 直接挂了', 'outcome'],
    ['1 挂断', 'outcome'],
    ['1 按掉了', 'outcome'],
    ['1 接了就挂', 'outcome'],
    ['1 mj', 'outcome'],
    ['1 没人', 'outcome'],
    ['1 不在', 'outcome'],
    ['1 在开会 晚点打', 'outcome'],
    ['1 说忙，下午再打', 'outcome'],
    ['1 在外地 下周三回来', 'outcome'],
    ['1 回头联系', 'outcome'],
    ['1 等通知', 'outcome'],
    ['1 有点意思', 'outcome'],
    ['1 可以', 'outcome'],
    ['1 好的', 'outcome'],
    ['1 要', 'outcome'],
    ['1 要50万', 'outcome'],
    ['1 下周二 要30万', 'outcome'],
    ['1 先了解利率', 'outcome'],
    ['1 嫌贵', 'outcome'],
    ['1 再看看', 'outcome'],
    ['1 以后再说', 'outcome'],
    ['1 已经贷了', 'outcome'],
    ['1 办好了', 'outcome'],
    ['1 批了50万', 'outcome'],
    ['1 放了50万', 'outcome'],
    ['1 号码是别人的', 'outcome'],
    ['1 去世了', 'outcome'],
    ['1 倒闭了', 'outcome'],
    ['1 投诉了', 'outcome'],
    ['1 骂人', 'outcome'],
    ['1 家人接的', 'outcome'],
    ['1 加了微信', 'outcome'],
    ['1 不缺钱', 'outcome'],
    ['1 没戏', 'outcome'],
    ['1 不续贷', 'outcome'],
    ['1 续贷50万', 'outcome'],
    ['1 想提额到80万', 'outcome'],
    ['1 答应周五来签', 'outcome'],
    ['1 约了周五面谈', 'outcome'],
    ['1 hung up', 'outcome'],
    ['1 rang out', 'outcome'],
    ['1 approved', 'outcome'],
    ['1 int 500k', 'outcome'],
    ['1 有意向 五十来万', 'amount'],
    ['1 想要个三五十万', 'amount'],
    ['1 想贷款30', 'amount'],
    ['1 没接 12.3', 'amount'],
    ['1 没接 周末', 'nextDate'],
    ['1 没接 国庆后', 'nextDate'],
    ['1 暂时不考虑 明年再说', 'nextDate'],
  ])('%s: %s', (typed, field) => {
    expect(read(typed)).toMatchObject({ kind: 'asks', doubts: [{ slots: [`items.0.${field}`] }] })
  })

  test('and the rest of the line is kept', () => {
    expect(read('1 有意向 50万 2月30日 带材料')).toMatchObject({
      input: {
        items: [
          { task: 1, outcome: 'interested', amount: 500_000, nextDate: null, note: '带材料' },
        ],
      },
    })
  })

  test('one doubt after the other', () => {
    const reading = read('1 有意向 几十万 昨天')
    expect(reading.kind === 'asks' && reading.doubts.map(({ slots }) => slots)).toEqual([
      ['items.0.amount'],
      ['items.0.nextDate'],
    ])
  })
})

describe('several at once', () => {
  const items = (typed: string) => {
    const reading = read(typed)
    return (
      reading.kind === 'understood' &&
      reading.input.items.map(({ task, outcome, note }) => [task, outcome, note])
    )
  }
  test.each<[string, unknown]>([
    [
      '1 没接\n2 有意向\n3 拒绝 利率高',
      [
        [1, 'no-answer', null],
        [2, 'interested', null],
        [3, 'declined', '利率高'],
      ],
    ],
    [
      '1 没接 2 没接 3 拒绝 利率高',
      [
        [1, 'no-answer', null],
        [2, 'no-answer', null],
        [3, 'declined', '利率高'],
      ],
    ],
    [
      '1、2 没接',
      [
        [1, 'no-answer', null],
        [2, 'no-answer', null],
      ],
    ],
    [
      '1-3 没接',
      [
        [1, 'no-answer', null],
        [2, 'no-answer', null],
        [3, 'no-answer', null],
      ],
    ],
    ['1 有意向\n他老婆管钱', [[1, 'interested', '他老婆管钱']]],
    [
      '1，3没接，2拒绝',
      [
        [1, 'no-answer', null],
        [3, 'no-answer', null],
        [2, 'declined', null],
      ],
    ],
    [
      '第1件没接，第2件拒绝 利率高',
      [
        [1, 'no-answer', null],
        [2, 'declined', '利率高'],
      ],
    ],
    [
      '1没接2没接3拒绝',
      [
        [1, 'no-answer', null],
        [2, 'no-answer', null],
        [3, 'declined', null],
      ],
    ],
    [
      '1 没接 2、3 拒绝',
      [
        [1, 'no-answer', null],
        [2, 'declined', null],
        [3, 'declined', null],
      ],
    ],
    [
      '1, 2 and 3 no answer',
      [
        [1, 'no-answer', null],
        [2, 'no-answer', null],
        [3, 'no-answer', null],
      ],
    ],
    [
      '1到2没接 4 已申请',
      [
        [1, 'no-answer', null],
        [2, 'no-answer', null],
        [4, 'applied', null],
      ],
    ],
    [
      '1 没接 2 次\n3 有意向',
      [
        [1, 'no-answer', '2 次'],
        [3, 'interested', null],
      ],
    ],
    [
      '1 拒绝; 2 没接',
      [
        [1, 'declined', null],
        [2, 'no-answer', null],
      ],
    ],
  ])('%j', (typed, expected) => {
    expect(items(typed)).toEqual(expected)
  })

  test('every line keeps its own amount, day and doubt', () => {
    expect(read('1 有意向 50万 周五\n\n2 有意向 几十万 周四\n3 客户在开会')).toMatchObject({
      input: {
        items: [
          { task: 1, amount: 500_000, nextDate: '2026-11-27' },
          { task: 2, amount: null, nextDate: '2026-11-26' },
          { task: 3, outcome: null, note: '客户在开会' },
        ],
      },
      doubts: [{ slots: ['items.1.amount'] }, { slots: ['items.2.outcome'] }],
    })
  })

  test('an amount with a number stuck to it is neither raised by it nor given to another task', () => {
    expect(read('1没接2有意向50万3拒绝')).toMatchObject({
      input: {
        items: [
          { task: 1, amount: null },
          { task: 2, outcome: null, amount: 500_000 },
        ],
      },
      doubts: [{ slots: ['items.1.outcome'] }],
    })
  })

  test('a doubt about two tasks is asked once and fills both', () => {
    expect(read('1、2 有意向 2月30日')).toMatchObject({
      doubts: [{ slots: ['items.0.nextDate', 'items.1.nextDate'] }],
    })
  })
})

test.each([
  '13800138000',
  '5天后联系',
  '3.5万',
  '3,5万',
  '500,000',
  '12/3 有意向',
  '50万',
  '2026年',
  '100%',
  '今日',
])('"%s" is no outcome', (typed) => {
  expect(read(typed)).toEqual({ kind: 'no' })
})
