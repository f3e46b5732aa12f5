import { expect, test } from 'vitest'
import {
  isQualified,
  nameEndings,
  qualifiedIn,
} from '../../../../src/features/clients/identity/qualified-name.ts'

const WANG = { name: '王芳', businessName: '隆盛制衣厂' }

test.each<[string, boolean]>([
  ['制衣厂的王芳', true],
  ['制衣厂王芳', true],
  ['隆盛的王芳', true],
  ['隆盛制衣厂王芳', true],
  ['王芳', false],
  ['厂的王芳', false],
  ['面馆的王芳', false],
  ['制衣厂的王', false],
  ['制衣厂的王芳芳', false],
])('%s means 王芳 of 隆盛制衣厂: %s', (said, means) => {
  expect(isQualified(said, WANG)).toBe(means)
  expect(means ? nameEndings(said).includes('王芳') : true).toBe(true)
})

test.each<[string, string | null]>([
  ['制衣厂的王芳 没接', '制衣厂的王芳'],
  ['改期 隆盛制衣厂王芳 下周三', '隆盛制衣厂王芳'],
  ['给制衣厂的王芳打过电话', '制衣厂的王芳'],
  ['王芳没接，制衣厂的王芳有意向', '制衣厂的王芳'],
  ['王芳 没接', null],
  ['制衣厂 王芳 没接', null],
  ['面馆的王芳 没接', null],
])('in "%s" stands %s', (text, said) => {
  expect(qualifiedIn(text, WANG)).toBe(said)
})

test('of a client without a business nothing is said beside the name', () => {
  expect(qualifiedIn('制衣厂的王芳', { name: '王芳', businessName: null })).toBeNull()
})
