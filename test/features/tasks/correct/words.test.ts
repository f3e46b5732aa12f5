import { describe, expect, test } from 'vitest'
import { readOutcomes } from '../../../../src/features/tasks/phrases.ts'
import { momentOf } from '../../../support/moment.ts'

const AT = momentOf('2026-11-23T09:00:00+08:00')

function read(typed: string) {
  const reading = readOutcomes(typed, AT)
  if (reading.kind !== 'understood') return reading.kind
  return reading.input.items.map(({ task, outcome, amount, note, correction = false }) => ({
    ...{ task, outcome, amount, note, correction },
  }))
}

const said = (outcome: string, more: object = {}) => [
  { task: 1, outcome, amount: null, note: null, correction: true, ...more },
]

describe('words of correction', () => {
  test.each<[string, object]>([
    ['1 记错了，是拒绝', said('declined')],
    ['1记错了是拒绝', said('declined')],
    ['1 其实是说要考虑', said('thinking')],
    ['更正 1 拒绝', said('declined')],
    ['更正：1 拒绝 利率高', said('declined', { note: '利率高' })],
    ['1 改成有意向 30万', said('interested', { amount: 300_000 })],
    ['1 改为没接', said('no-answer')],
    ['1 不是没接，是拒绝', said('declined')],
    ['1 拒绝，刚才记错了', said('declined')],
    ['刚才说错了，1 有意向 20万', said('interested', { amount: 200_000 })],
    ['1 不对，应该是已放款 20万', said('granted', { amount: 200_000 })],
    ['that was wrong, 1 declined', said('declined')],
    ['1 was wrong, it was no answer', said('no-answer')],
    ['1 actually declined', said('declined')],
    ['1 should be interested 300k', said('interested', { amount: 300_000 })],
    ['correction: 1 granted 200k', said('granted', { amount: 200_000 })],
  ])('%s', (typed, wanted) => {
    expect(read(typed)).toEqual(wanted)
  })

  test.each<[string, string]>([
    ['1 打错了', 'wrong-number'],
    ['1 号码错了', 'wrong-number'],
    ['1 wrong number', 'wrong-number'],
    ['1 实际控制人不在 没接', 'no-answer'],
    ['1 拒绝', 'declined'],
  ])('plainly said, and no correction: %s', (typed, outcome) => {
    expect(read(typed)).toMatchObject([{ outcome, correction: false }])
  })

  test('the result of what is to be put right is asked for', () => {
    expect(read('1 记错了')).toBe('asks')
    expect(read('更正 1')).toBe('asks')
  })
})
