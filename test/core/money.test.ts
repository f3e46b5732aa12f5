import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sayYuan } from '../../src/core/money.ts'

test.each([
  [0, '0元', 'CNY 0'],
  [9_999, '9,999元', 'CNY 9,999'],
  [10_000, '1万', 'CNY 10,000'],
  [10_050, '10,050元', 'CNY 10,050'],
  [10_100, '1.01万', 'CNY 10,100'],
  [99_990_000, '9999万', 'CNY 99,990,000'],
  [100_000_000, '1亿', 'CNY 100,000,000'],
  [100_010_000, '10001万', 'CNY 100,010,000'],
  [1_000_000_000, '10亿', 'CNY 1,000,000,000'],
])('%i yuan is %s in Chinese and %s in English', (yuan, zh, en) => {
  expect([sayYuan(yuan, 'zh'), sayYuan(yuan, 'en')]).toEqual([zh, en])
})

test('two different amounts are never said alike', () => {
  const amount = fc.integer({ min: 0, max: 1_000_000_000 })
  fc.assert(
    fc.property(amount, fc.integer({ min: 1, max: 100_000 }), (yuan, more) => {
      expect(sayYuan(yuan, 'zh')).not.toBe(sayYuan(yuan + more, 'zh'))
      expect(sayYuan(yuan, 'en')).not.toBe(sayYuan(yuan + more, 'en'))
    }),
  )
})
