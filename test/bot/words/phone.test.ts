import { expect, test } from 'vitest'
import { normalise } from '../../../src/bot/words/normalise.ts'
import { readPhone, sayPhone, takePhone } from '../../../src/bot/words/phone.ts'

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
