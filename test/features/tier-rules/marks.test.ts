import fc from 'fast-check'
import { expect, test } from 'vitest'
import { INDUSTRY_CODES } from '../../../src/features/registers/industries.ts'
import { codesByMark, markOf, SHIPPED_MARKS } from '../../../src/features/tier-rules/marks.ts'
import { anyMarks } from './any-standard.ts'

test.each([
  ['J66', SHIPPED_MARKS, 'barred'],
  ['J', SHIPPED_MARKS, 'barred'],
  ['H62', SHIPPED_MARKS, 'neutral'],
  [null, SHIPPED_MARKS, null],
  ['H62', { H: 'cautious' }, 'cautious'],
  ['H62', { H: 'cautious', H62: 'promising' }, 'promising'],
  ['H61', { H: 'cautious', H62: 'promising' }, 'cautious'],
  ['H', { H: 'cautious', H62: 'promising' }, 'cautious'],
  ['H', { H62: 'promising' }, null],
  ['H', { H61: 'promising', H62: 'promising' }, 'promising'],
] as const)('the industry %s by the marks %o is %s', (code, marks, mark) => {
  expect(markOf(code, marks)).toBe(mark)
})

test('the codes of each class are those of the industries that are of it', () => {
  fc.assert(
    fc.property(anyMarks, (marks) => {
      const classes = new Map(
        codesByMark(marks).flatMap(([mark, codes]) => codes.map((code) => [code, mark] as const)),
      )
      for (const code of INDUSTRY_CODES) {
        expect(classes.get(code) ?? null).toBe(markOf(code, marks))
      }
    }),
  )
})
