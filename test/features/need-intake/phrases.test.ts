import { describe, expect, test } from 'vitest'
import { readSlot } from '../../../src/bot/grammar/answer.ts'
import { normalise } from '../../../src/bot/grammar/normalise.ts'
import { SHIPPED_PRODUCTS, takeProduct } from '../../../src/features/catalogue/rules.ts'
import { NEW_CLIENT_PHRASES } from '../../../src/features/intake/phrases.ts'
import { NEED_PHRASES } from '../../../src/features/need-intake/phrases.ts'
import { momentOf } from '../../support/moment.ts'
import { lineReaderOf, readerOf } from '../../support/said.ts'

const AT = momentOf('2026-11-23T09:00:00+08:00')
const read = readerOf(NEED_PHRASES, AT)
const readClient = readerOf(NEW_CLIENT_PHRASES, AT)
const NOTHING = {
  named: '张三',
  product: null,
  amount: null,
  wantedOn: null,
  urgency: 'soon',
  note: null,
}

describe('a need', () => {
  test.each([
    [
      '张三 结算卡 下月 急',
      { product: 'settlement-card', wantedOn: '2026-12-01', urgency: 'urgent' },
    ],
    ['张三 流贷 20万', { product: 'working-capital-loan', amount: 200_000 }],
    ['张三 信用卡 不急', { product: 'credit-card', urgency: 'some-day' }],
    ['张三 保险 12月3日', { product: 'insurance', wantedOn: '2026-12-03' }],
    [
      '张三 贷款 100万 月底 进货用',
      {
        product: 'working-capital-loan',
        amount: 1_000_000,
        wantedOn: '2026-11-30',
        note: '进货用',
      },
    ],
    ['张三 代发 近期', { product: 'payroll', urgency: 'soon' }],
    [
      '张三 settlement card next month urgent',
      { product: 'settlement-card', wantedOn: '2026-12-01', urgency: 'urgent' },
    ],
  ])('%s', (text, found) => {
    expect(read(text)).toEqual({ kind: 'understood', input: { ...NOTHING, ...found } })
  })

  test.each([
    ['李四 需求 代发 下周三', { named: '李四', product: 'payroll', wantedOn: '2026-12-02' }],
    ['张三要办POS机', { product: 'pos' }],
    ['张三想办结算卡和代发', { product: 'settlement-card', also: ['payroll'] }],
    ['Mary Brown wants a card terminal', { named: 'Mary Brown', product: 'pos' }],
  ])('is said behind whose it is: %s', (text, found) => {
    const line = lineReaderOf(NEED_PHRASES, AT, ['张三', '李四', 'Mary Brown'])
    expect(line(text)).toEqual({ kind: 'understood', input: { ...NOTHING, ...found } })
  })

  test.each(['张三要20万', '张三 有意向 结算卡', '张三要办结算卡，没接电话', '张三不要结算卡'])(
    'what came of a call is none: %s',
    (text) => {
      expect(lineReaderOf(NEED_PHRASES, AT, ['张三'])(text).kind).toBe('no')
    },
  )

  test('is of the one name in it, wherever that stands', () => {
    const named = readerOf(NEED_PHRASES, AT, ['李四'])
    expect(named('100万 房抵贷 李四')).toMatchObject({
      kind: 'understood',
      input: { named: '李四', amount: 1_000_000, product: 'mortgage-loan', note: null },
    })
  })

  test.each([
    ['张三 结算卡？', ['product']],
    ['张三 急用钱', ['product']],
    ['张三 不要结算卡', ['product']],
    ['张三 没有贷款需求', ['product']],
    ['张三 流贷 50', ['amount']],
    ['张三 贷款 几十万', ['amount']],
    ['张三 贷款 2月30日', ['wantedOn']],
    ['张三 急 几十万 2月30日', ['amount', 'wantedOn', 'product']],
  ])('%s asks for %j', (text, slots) => {
    const reading = read(text)
    expect(reading.kind === 'asks' && reading.doubts.flatMap((doubt) => doubt.slots)).toEqual(slots)
  })

  test.each([
    ['张三 结算卡 代发工资 下月', 'settlement-card', { also: ['payroll'], wantedOn: '2026-12-01' }],
    [
      '张三 结算卡、收单和保险 急',
      'settlement-card',
      { also: ['pos', 'insurance'], urgency: 'urgent' },
    ],
    [
      '张三 流贷 50万 还有 代发 30人',
      'working-capital-loan',
      { also: ['payroll'], amount: 500_000, note: '30人' },
    ],
    ['Li loan 300k and payroll', 'working-capital-loan', { also: ['payroll'], amount: 300_000 }],
    ['张三 流贷 50万 不要保险', 'working-capital-loan', { amount: 500_000, note: '不要保险' }],
    ['张三 流贷 存款多', 'working-capital-loan', { note: '存款多' }],
  ])('%s names several products, or seems to', (text, product, found) => {
    const named = text.split(' ')[0]
    const input = { ...NOTHING, named, product, ...found }
    expect(read(text)).toEqual({ kind: 'understood', input })
  })

  test('a name alone is not a need yet', () => {
    expect(read('张三')).toEqual({ kind: 'no' })
  })
})

