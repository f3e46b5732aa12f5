import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readAmount, takeAmount } from '../../../src/bot/words/amount.ts'
import { readNumber } from '../../../src/bot/words/number.ts'
import { sayYuan } from '../../../src/core/money.ts'

test.each([
  ['50万', 500_000],
  ['50 万', 500_000],
  ['50万元', 500_000],
  ['五十万', 500_000],
  ['1.5百万', 1_500_000],
  ['5百万', 5_000_000],
  ['两百万', 2_000_000],
  ['500000', 500_000],
  ['500,000', 500_000],
  ['¥500,000', 500_000],
  ['50w', 500_000],
  ['500k', 500_000],
  ['1.5 million', 1_500_000],
  ['3万5', 35_000],
  ['五万五', 55_000],
  ['一百二十万', 1_200_000],
  ['一百零五万', 1_050_000],
  ['三千块', 3_000],
  ['8000', 8_000],
  ['1亿', 100_000_000],
])('%s is %i yuan', (text, yuan) => {
  expect(readAmount(text)).toBe(yuan)
})

test.each([
  ['几十万', 'unclear'],
  ['20-30万', 'unclear'],
  ['二三十万', 'unclear'],
  ['50多万', 'unclear'],
  ['xx万', 'unclear'],
  ['五万十', 'unclear'],
  ['50万万', 'unclear'],
  ['1.2.3万', 'unclear'],
  ['1234.5元', 'unclear'],
  ['0万', 'out-of-range'],
  ['-50万', 'out-of-range'],
  ['9999亿', 'out-of-range'],
])('%s is asked about: %s', (text, fault) => {
  expect(takeAmount(text)).toMatchObject({ fault, said: text })
  expect(readAmount(text)).toBeNull()
})

test.each([
  '年流水300万',
  '利率3.5%',
  '3天后',
  '2026年',
  '13800138000',
  '12/3',
  '3次',
  '千万别打',
  '60平',
  '',
])('"%s" is no amount', (text) => {
  expect(takeAmount(text)).toBeNull()
})

test('a bare number below a thousand is not read alone: it may mean as many 万', () => {
  expect(readAmount('50')).toBeNull()
})

test('what stands around an amount is kept', () => {
  expect(takeAmount('有意向50万周五再联系')).toEqual({
    yuan: 500_000,
    said: '50万',
    rest: '有意向 周五再联系',
  })
  expect(takeAmount('要50万左右 周转')).toMatchObject({ yuan: 500_000, rest: '要 周转' })
})

test('every amount that the bot says reads back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1000, max: 1_000_000_000 }), (yuan) => {
      expect(readAmount(sayYuan(yuan, 'zh'))).toBe(yuan)
      expect(readAmount(sayYuan(yuan, 'en'))).toBe(yuan)
      expect(readAmount(String(yuan))).toBe(yuan)
    }),
  )
})

test.each([
  ['十', 10],
  ['十五', 15],
  ['二百五', 250],
  ['两千五', 2500],
  ['一千零五', 1005],
  ['半', 0.5],
  ['1.5', 1.5],
  ['一五', null],
  ['五万十', null],
])('the number %s is %s', (text, value) => {
  expect(readNumber(text)).toBe(value)
})
