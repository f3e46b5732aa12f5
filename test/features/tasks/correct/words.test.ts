import { describe, expect, test } from 'vitest'
import { OUTCOME_PHRASES, readOutcomes } from '../../../../src/features/tasks/phrases.ts'
import { momentOf } from '../../../support/moment.ts'
import { lineReaderOf } from '../../../support/said.ts'

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

describe('what names nothing puts the last outcome right', () => {
  const said = lineReaderOf(OUTCOME_PHRASES, AT)

  test.each<[string, object]>([
    ['改成拒绝', { outcome: 'declined' }],
    ['改成有意向 30万', { outcome: 'interested', amount: 300_000 }],
    ['刚才那个记错了，是拒绝 利率高', { outcome: 'declined', note: '利率高' }],
    ['上一个改成考虑', { outcome: 'thinking' }],
    ['that was wrong, it was no answer', { outcome: 'no-answer' }],
  ])('%s', (typed, item) => {
    const items = [{ last: true, correction: true, ...item }]
    expect(said(typed)).toMatchObject({ kind: 'understood', input: { items } })
  })

  test.each(['刚才那个记错了', '说错了', 'that was wrong'])('%s asks for what it was', (typed) => {
    expect(said(typed)).toMatchObject({ kind: 'asks', doubts: [{ slots: ['items.0.outcome'] }] })
  })

  test.each(['改成周五', '改成30万', '其实他有意向', '改为每周三', '搞错了，客户是王五'])(
    '%s says no outcome',
    (typed) => expect(said(typed).kind).toBe('no'),
  )
})
