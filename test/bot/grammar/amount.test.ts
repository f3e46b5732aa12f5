import fc from 'fast-check'
import { expect, test } from 'vitest'
import { amountAlone, readAmount } from '../../../src/bot/grammar/amount.ts'
import { readNumber } from '../../../src/bot/grammar/number.ts'
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
  expect(amountAlone(text)).toMatchObject({ doubt: fault })
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
  expect(readAmount(text)).toBeNull()
})

test('a bare number below a thousand is not read alone: it may mean as many 万', () => {
  expect(readAmount('50')).toBeNull()
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

test.each([
  ['５０万', 500_000],
  ['50W', 500_000],
  ['0.5m', 500_000],
  ['5千', 5_000],
  ['2万5元', 25_000],
  ['一千万', 10_000_000],
  ['CNY 500,000', 500_000],
  ['10亿', 1_000_000_000],
  ['1000000000', 1_000_000_000],
  ['10.1亿', null],
  ['50,00', null],
  ['50万3', null],
  ['50万38', null],
])('"%s" is read as %s', (text, yuan) => {
  expect(readAmount(text)).toBe(yuan)
})

test.each(['50万左右', '3万5上下'])('%s is an amount all the same', (text) => {
  expect(readAmount(text)).not.toBeNull()
})

test.each(['50万12月3日', '50万3天后', '3万5左右 周转'])('%s is more than an amount', (text) => {
  expect(amountAlone(text)).toBeNull()
})

test.each([
  '上百万',
  '5o万',
  '5oo000',
  '50或60万',
  '50、60万',
  '50万-80万',
  '50万到80万',
  '50/60万',
])('%s leaves open how much', (text) => {
  expect(amountAlone(text)).toMatchObject({ doubt: 'unclear', said: text })
})

test.each(['房贷30万', '现有贷款30万', '已在建行贷50万', '营业额200万', '欠款50万', '收入30000元'])(
  'the money of %s is spoken of and not asked for',
  (text) => {
    expect(readAmount(text)).toBeNull()
  },
)

const DIGITS = '零一二三四五六七八九'
/** 1..9999 in Chinese numerals; a gap is read 零 once. */
function spelt(value: number): string {
  const places: readonly (readonly [number, string])[] = [
    [1000, '千'],
    [100, '百'],
    [10, '十'],
    [1, ''],
  ]
  let text = ''
  let gap = false
  for (const [size, unit] of places) {
    const digit = Math.floor(value / size) % 10
    if (digit === 0) gap = text !== ''
    else {
      text += `${gap ? '零' : ''}${DIGITS[digit]}${unit}`
      gap = false
    }
  }
  return text.replace(/^一十/, '十')
}

test('every number of 万 reads back, in digits and in numerals', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9999 }), (tenThousands) => {
      const yuan = tenThousands * 10_000
      for (const text of [
        `${tenThousands}万`,
        `${tenThousands} 万元`,
        `${tenThousands}w`,
        `${spelt(tenThousands)}万`,
        `${spelt(tenThousands)}万元`,
      ]) {
        expect(readAmount(text), text).toBe(yuan)
      }
    }),
  )
})

test('every amount of whole yuan reads back with its unit, however small', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000_000 }), (yuan) => {
      for (const text of [`${yuan}元`, `¥${yuan}`, `${yuan.toLocaleString('en-US')}元`]) {
        expect(readAmount(text), text).toBe(yuan)
      }
    }),
  )
})

test('a part of a yuan is never rounded away', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.integer({ min: 1, max: 99 }),
      (yuan, cents) => {
        expect(readAmount(`${yuan}.${String(cents).padStart(2, '0')}元`)).toBeNull()
      },
    ),
  )
})

test.each(['五万万', '十百', '零零', '一五', '万', ''])(
  '"%s" is a number that no one says',
  (text) => {
    expect(readNumber(text)).toBeNull()
  },
)
