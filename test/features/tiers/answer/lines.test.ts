import { expect, test } from 'vitest'
import { decideTier } from '../../../../src/features/tier-rules/rules.ts'
import { SHIPPED_EXISTING } from '../../../../src/features/tier-rules/shipped-standards.ts'
import { lostOf } from '../../../../src/features/tiers/answer/lines.ts'

test.each<[string, string | null, string[]]>([
  ['what is no longer met of a better tier', 'A', ['A5', 'A7']],
  ['what only nobody recorded is not lost', 'C', ['C2']],
  ['nothing of a tier that adverse facts lead to', 'F', []],
  ['nothing of a first tier', null, []],
])('why a client left: %s', (_what, from, expected) => {
  const decision = decideTier(SHIPPED_EXISTING, {
    industryClass: 'neutral',
    monthsOperating: 60,
    stableHome: true,
    creditLimit: 400_000,
    netAssets: 1_000_000,
    debtRatio: 0.9,
  })
  expect(decision.tier).toBe('D')
  expect(lostOf(decision, from, SHIPPED_EXISTING.ladder).map(({ id }) => id)).toEqual(expected)
})
