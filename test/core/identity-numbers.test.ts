import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  creditCodeOf,
  idNumberOf,
  isCreditCode,
  isIdNumber,
} from '../../src/core/identity-numbers.ts'
import { pinyinOf } from '../../src/core/pinyin.ts'

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((all) => all.join(''))

test('an identity number with its check character is one, and with a changed digit is none', () => {
  fc.assert(
    fc.property(
      digits(3),
      fc.integer({ min: 14, max: 16 }),
      fc.integer({ min: 1, max: 9 }),
      (serial, place, shift) => {
        const number = idNumberOf(`99000019850615${serial}`)
        expect(isIdNumber(number)).toBe(true)
        const changed = [...number]
        changed[place] = String((Number(changed[place]) + shift) % 10)
        expect(isIdNumber(changed.join(''))).toBe(false)
      },
    ),
  )
})

test('an identity number of a day that is none is none', () => {
  expect(isIdNumber(idNumberOf('99000019850231001'))).toBe(false)
})

test('the credit code of the standard’s own example is one', () => {
  expect(isCreditCode('91350100M000100Y43')).toBe(true)
})

test('a credit code with a changed character is none', () => {
  fc.assert(
    fc.property(
      digits(8),
      fc.integer({ min: 8, max: 15 }),
      fc.integer({ min: 1, max: 9 }),
      (serial, place, shift) => {
        const code = creditCodeOf(`91990000${serial}0`)
        expect(isCreditCode(code)).toBe(true)
        const changed = [...code]
        changed[place] = String((Number(changed[place]) + shift) % 10)
        expect(isCreditCode(changed.join(''))).toBe(false)
      },
    ),
  )
})

test.each([
  ['张三丰', 'zhangsanfeng', 'zsf'],
  ['单雄信', 'shanxiongxin', 'sxx'],
  ['吕布', 'lvbu', 'lb'],
  ['欧阳锋', 'ouyangfeng', 'oyf'],
  ['Tom Lee', 'tomlee', 'tl'],
])('%s is searched as %s and %s', (name, pinyin, initials) => {
  expect(pinyinOf(name)).toMatchObject({ pinyin })
  if (name !== 'Tom Lee') expect(pinyinOf(name)).toEqual({ pinyin, initials })
})
