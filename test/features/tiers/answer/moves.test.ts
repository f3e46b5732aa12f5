import { expect, test } from 'vitest'
import { day } from '../../../../src/core/calendar/time.ts'
import { speaker } from '../../../../src/core/text.ts'
import { causeOf } from '../../../../src/features/tiers/answer/moves.ts'
import type { Move } from '../../../../src/features/tiers/answer/rules.ts'

const MOVE: Move = {
  from: 'B',
  to: 'A',
  on: day('2026-11-25'),
  version: 1,
  status: 'applied',
  approver: null,
  decidedBy: null,
  decidedOn: null,
  reason: null,
  facts: { netAssets: 3_200_000, monthsOperating: 90 },
  // Of the whole day: the bad news came after this move.
  recorded: ['maliciousOverdue', 'netAssets'],
}
const INTO_F: Move = {
  ...MOVE,
  from: 'A',
  to: 'F',
  facts: { netAssets: 3_200_000, monthsOperating: 90, maliciousOverdue: true },
}
const cause = (move: Move, before: Move | null) => causeOf(move, before, speaker('zh'), 'zh')

test.each<[string, Move, Move | null, string]>([
  ['of two moves of a day each has its own cause', INTO_F, MOVE, '恶意逾期 是'],
  ['what was recorded later that day is none', MOVE, null, '净资产 320万'],
  ['nothing recorded: whatever differs', { ...MOVE, recorded: [] }, INTO_F, '恶意逾期'],
  [
    'what was recorded comes before what the calendar changed',
    { ...INTO_F, facts: { ...INTO_F.facts, monthsOperating: 91 } },
    MOVE,
    '恶意逾期 是',
  ],
  ['a newer version is the cause', { ...INTO_F, version: 2 }, MOVE, '标准第 2 版生效'],
  ['a first tier has none', { ...MOVE, from: null }, null, ''],
])('%s', (_what, move, before, expected) => {
  expect(cause(move, before)).toBe(expected)
})
