import { describe, expect, test } from 'vitest'
import { day } from '../../../src/core/time.ts'
import { chineseWorkdays } from '../../../src/core/workdays.ts'
import { readNewClient } from '../../../src/features/clients/enter-client.ts'
import { readNeed } from '../../../src/features/needs/phrases.ts'

const workdays = chineseWorkdays()
const read = (text: string) => readNeed(text, day('2026-11-23'), workdays)
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
    ['张三 急用钱', ['product']],
    ['张三 贷款 几十万', ['amount']],
    ['张三 贷款 2月30日', ['wantedOn']],
    ['张三 急 几十万 2月30日', ['amount', 'wantedOn', 'product']],
  ])('%s asks for %j', (text, slots) => {
    const reading = read(text)
    expect(reading.kind === 'asks' && reading.doubts.flatMap((doubt) => doubt.slots)).toEqual(slots)
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
    expect(readNewClient(text.replace('，', ','))).toEqual({ kind: 'understood', input })
  })

  test.each([
    ['李四', 'phone', 'phone'],
    ['李四 12345', 'phone', 'phone'],
    ['13490010001', 'name', 'text'],
  ])('%s asks for the %s', (text, slot, expects) => {
    expect(readNewClient(text)).toMatchObject({
      kind: 'asks',
      doubts: [{ slots: [slot], expects }],
    })
  })
})
