import { describe, expect, test } from 'vitest'
import { normalise } from '../../../src/bot/grammar/normalise.ts'
import { readQuestion } from '../../../src/features/questions/read-question.ts'
import { type QuestionWords, question } from '../../../src/features/questions/rules.ts'
import { momentOf } from '../../support/moment.ts'

const AT = momentOf('2026-11-23T08:10:00+08:00')
const read = (line: string) => readQuestion(normalise(line), AT)

const list = (where: QuestionWords['where'], more: Partial<QuestionWords> = {}): QuestionWords => ({
  of: 'clients',
  as: 'list',
  where: where ?? [],
  ...more,
})
const tier = (...among: string[]) => ({ by: 'tier', among }) as const
const ends = (when: 'this-week' | { ahead: number }) => ({ by: 'credit-ends', in: when }) as const
const none: QuestionWords = { of: 'outcomes', as: 'list', by: 'manager', none: true }
const done = (more: Partial<QuestionWords>): QuestionWords => ({
  of: 'outcomes',
  as: 'count',
  ...more,
})
const tasks = (more: Partial<QuestionWords>): QuestionWords => ({
  of: 'tasks',
  as: 'list',
  ...more,
})
const payroll = (held: boolean) => ({ by: 'product', code: 'payroll', held }) as const

describe('a line asks', () => {
  test.each<[string, QuestionWords]>([
    ['A类有哪些', list([tier('A')])],
    ['A类客户有哪些？', list([tier('A')])],
    ['A类和B类客户有多少户', list([tier('A', 'B')], { as: 'count' })],
    ['看看A类有多少户', list([tier('A')], { as: 'count' })],
    ['Ａ类有哪些', list([tier('A')])],
    ['这周到期的授信', list([ends('this-week')])],
    ['快到期的客户', list([ends({ ahead: 30 })])],
    ['30天内到期的授信有哪些', list([ends({ ahead: 30 })])],
    ['这个月到期的贷款', list([{ by: 'loan-due', in: 'this-month' }])],
    ['五金市场的客户', list([], { names: ['五金市场'] })],
    ['户部巷市场的客户有几户', list([], { names: ['户部巷市场'], as: 'count' })],
    ['城东的A类客户有几个', list([tier('A')], { names: ['城东'], as: 'count' })],
    ['我的客户', list([], { whose: 'me' })],
    ['60天没联系的B类客户', list([{ by: 'uncontacted', days: 60 }, tier('B')])],
    [
      '用信低于30%的存量客户',
      list([
        { by: 'usage', is: { below: 0.3 } },
        { by: 'kind', among: ['existing'] },
      ]),
    ],
    ['用信率超过五成的客户有几个', list([{ by: 'usage', is: { above: 0.5 } }], { as: 'count' })],
    ['存款超过20万的客户', list([{ by: 'worth', of: 'deposits', is: { above: 200_000 } }])],
    [
      '贷款余额不到10万的客户有哪些',
      list([{ by: 'worth', of: 'balance', is: { below: 100_000 } }]),
    ],
    ['年收益至少5000的客户', list([{ by: 'worth', of: 'income', is: { atLeast: 5000 } }])],
    [
      'clients with deposits over 200k',
      list([{ by: 'worth', of: 'deposits', is: { above: 200_000 } }]),
    ],
    ['授信不低于50万的客户', list([{ by: 'limit', is: { atLeast: 500_000 } }])],
    ['没有代发工资的A类客户', list([tier('A'), payroll(false)])],
    ['没办代发的客户有哪些', list([payroll(false)])],
    ['有代发工资的客户', list([payroll(true)])],
    ['资料不全的客户有哪些', list([{ by: 'complete', is: false }])],
    ['没有下一步任务的客户', list([{ by: 'next-task', is: false }])],
    ['谁没有下一步', list([{ by: 'next-task', is: false }])],
    ['没下一步的客户', list([{ by: 'next-task', is: false }])],
    ['转介来的客户', list([{ by: 'source', among: ['referral'] }])],
    ['这个月新增了几个客户', list([{ by: 'entered', in: 'this-month' }], { as: 'count' })],
    ['各层有多少户', list([], { as: 'count', by: 'tier' })],
    ['按区域分布', list([], { as: 'count', by: 'region' })],
    ['A类授信一共多少', list([tier('A')], { as: 'sum' })],
    ['谁还没登记', none],
    ['今天谁没做', { ...none, when: 'today' }],
    ['谁今天没打电话', { ...none, when: 'today' }],
    ['谁这周没走访客户', { ...none, when: 'this-week', sorts: ['visit'] }],
    ['周龙今天做了什么', done({ as: 'list', names: ['周龙'], when: 'today' })],
    ['杨珍雪今天打了几个', done({ by: 'sort', names: ['杨珍雪'], when: 'today' })],
    ['我这个月走访了几个', done({ whose: 'me', sorts: ['visit'], when: 'this-month' })],
    ['我这个月完成了多少', done({ whose: 'me', by: 'sort', when: 'this-month' })],
    ['队里今天完成多少', done({ whose: 'team', by: 'sort', when: 'today' })],
    ['这周走访排名', done({ by: 'manager', most: true, sorts: ['visit'], when: 'this-week' })],
    ['这周谁走访最多', done({ by: 'manager', most: true, sorts: ['visit'], when: 'this-week' })],
    ['这周谁走访最少', done({ by: 'manager', sorts: ['visit'], when: 'this-week' })],
    [
      '上月各支行放款排名',
      done({ by: 'unit', most: true, sorts: ['granted'], when: 'last-month' }),
    ],
    ['周敏今天的任务', tasks({ names: ['周敏'], when: 'today' })],
    [
      '周敏这周的走访',
      { ...done({ as: 'list', names: ['周敏'], sorts: ['visit'], when: 'this-week' }) },
    ],
    ['哪个支行登记最多', done({ by: 'unit', most: true })],
    ['我本月完成情况', done({ whose: 'me', by: 'sort', when: 'this-month' })],
    ['每个经理这周走访了几个', done({ by: 'manager', sorts: ['visit'], when: 'this-week' })],
    ['本月业绩', done({ by: 'sort', when: 'this-month' })],
    ['本月放款多少', done({ as: 'sum', sorts: ['granted'], when: 'this-month' })],
    ['还有几个没做', tasks({ as: 'count', when: 'today' })],
    ['明天有什么', tasks({ when: 'tomorrow' })],
    ['逾期的任务有哪些', tasks({ when: 'gone-by' })],
    ['今天该联系谁', tasks({ when: 'today' })],
    ['代发工资的需求有几个', { of: 'needs', as: 'count', sorts: ['payroll'] }],
    ['本月转介有几个', { of: 'referrals', as: 'count', when: 'this-month' }],

    ['which clients are A', list([tier('A')])],
    ['how many A clients', list([tier('A')], { as: 'count' })],
    [
      'which clients are A in the hardware market',
      list([tier('A')], { names: ['hardware market'] }),
    ],
    ['A and B clients', list([tier('A', 'B')])],
    ['A clients without payroll', list([tier('A'), payroll(false)])],
    [
      'clients with usage under 30% and limit over 500k',
      list([
        { by: 'usage', is: { below: 0.3 } },
        { by: 'limit', is: { above: 500_000 } },
      ]),
    ],
    ['credit ending this week', list([ends('this-week')])],
    ['clients whose credit ends this week', list([ends('this-week')])],
    ['loans due this month', list([{ by: 'loan-due', in: 'this-month' }])],
    ["Lee's clients", list([], { names: ['Lee'] })],
    ['my clients', list([], { whose: 'me' })],
    ['clients not contacted for 60 days', list([{ by: 'uncontacted', days: 60 }])],
    [
      'prospects from referral',
      list([
        { by: 'kind', among: ['prospect'] },
        { by: 'source', among: ['referral'] },
      ]),
    ],
    ['clients by tier', list([], { as: 'count', by: 'tier' })],
    ['who has not logged today', { ...none, when: 'today' }],
    ["who hasn't called today", { ...none, when: 'today' }],
    ['what did Zhou Long do today', done({ as: 'list', names: ['Zhou Long'], when: 'today' })],
    ['how many visits this month', done({ sorts: ['visit'], when: 'this-month' })],
    [
      'who visited most this month',
      done({ by: 'manager', most: true, sorts: ['visit'], when: 'this-month' }),
    ],
    ['how am I doing this month', done({ whose: 'me', by: 'sort', when: 'this-month' })],
    ['how is my team doing today', done({ whose: 'team', by: 'sort', when: 'today' })],
    ['my numbers this month', done({ whose: 'me', by: 'sort', when: 'this-month' })],
    ['how many left today', tasks({ as: 'count', when: 'today' })],
    ['overdue tasks', tasks({ when: 'gone-by' })],
  ])('%s', (line, meant) => {
    const reading = read(line)
    expect(reading.kind).toBe('understood')
    expect('input' in reading && question.parse(reading.input)).toEqual(question.parse(meant))
  })

  test('and is asked back where it does not say when', () => {
    const reading = read('到期的客户有哪些')
    expect(reading).toMatchObject({ kind: 'asks', doubts: [{ slots: ['where.0.in'] }] })
  })
})

