import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  creditCodeOf,
  idNumberOf,
  isCreditCode,
  isIdNumber,
  organisationCodeOf,
} from '../../src/core/identity/identity-numbers.ts'
import { pinyinOf } from '../../src/core/identity/pinyin.ts'

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
  ['吕布', 'lubu', 'lb'],
  ['欧阳锋', 'ouyangfeng', 'oyf'],
  ['Tom Lee', 'tomlee', 'tl'],
])('%s is searched as %s and %s', (name, pinyin, initials) => {
  expect(pinyinOf(name)).toMatchObject({ pinyin })
  if (name !== 'Tom Lee') expect(pinyinOf(name)).toEqual({ pinyin, initials })
})

const CREDIT_CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const creditCharacters = (length: number) =>
  fc
    .array(fc.constantFrom(...CREDIT_CHARACTERS), { minLength: length, maxLength: length })
    .map((all) => all.join(''))

test('an identity number is its seventeen digits and one check character', () => {
  fc.assert(
    fc.property(digits(3), (serial) => {
      const seventeen = `00000019850615${serial}`
      const number = idNumberOf(seventeen)
      expect(number).toMatch(/^\d{17}[\dX]$/)
      expect(number.slice(0, 17)).toBe(seventeen)
      expect(isIdNumber(number)).toBe(true)
    }),
  )
})

test('any changed digit of the region or the birth year makes an identity number none', () => {
  fc.assert(
    fc.property(
      digits(3),
      fc.integer({ min: 0, max: 9 }),
      fc.integer({ min: 1, max: 9 }),
      (serial, place, shift) => {
        const changed = [...idNumberOf(`00000019850615${serial}`)]
        changed[place] = String((Number(changed[place]) + shift) % 10)
        expect(isIdNumber(changed.join(''))).toBe(false)
      },
    ),
  )
})

test('a credit code has one check character that fits, and thirty that do not', () => {
  fc.assert(
    fc.property(creditCharacters(9), (organisation) => {
      const seventeen = `91000000${organisation}`
      const fitting = [...CREDIT_CHARACTERS].filter((check) => isCreditCode(seventeen + check))
      expect(fitting.map((check) => seventeen + check)).toEqual([creditCodeOf(seventeen)])
    }),
  )
})

test.each([
  ['', 'empty'],
  ['91000000', 'too short'],
  ['91000000000000000I', 'with a letter that is left out'],
  ['9100000000000000００', 'with full-width digits'],
])('"%s" is no number of either kind: %s', (text) => {
  expect([isIdNumber(text), isCreditCode(text)]).toEqual([false, false])
})

test('a small x at the end is not the check character', () => {
  const ending = Array.from({ length: 1000 }, (_, serial) =>
    idNumberOf(`00000019850615${String(serial).padStart(3, '0')}`),
  ).find((number) => number.endsWith('X'))
  expect(isIdNumber(ending ?? '')).toBe(true)
  expect(isIdNumber(ending?.toLowerCase() ?? '')).toBe(false)
})

test('the check character of an organisation code changes with any of its digits', () => {
  fc.assert(
    fc.property(
      digits(8),
      fc.integer({ min: 0, max: 7 }),
      fc.integer({ min: 1, max: 9 }),
      (eight, place, shift) => {
        const code = organisationCodeOf(eight)
        expect(code).toMatch(/^\d{8}[\dX]$/)
        const changed = [...eight]
        changed[place] = String((Number(changed[place]) + shift) % 10)
        expect(organisationCodeOf(changed.join('')).slice(8)).not.toBe(code.slice(8))
      },
    ),
  )
})
