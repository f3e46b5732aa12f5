import { expect, test } from 'vitest'
import { classify, FactFault } from '../../../src/features/tier-rules/classify.ts'

test('one answer for one, an array for an array', () => {
  const one = { kind: 'existing', facts: { industryClass: 'barred' } }
  expect(classify(one, 'zh')).toMatchObject({ tier: 'F', provisional: false })
  expect(classify([one, { kind: 'prospect', facts: {} }], 'zh')).toMatchObject([
    { tier: 'F' },
    { tier: 'undetermined' },
  ])
  expect(classify([], 'zh')).toEqual([])
})

test('an answer says what it looked at', () => {
  const answer = classify({ kind: 'existing', facts: { netAssets: 1 } }, 'en')
  expect(answer).toMatchObject({ missing: expect.arrayContaining(['industryClass']) })
  expect(JSON.parse(JSON.stringify(answer)).criteria).toContainEqual({
    id: 'A5',
    tier: 'A',
    label: 'net assets',
    result: 'failed',
    value: 1,
    limit: 3_000_000,
  })
})

test.each([
  [{ kind: 'existing', facts: { homeVale: 1 } }, /homeVale.*homeValue/],
  [{ kind: 'existing', facts: { age: 200 } }, /^age/],
  [{ kind: 'existing', facts: { age: 30.5 } }, /^age/],
  [{ kind: 'existing', facts: { usageRate: 1.01 } }, /^usageRate/],
  [{ kind: 'existing', facts: { usageRate: '0.5' } }, /^usageRate/],
  [{ kind: 'existing', facts: { vices: 'no' } }, /^vices/],
  [{ kind: 'existing', facts: { industryClass: 'fine' } }, /^industryClass/],
  [{ kind: 'existing', facts: { nationality: 'China' } }, /^nationality/],
  [{ kind: 'existing', facts: { creditLimit: -1 } }, /^creditLimit/],
  [
    [
      { kind: 'existing', facts: {} },
      { kind: 'lost', facts: {} },
    ],
    /^1\.kind/,
  ],
  [{ kind: 'existing' }, /input/],
  ['text', /input/],
])('%j is refused by name', (unread, message) => {
  expect(() => classify(unread, 'zh')).toThrow(FactFault)
  expect(() => classify(unread, 'zh')).toThrow(message)
})

test('a fact that is null counts as unrecorded', () => {
  expect(classify({ kind: 'prospect', facts: { age: null } }, 'zh')).toEqual(
    classify({ kind: 'prospect', facts: {} }, 'zh'),
  )
})