describe('a line that is no question, or of which a part is not understood, is not read as one', () => {
  test.each([
    // What people do, note and answer.
    '今天',
    '没接',
    '1 没接',
    '6 有意向 50万，还要办个收款码',
    '拜访了王大力',
    '客户 张三',
    '有需求',
    '没有客户',
    '新客户 测试 13900000000 五金市场',
    '客户问有多少额度',
    '客户说他有几个朋友',
    '他有几个客户要介绍',
    '把几个客户转给武永超',
    '谁知道呢',
    '几点开会',
    '多少都行',
    '什么都没有',
    '客户3次拒绝',
    '客户答谢会',
    // A negation, a condition or a time that would be left out.
    '没联系的客户',
    '今年的A类客户',
    '没做的需求',
    '开了的客户',
    '不是A类的客户',
    '有钱的客户',
    '除了A类的客户',
    '授信有哪些',
    '本月上月走访了几个',
    '用信低于300%的客户',
    'A类以外有哪些',
    // Two names, or what is no name.
    '张三今天李四做了什么',
    'client moved abroad',
    'wants a credit for his clients',
    'he has a few clients',
    'how are you',
    'which is better',
    'clients that are not A',
    'who is he',
    'what did he say',
    'how many days',
    'clients with usage under',
    'list',
    'next',
    'loans',
  ])('%s', (line) => {
    expect(read(line)).toEqual({ kind: 'no' })
  })

  test('nor is anything longer than people ask, whatever it holds', () => {
    expect(read(`A类有哪些${'，还有客户'.repeat(20)}`)).toEqual({ kind: 'no' })
    expect(read('A类有哪些\nB类有哪些')).toEqual({ kind: 'no' })
  })
})