describe('a new client', () => {
  test.each([
    ['李四 13490010001 五金店', { name: '李四', phone: '+8613490010001', businessName: '五金店' }],
    ['李四 五金店 13490010001', { name: '李四', phone: '+8613490010001', businessName: '五金店' }],
    ['李四，134 9001 0001', { name: '李四', phone: '+8613490010001', businessName: null }],
    [
      '李四 0571-88886666 顺发 五金店',
      { name: '李四', phone: '+8657188886666', businessName: '顺发 五金店' },
    ],
  ])('%s', (text, input) => {
    expect(readClient(text)).toEqual({ kind: 'understood', input })
  })

  test.each([
    ['李四', 'phone', 'phone'],
    ['李四 12345', 'phone', 'phone'],
    ['13490010001', 'name', 'text'],
  ])('%s asks for the %s', (text, slot, expects) => {
    expect(readClient(text)).toMatchObject({
      kind: 'asks',
      doubts: [{ slots: [slot], expects }],
    })
  })
})

describe('how a need is said', () => {
  test.each([
    ['张三 流贷 50w 周五', 'working-capital-loan', 500_000, '2026-11-27', 'soon', null],
    ['张三 房抵贷 200万 不急', 'mortgage-loan', 2_000_000, null, 'some-day', null],
    ['张三 设备贷款 30万', 'equipment-loan', 300_000, null, 'soon', null],
    ['张三 买设备 80万 下周', 'equipment-loan', 800_000, '2026-11-30', 'soon', null],
    ['张三 信用贷款 30万', 'credit-line', 300_000, null, 'soon', null],
    ['张三 贷款 50万 年化3.5%', 'working-capital-loan', 500_000, null, 'soon', '年化3.5%'],
    ['张三 大额存单 100万 年底前', 'wealth', 1_000_000, '2026-12-31', 'soon', null],
    ['张三 开户 明天', 'settlement-card', null, '2026-11-24', 'soon', null],
    ['张三 POS机 尽快', 'pos', null, null, 'urgent', null],
    ['张三 代发工资 30人 本月', 'payroll', null, '2026-11-30', 'soon', '30人'],
    ['张三 不太急 流贷', 'working-capital-loan', null, null, 'some-day', null],
    ['张三 理财 以后再说', 'wealth', null, null, 'some-day', null],
    ['张三　流贷　５０万', 'working-capital-loan', 500_000, null, 'soon', null],
    ['Li payroll 30 staff soon', 'payroll', null, null, 'soon', '30 staff'],
    ['Li working capital loan 300k asap', 'working-capital-loan', 300_000, null, 'urgent', null],
    ['Li loan 300000 next Friday', 'working-capital-loan', 300_000, '2026-12-04', 'soon', null],
    ['Li insurance not urgent', 'insurance', null, null, 'some-day', null],
  ])('%s', (typed, product, amount, wantedOn, urgency, note) => {
    const text = normalise(typed)
    const named = text.split(' ')[0]
    expect(read(text)).toEqual({
      kind: 'understood',
      input: { named, product, amount, wantedOn, urgency, note },
    })
  })

  test.each([
    ['张三 流贷 30-50万', 'amount', null],
    ['张三 流贷 5o万', 'amount', null],
    ['张三 流贷 0万 进货', 'amount', '进货'],
    ['张三 流贷 2月30日 进货', 'wantedOn', '进货'],
    ['张三 流贷 昨天', 'wantedOn', null],
    ['张三 流贷 周一', 'wantedOn', null],
    ['张三 流贷 周四、周五', 'wantedOn', null],
    ['张三 50万', 'product', null],
  ])('%s asks for the %s and keeps the rest', (typed, slot, note) => {
    expect(read(normalise(typed))).toMatchObject({
      kind: 'asks',
      input: { named: '张三', [slot]: null, note },
      doubts: [{ slots: [slot] }],
    })
  })

  test.each(
    SHIPPED_PRODUCTS.flatMap(({ code, words }) => words.map((word) => [word, code] as const)),
  )('"%s" is %s, within a need and as an answer', (word, code) => {
    expect(takeProduct(SHIPPED_PRODUCTS, `要 ${word.toUpperCase()} 急`)?.product.code).toBe(code)
    const asked = read('张三 急')
    const [doubt] = asked.kind === 'asks' ? asked.doubts : []
    const answer = doubt && readSlot(doubt.expects, word, AT)
    expect(answer).toBe(code)
  })

  test('no word stands for two products', () => {
    const words = SHIPPED_PRODUCTS.flatMap((product) => product.words)
    expect(new Set(words).size).toBe(words.length)
  })
})
