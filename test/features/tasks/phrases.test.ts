import { describe, expect, test } from 'vitest'
import { normalise } from '../../../src/bot/words/normalise.ts'
import { day } from '../../../src/core/time.ts'
import { chineseWorkdays } from '../../../src/core/workdays.ts'
import { OUTCOME_SHAPE, readOutcomes } from '../../../src/features/tasks/phrases.ts'
import type { OutcomeKind } from '../../../src/features/tasks/playbook.ts'

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
    ['1 要和老婆商量', 'thinking', { note: '要和老婆' }],
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
    ['3 暂时不需要', 'declined', { note: '暂时' }],
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
    ['1 有意向 几十万', 'amount'],
    ['1 有意向 50', 'amount'],
    ['1 有意向 50万或80万', 'amount'],
    ['1 有意向 -50万', 'amount'],
    ['1 有意向 2月30日', 'nextDate'],
    ['1 有意向 昨天', 'nextDate'],
    ['1 有意向 下周', 'nextDate'],
    ['1 有意向 周一', 'nextDate'],
    ['1 有意向 5月份再说', 'nextDate'],
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
      '1 拒绝; 2 没接',
      [
        [1, 'declined', null],
        [2, 'no-answer', null],
      ],
    ],
  ])('%j', (typed, expected) => {
    expect(items(typed)).toEqual(expected)
  })

  test('a doubt about two tasks is asked once and fills both', () => {
    expect(read('1、2 有意向 2月30日')).toMatchObject({
      doubts: [{ slots: ['items.0.nextDate', 'items.1.nextDate'] }],
    })
  })
})

test.each(['13800138000', '5天后联系', '3.5万', '12/3 有意向', '50万', '2026年', '100%', '今日'])(
  '"%s" is no outcome',
  (typed) => {
    expect(read(typed)).toEqual({ kind: 'no' })
  },
)
