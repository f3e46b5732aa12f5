import { describe, expect, test } from 'vitest'
import { SHIPPED_PROSPECT } from '../../../src/features/tier-rules/shipped-prospect.ts'
import { SHIPPED_EXISTING } from '../../../src/features/tier-rules/shipped-standards.ts'
import type { Condition, Standard } from '../../../src/features/tier-rules/standard.ts'
import { faultsOf } from '../../../src/features/tiers/checks/faults.ts'

test.each([SHIPPED_EXISTING, SHIPPED_PROSPECT])(
  'nothing is wrong with what is shipped',
  (standard) => {
    expect(faultsOf(standard)).toEqual([])
  },
)

const LABEL = { zh: '条件', en: 'criterion' }

/** A standard of tiers, each with its criteria; all of them must be met. */
const of = (
  tiers: Record<string, readonly Condition[]>,
  more: Partial<Standard> = {},
): Standard => ({
  kind: 'existing',
  version: 1,
  params: {},
  assumed: {},
  ages: {},
  industries: {},
  conditions: {},
  tiers: Object.entries(tiers).map(([tier, tests]) => ({
    tier,
    when: 'all',
    criteria: tests.map((each, at) => ({
      id: `${tier}${at + 1}`,
      label: LABEL,
      test: each,
      attainable: true,
    })),
  })),
  otherwise: { none: 'none', open: 'open' },
  ladder: [],
  ...more,
})

const sales = (atLeast: number | string): Condition => ({ fact: 'annualSales', atLeast })
const usage = (by: object) => ({ fact: 'usageRate', ...by }) as Condition
const industry = (...oneOf: string[]): Condition => ({ fact: 'industryClass', oneOf })

/** Path and sentence of every fault. */
const faults = (standard: Standard) =>
  faultsOf(standard).map(({ path, because }) => `${path.join('.')}: ${because.en}`)

describe('refused, with the place', () => {
  test.each<[string, Standard, string | string[]]>([
    [
      'a loop among named conditions',
      of(
        { A: [{ use: 'x' }] },
        { conditions: { x: { any: [{ use: 'y' }, sales(1)] }, y: { use: 'x' } } },
      ),
      [
        'conditions.x: the condition x leads back to itself',
        'conditions.y: the condition y leads back to itself',
      ],
    ],
    [
      'yes or no asked of an amount',
      of({ A: [{ any: [sales(5), { fact: 'annualSales', is: true }] }] }),
      'tiers.0.criteria.0.test.any.1.is: yearly sales is no yes or no',
    ],
    [
      'a size asked of a word',
      of({ A: [{ fact: 'industryClass', atLeast: 3 }] }),
      'tiers.0.criteria.0.test: industry class is no number and has no size',
    ],
    [
      'a word that the fact never is',
      of({ A: [industry('neutral', 'fine')] }),
      'tiers.0.criteria.0.test.oneOf: industry class is never "fine"',
    ],
    [
      'months added to money',
      of({ A: [{ sum: ['savings', 'monthsOperating'], atLeast: 5 }] }),
      'tiers.0.criteria.0.test.sum: months of operation is no amount and cannot be added up',
    ],
    [
      'an amount that is assumed',
      of({ A: [sales(1)] }, { assumed: { annualSales: false } }),
      'assumed.annualSales: yearly sales is no yes or no and cannot be assumed',
    ],
    [
      'a limit out of range',
      of({ A: [usage({ atMost: 50 })] }),
      'tiers.0.criteria.0.test.atMost: the limit 50 of usage of the limit is outside 0 to 1',
    ],
    [
      'a parameter out of range',
      of({ A: [sales('least')] }, { params: { least: { value: -1, label: LABEL } } }),
      'params.least.value: the limit -1 of yearly sales is outside 0 to 1000000000000',
    ],
    [
      'a span the wrong way round',
      of({ A: [{ fact: 'age', between: [60, 25] }] }),
      'tiers.0.criteria.0.test.between: age: from is above to',
    ],
    [
      'two criteria that can never differ, however they are written',
      of({
        A: [
          { fact: 'monthsOperating', above: 11 },
          sales(1),
          { fact: 'monthsOperating', atLeast: 12 },
        ],
      }),
      'tiers.0.criteria.2: A3 and A1 can never differ',
    ],
    [
      'two tiers that can never differ',
      of({ A: [sales(500), industry('neutral')], B: [industry('neutral'), sales(500)] }),
      'tiers.1: the rules of B potential and A key can never differ',
    ],
    [
      'limits that contradict each other',
      of({ A: [usage({ above: 0.5 }), sales(1), usage({ atMost: 0.5 })] }),
      'tiers.0.criteria.2: A3 and A1 contradict each other: no client can be in A key',
    ],
    [
      'a contradiction through a named condition',
      of(
        { A: [{ use: 'barred' }, industry('neutral')] },
        { conditions: { barred: industry('barred') } },
      ),
      'tiers.0.criteria.1: A2 and A1 contradict each other: no client can be in A key',
    ],
    [
      'a tier that an earlier one takes whole',
      of({ A: [sales(100)], B: [sales(200), industry('neutral')] }),
      'tiers.1: no client can be in B potential: an earlier tier takes everybody who meets it',
    ],
    [
      'a tier that two earlier ones take between them',
      of({
        A: [usage({ below: 0.3 })],
        B: [usage({ atLeast: 0.3 }), sales(100)],
        C: [usage({ atMost: 0.9 }), sales(150)],
      }),
      'tiers.2: no client can be in C maintained: an earlier tier takes everybody who meets it',
    ],
    [
      'a sum that cannot be reached',
      of({
        A: [
          { fact: 'savings', atMost: 100 },
          { fact: 'carValue', atMost: 100 },
          { sum: ['savings', 'carValue'], atLeast: 300 },
        ],
      }),
      'tiers.0: the criteria of A key contradict each other: no client can be in it',
    ],
  ])('%s', (_what, standard, expected) => {
    expect(faults(standard)).toEqual([expected].flat())
  })
})

describe('let pass', () => {
  test.each<[string, Standard]>([
    [
      'a tier below one that asks for a fact that nobody may have recorded',
      of({ A: [sales(0)], B: [industry('neutral')] }),
    ],
    [
      'the same fact below and above a limit',
      of({ A: [usage({ above: 0.5 })], B: [usage({ atMost: 0.5 })] }),
    ],
    [
      'a tier that earlier ones take but for one value',
      of({ A: [usage({ below: 0.5 })], B: [usage({ above: 0.5 })], C: [usage({ atMost: 1 })] }),
    ],
    [
      'more cases than are followed',
      of({
        A: Array.from({ length: 9 }, (_, at) => ({
          any: [sales(at + 1), usage({ atMost: (at + 1) / 10 })],
        })),
        B: [sales(1)],
      }),
    ],
  ])('%s', (_what, standard) => {
    expect(faults(standard)).toEqual([])
  })

  test('a name that is given twice is not', () => {
    const twice = of({ A: [sales(1)], B: [usage({ atMost: 0.5 })] })
    const [first, second] = twice.tiers
    if (!first || !second) throw new Error('two tiers are wanted')
    const [criterion] = second.criteria
    if (!criterion) throw new Error('a criterion is wanted')
    criterion.id = 'A1'
    expect(faults(twice)).toEqual(['tiers.1.criteria.0.id: "A1" is taken already'])
  })
})
