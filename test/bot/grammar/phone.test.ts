import fc from 'fast-check'
import { parsePhoneNumberFromString } from 'libphonenumber-js'
import { expect, test } from 'vitest'
import { normalise } from '../../../src/bot/grammar/normalise.ts'
import { readFullPhone, readPhone, sayPhone, takePhone } from '../../../src/bot/grammar/phone.ts'

test.each([
  ['13490010001', '+8613490010001'],
  ['134 9001 0001', '+8613490010001'],
  ['+86 134-9001-0001', '+8613490010001'],
  ['0571-88886666', '+8657188886666'],
  ['+852 2345 6789', '+85223456789'],
  ['12345', null],
  ['1349001000', null],
  ['李四', null],
])('%s reads as %s', (typed, phone) => {
  expect(readPhone(typed)).toBe(phone)
})

test('eleven digits of a mobile number are read without the library as the library reads them', () => {
  const mobile = fc.integer({ min: 13_000_000_000, max: 19_999_999_999 }).map(String)
  fc.assert(fc.property(mobile, (typed) => readFullPhone(typed) === readPhone(typed)))
})

test('a number is taken out of what stands around it', () => {
  expect(takePhone('李四 134 9001 0001 五金店')).toEqual({
    phone: '+8613490010001',
    rest: '李四 五金店',
  })
  expect(takePhone('李四 五金店')).toBeNull()
})

test('a masked number keeps its tail and hides its middle', () => {
  expect(sayPhone('+8613490010001', true)).toBe('134****0001')
  expect(sayPhone('+8613490010001', false)).toBe('134 9001 0001')
})

test.each([
  ['１　有意向，５０万', '1 有意向,50万'],
  ['　今日\u200b　', '今日'],
  ['1  没接 \n\n 2\t拒绝', '1 没接\n2 拒绝'],
  ['ＴＯＤＡＹ！', 'TODAY!'],
])('%j is normalised to %j', (typed, normal) => {
  expect(normalise(typed)).toBe(normal)
})

test.each([
  ['李四13490010001五金店', '+8613490010001', '李四 五金店'],
  ['李四 13490010001 3号店', '+8613490010001', '李四 3号店'],
  ['+86 134-9001-0001 李四', '+8613490010001', '李四'],
  ['8613490010001 李四', '+8613490010001', '李四'],
  ['李四 0571-88886666', '+8657188886666', '李四'],
  ['李四 +852 2345 6789', '+85223456789', '李四'],
])('of "%s" the number is %s and "%s" is kept', (text, phone, rest) => {
  expect(takePhone(text)).toEqual({ phone, rest })
})

test.each(['李四 1349001000', '李四 134900100011', '李四 23490010001', '李四 110', ''])(
  'no number is made up from "%s"',
  (text) => {
    expect(takePhone(text)).toBeNull()
  },
)

test('every mobile number reads back as it is said, and hides all but its ends where it is masked', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999_999 }), (tail) => {
      const number = `134${String(tail).padStart(8, '0')}`
      const said = sayPhone(`+86${number}`, false)
      expect(readPhone(said)).toBe(`+86${number}`)
      expect(takePhone(`李四 ${said} 五金店`)?.phone).toBe(`+86${number}`)
      expect(sayPhone(`+86${number}`, true)).toBe(`134****${number.slice(-4)}`)
    }),
  )
})

test('a number of another country is never taken for a Chinese one', () => {
  expect(takePhone('Li +49 134 9001 0001')?.phone ?? '').not.toMatch(/^\+86/)
})

test('says every mainland mobile number in the groups of the library', () => {
  const digits = fc.integer({ min: 0, max: 99_999_999 }).map((n) => `${n}`.padStart(8, '0'))
  fc.assert(
    fc.property(fc.integer({ min: 130, max: 199 }), digits, (first, rest) => {
      const e164 = `+86${first}${rest}`
      expect(sayPhone(e164, false)).toBe(parsePhoneNumberFromString(e164)?.formatNational())
    }),
  )
})
