import fc from 'fast-check'
import { expect, test } from 'vitest'
import { normalise } from '../../../src/bot/grammar/normalise.ts'

test.each([
  ['０１２３４５６７８９', '0123456789'],
  ['ＡＢＣａｂｃ', 'ABCabc'],
  ['１，２；３：４！５？（６）％', '1,2;3:4!5?(6)%'],
  ['一、二。三', '一、二。三'],
  ['￥５００', '¥500'],
  ['①没接', '1没接'],
  ['“没接”', '"没接"'],
  ['didn’t answer', "didn't answer"],
  ['1–3 没接', '1-3 没接'],
  ['1—3 没接', '1-3 没接'],
  ['1　　没接', '1 没接'],
  ['1\u00a0没接', '1 没接'],
  ['1\t没接', '1 没接'],
  ['1\u200b没接\ufeff', '1没接'],
  ['1 没接\r\n2 没接', '1 没接\n2 没接'],
  ['1 没接 \n\n\n 2 没接', '1 没接\n2 没接'],
  ['　\n　', ''],
])('%j becomes %j', (typed, text) => {
  expect(normalise(typed)).toBe(text)
})

test('what is normal already stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (typed) => {
      const once = normalise(typed)
      expect(normalise(once)).toBe(once)
    }),
  )
})

test('no line begins or ends with a blank, and none is empty', () => {
  const typed = fc
    .array(fc.constantFrom('1', '没接', ' ', '　', '\t', '\n', '\r\n', '，'), { maxLength: 30 })
    .map((parts) => parts.join(''))
  fc.assert(
    fc.property(typed, (text) => {
      const normal = normalise(text)
      if (normal === '') return
      for (const line of normal.split('\n')) expect(line).toMatch(/^\S(?:.*\S)?$/)
    }),
  )
})
