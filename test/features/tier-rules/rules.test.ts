import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  FACT_NAMES,
  FACTS,
  type FactName,
  type Facts,
  INDUSTRY_CLASSES,
} from '../../../src/features/tier-rules/facts.ts'
import { decideTier } from '../../../src/features/tier-rules/rules.ts'
import { SHIPPED_PROSPECT } from '../../../src/features/tier-rules/shipped-prospect.ts'
import { SHIPPED_EXISTING } from '../../../src/features/tier-rules/shipped-standards.ts'
import { standardSchema } from '../../../src/features/tier-rules/standard.ts'

const existing = (facts: Facts) => decideTier(SHIPPED_EXISTING, facts)
const prospect = (facts: Facts) => decideTier(SHIPPED_PROSPECT, facts)

const HOME = { ownsHomeInProvince: true, homeValue: 300_000 }
const BASE: Facts = { industryClass: 'neutral', monthsOperating: 12, stableHome: true }
/** Everything tier A asks for, just so. */
const KEY: Facts = {
  industryClass: 'neutral',
  separateFinances: true,
  soundGovernance: true,
  monthsOperating: 36,
  generalTaxpayer: true,
  netAssets: 3_000_000,
  annualSales: 5_000_000,
  debtRatio: 0.7,
  annualInvoiced: 3_000_000,
  creditLimit: 800_000,
}
/** No A, for certain. */
const NO_KEY: Facts = { generalTaxpayer: false }

describe('existing clients', () => {
  test.each<[string, Facts, string]>([
    ['A just so', KEY, 'A'],
    [
      'A and C both hold at exactly 800 000 above 50 %: A',
      { ...KEY, ...HOME, usageRate: 0.6 },
      'A',
    ],
    ['a month short of 36', { ...KEY, ...HOME, monthsOperating: 35, usageRate: 0.2 }, 'B'],
    ['a debt ratio above 70 %', { ...KEY, ...HOME, debtRatio: 0.701, usageRate: 0.2 }, 'B'],
    [
      'B at 500 000 and 50 %',
      { ...BASE, ...NO_KEY, ...HOME, creditLimit: 500_000, usageRate: 0.5 },
      'B',
    ],
    [
      '500 000 above 50 % is neither B nor C',
      { ...BASE, ...NO_KEY, ...HOME, creditLimit: 500_000, usageRate: 0.51 },
      'D',
    ],
    [
      'C above 500 000 and above 50 %',
      { ...BASE, ...NO_KEY, ...HOME, creditLimit: 500_001, usageRate: 0.51 },
      'C',
    ],
    ['C at 800 000', { ...BASE, ...NO_KEY, ...HOME, creditLimit: 800_000, usageRate: 0.51 }, 'C'],
    [
      'above 800 000 and above 50 % without A',
      { ...BASE, ...NO_KEY, ...HOME, creditLimit: 800_001, usageRate: 0.51 },
      'D',
    ],
    ['D at 12 months', { ...BASE, ...NO_KEY, creditLimit: 100_000, usageRate: 0.2 }, 'D'],
    [
      '11 months',
      {
        ...BASE,
        ...NO_KEY,
        monthsOperating: 11,
        creditLimit: 100_000,
        offersCollateral: false,
        usageRate: 0,
      },
      'unclassified',
    ],
    [
      'no stable home',
      { ...BASE, ...NO_KEY, stableHome: false, creditLimit: 100_000, usageRate: 0 },
      'unclassified',
    ],
    ['barred industry', { ...KEY, industryClass: 'barred' }, 'F'],
    ['cautious industry with a clean record', { ...KEY, industryClass: 'cautious' }, 'E'],
    ['cautious industry with vices', { ...KEY, industryClass: 'cautious', vices: true }, 'F'],
    [
      'cautious industry with major litigation',
      { ...KEY, industryClass: 'cautious', majorLitigation: true },
      'F',
    ],
    ['in decline', { ...KEY, trendDeclining: true }, 'E'],
    [
      'in decline with major litigation is no E',
      { ...KEY, trendDeclining: true, majorLitigation: true },
      'A',
    ],
    ['named by marketing', { ...KEY, namedByMarketing: true }, 'E'],
    ['named by both: risk comes first', { ...KEY, namedByMarketing: true, namedByRisk: true }, 'F'],
  ])('%s', (_why, facts, tier) => {
    expect(existing(facts).tier).toBe(tier)
  })

  test.each([
    'creditPoorHighRisk',
    'maliciousOverdue',
    'judgmentDebtor',
    'evadingDebt',
    'loanLoss',
    'restructuredNotRepaying',
    'transferredNotRepaying',
    'namedByRisk',
  ] as const)('%s leads to F, whatever else holds', (fact) => {
    expect(existing({ ...KEY, [fact]: true })).toMatchObject({ tier: 'F', provisional: false })
  })

  const HOUSED = { ...NO_KEY, industryClass: 'neutral', creditLimit: 500_000, usageRate: 0.5 }
  test.each<[string, Facts, boolean]>([
    ['own home in the province worth 300 000', { monthsOperating: 12, ...HOME }, true],
    [
      'worth a yuan less, and nothing besides',
      { monthsOperating: 12, ...HOME, homeValue: 299_999, savings: 0, carValue: 0, policyValue: 0 },
      false,
    ],
    [
      'a: title in the family, mortgage paid for 12 months',
      { monthsOperating: 12, titleHeldByFamily: true, mortgageMonthsPaid: 12 },
      true,
    ],
    [
      'a: 11 months of mortgage',
      { monthsOperating: 12, titleHeldByFamily: true, mortgageMonthsPaid: 11, carValue: 0 },
      false,
    ],
    [
      'b: mortgage under 12 months, car worth 100 000',
      { monthsOperating: 12, mortgageMonthsPaid: 11, carValue: 100_000 },
      true,
    ],
    [
      'b: at 12 months of mortgage',
      { monthsOperating: 12, mortgageMonthsPaid: 12, carValue: 100_000 },
      false,
    ],
    [
      'c: no title deed, market value 500 000',
      { monthsOperating: 12, homeHasTitleDeed: false, homeMarketValue: 500_000 },
      true,
    ],
    [
      'c: with 11 months of operation',
      { monthsOperating: 11, homeHasTitleDeed: false, homeMarketValue: 500_000 },
      false,
    ],
    [
      'd: collateral at 70 % after 3 months',
      { monthsOperating: 3, offersCollateral: true, collateralLtv: 0.7 },
      true,
    ],
    [
      'd: after 2 months',
      { monthsOperating: 2, offersCollateral: true, collateralLtv: 0.7 },
      false,
    ],
    ['d: above 70 %', { monthsOperating: 3, offersCollateral: true, collateralLtv: 0.71 }, false],
    [
      'e: 100 000 of home and 200 000 of savings',
      { monthsOperating: 12, homeValue: 100_000, savings: 200_000 },
      true,
    ],
    [
      'e: all four below 300 000',
      {
        monthsOperating: 12,
        homeValue: 100_000,
        savings: 100_000,
        carValue: 50_000,
        policyValue: 49_999,
      },
      false,
    ],
    [
      'e: a home above 300 000 that is not owned',
      { monthsOperating: 12, homeValue: 300_001, ownsHomeInProvince: false },
      false,
    ],
  ])('housing condition, %s: %s', (_why, facts, holds) => {
    const decided = existing({ ...HOUSED, ...facts })
    expect(decided.tier === 'B').toBe(holds)
  })

  test('the sum in e is open while a part is missing', () => {
    const decided = existing({
      ...HOUSED,
      monthsOperating: 12,
      homeValue: 100_000,
      savings: 100_000,
    })
    expect(decided.tier).toBe('unclassified')
    expect(decided.missing).toEqual(expect.arrayContaining(['carValue', 'policyValue']))
    expect(decided.missing).not.toContain('savings')
  })

  test('adverse facts count as absent until recorded, and the answer says which', () => {
    const { assumed, missing } = existing(KEY)
    expect(assumed).toEqual(expect.arrayContaining(['vices', 'maliciousOverdue', 'namedByRisk']))
    expect(missing).toEqual([])
    expect(existing({ ...KEY, vices: false }).assumed).not.toContain('vices')
  })

  test('is provisional while a rule of higher precedence is open, and names what is missing', () => {
    const facts = { ...BASE, ...HOME, creditLimit: 900_000, usageRate: 0.2, monthsOperating: 50 }
    expect(existing(facts)).toMatchObject({ tier: 'B', provisional: true })
    expect(existing(facts).missing).toEqual([
      'separateFinances',
      'soundGovernance',
      'generalTaxpayer',
      'netAssets',
      'annualSales',
      'debtRatio',
      'annualInvoiced',
    ])
    expect(existing({ ...facts, ...NO_KEY })).toMatchObject({ provisional: false, missing: [] })
  })

  test('an unknown industry leaves everything provisional', () => {
    const { industryClass: _, ...facts } = KEY
    expect(existing(facts)).toMatchObject({
      tier: 'A',
      provisional: true,
      missing: ['industryClass'],
    })
  })

  test('an open rule of lower precedence leaves a tier final', () => {
    expect(existing(KEY)).toMatchObject({ tier: 'A', provisional: false })
  })
})

describe('what would lift a client', () => {
  const next = (facts: Facts) => {
    const step = existing(facts).next
    return step && [step.tier, step.needs.map(({ id }) => id)]
  }
  test.each<[string, Facts, ReturnType<typeof next>]>([
    [
      'from B to A: what A still asks',
      { ...KEY, ...HOME, usageRate: 0.1, debtRatio: 0.8 },
      ['A', ['A7']],
    ],
    [
      'from C to B: less usage',
      { ...BASE, ...NO_KEY, ...HOME, creditLimit: 600_000, usageRate: 0.8 },
      ['B', ['B3']],
    ],
    [
      'from D to C: a higher limit',
      { ...BASE, ...NO_KEY, ...HOME, creditLimit: 500_000, usageRate: 0.8 },
      ['C', ['C2']],
    ],
    [
      'from D past C, which wants a lower limit',
      { ...BASE, ...NO_KEY, ...HOME, creditLimit: 900_000, usageRate: 0.8 },
      ['B', ['B3']],
    ],
    ['from unclassified to D', { ...BASE, stableHome: false }, ['D', ['D2']]],
    ['from E: what must end', { ...KEY, trendDeclining: true }, ['A', ['E2']]],
    ['from F: what must end', { ...KEY, loanLoss: true }, ['A', ['F6']]],
    ['from A nowhere', KEY, null],
  ])('%s', (_why, facts, expected) => {
    expect(next(facts)).toEqual(expected)
  })
})

describe('prospects', () => {
  const ORDINARY: Facts = {
    operatesBusiness: true,
    hasStablePremises: true,
    nationality: 'CN',
    age: 25,
    fullCivilCapacity: true,
    criminalRecord: false,
    openCivilDefendantLarge: false,
    vices: false,
    industryClass: 'cautious',
    goodCredit: true,
  }
  const PREMIUM: Facts = {
    ...ORDINARY,
    monthsOperating: 24,
    industryClass: 'promising',
    premisesInPrimeDistrict: true,
    homeInPrimeArea: true,
  }
  test.each<[string, Facts, string, boolean]>([
    ['premium just so', PREMIUM, 'premium', false],
    ['ordinary where premium fails', { ...PREMIUM, monthsOperating: 23 }, 'ordinary', false],
    [
      'ordinary and provisional where premium is open',
      { ...PREMIUM, homeInPrimeArea: null },
      'ordinary',
      true,
    ],
    ['60 years old', { ...PREMIUM, age: 60 }, 'premium', false],
    ['61 years old', { ...PREMIUM, age: 61 }, 'none', false],
    ['24 years old', { ...PREMIUM, age: 24 }, 'none', false],
    ['of another nationality', { ...PREMIUM, nationality: 'SG' }, 'none', false],
    ['with a criminal record', { ...PREMIUM, criminalRecord: true }, 'none', false],
    ['in a barred industry', { ...PREMIUM, industryClass: 'barred' }, 'none', false],
    ['with one thing failed and all else open', { goodCredit: false }, 'none', false],
    ['of whom nothing is known', {}, 'undetermined', true],
  ])('%s', (_why, facts, tier, provisional) => {
    expect(prospect(facts)).toMatchObject({ tier, provisional })
  })

  test('nothing is assumed: an unrecorded vice leaves the class open', () => {
    const decided = prospect({ ...ORDINARY, industryClass: 'neutral', vices: null })
    expect(decided).toMatchObject({ tier: 'undetermined', missing: ['vices'], assumed: [] })
  })
})

const anyValue = (name: (typeof FACT_NAMES)[number]): fc.Arbitrary<boolean | number | string> => {
  if (name === 'nationality') return fc.constantFrom('CN', 'SG')
  if (name === 'industryClass') return fc.constantFrom(...INDUSTRY_CLASSES)
  const takes = (value: unknown) => FACTS[name][0].safeParse(value).success
  if (takes(true)) return fc.boolean()
  if (!takes(2)) return fc.constantFrom(0, 0.5, 0.51, 0.7, 0.71, 1)
  if (!takes(5000)) return fc.constantFrom(2, 3, 11, 12, 24, 25, 36, 60)
  return fc.constantFrom(0, 100_000, 300_000, 500_000, 500_001, 800_000, 3_000_000, 5_000_000)
}
const complete: fc.Arbitrary<Facts> = fc.record(
  Object.fromEntries(FACT_NAMES.map((name) => [name, anyValue(name)])),
)
const partial = fc.tuple(complete, fc.subarray(FACT_NAMES)).map(([facts, kept]) => ({
  facts,
  known: Object.fromEntries(kept.map((name) => [name, facts[name]])) as Facts,
}))

describe.each([
  ['existing', SHIPPED_EXISTING],
  ['prospect', SHIPPED_PROSPECT],
] as const)('any %s client', (_kind, standard) => {
  test('a tier that is not provisional stays, whatever is recorded besides', () => {
    fc.assert(
      fc.property(partial, ({ facts, known }) => {
        const early = decideTier({ ...standard, assumed: {} }, known)
        if (early.provisional) return
        expect(decideTier({ ...standard, assumed: {} }, facts).tier).toBe(early.tier)
      }),
      { numRuns: 2000 },
    )
  })

  test('with every fact recorded nothing is provisional or missing', () => {
    fc.assert(
      fc.property(complete, (facts) => {
        expect(decideTier(standard, facts)).toMatchObject({
          provisional: false,
          missing: [],
          assumed: [],
        })
      }),
    )
  })
})

test('with every fact recorded the tier is the one that the rules say in plain words', () => {
  const byHand = (facts: Facts): string => {
    const is = (name: FactName) => facts[name] === true
    const n = (name: FactName) => Number(facts[name])
    const year = n('monthsOperating') >= 12
    const clean = !is('maliciousOverdue') && !is('majorLitigation') && !is('vices')
    const adverse: FactName[] = [
      'creditPoorHighRisk',
      'maliciousOverdue',
      'judgmentDebtor',
      'evadingDebt',
      'loanLoss',
      'restructuredNotRepaying',
      'transferredNotRepaying',
      'namedByRisk',
    ]
    if (adverse.some((name) => is(name)) || facts.industryClass === 'barred') return 'F'
    if (facts.industryClass === 'cautious' && !clean) return 'F'
    if (
      clean &&
      (is('trendDeclining') || facts.industryClass === 'cautious' || is('namedByMarketing'))
    )
      return 'E'
    const key =
      is('separateFinances') &&
      is('soundGovernance') &&
      n('monthsOperating') >= 36 &&
      is('generalTaxpayer') &&
      n('netAssets') >= 3e6 &&
      n('annualSales') >= 5e6 &&
      n('debtRatio') <= 0.7 &&
      n('annualInvoiced') >= 3e6 &&
      n('creditLimit') >= 8e5
    if (key) return 'A'
    const housed =
      (year && is('ownsHomeInProvince') && n('homeValue') >= 3e5) ||
      (year && is('titleHeldByFamily') && n('mortgageMonthsPaid') >= 12) ||
      (year && n('mortgageMonthsPaid') < 12 && n('carValue') >= 1e5) ||
      (year && !is('homeHasTitleDeed') && n('homeMarketValue') >= 5e5) ||
      (n('monthsOperating') >= 3 && is('offersCollateral') && n('collateralLtv') <= 0.7) ||
      (year &&
        n('homeValue') <= 3e5 &&
        n('homeValue') + n('savings') + n('carValue') + n('policyValue') >= 3e5)
    if (housed && n('creditLimit') >= 5e5 && n('usageRate') <= 0.5) return 'B'
    if (housed && n('creditLimit') > 5e5 && n('creditLimit') <= 8e5 && n('usageRate') > 0.5)
      return 'C'
    return year && is('stableHome') ? 'D' : 'unclassified'
  }
  fc.assert(
    fc.property(complete, (facts) => {
      const quiet = {
        ...facts,
        creditPoorHighRisk: false,
        judgmentDebtor: false,
        evadingDebt: false,
        loanLoss: false,
        restructuredNotRepaying: false,
        transferredNotRepaying: false,
      }
      expect(existing(facts).tier).toBe(byHand(facts))
      expect(existing(quiet).tier).toBe(byHand(quiet))
    }),
    { numRuns: 3000 },
  )
})

describe('a standard', () => {
  test.each([SHIPPED_EXISTING, SHIPPED_PROSPECT])(
    'as shipped is what the schema asks of one',
    (standard) => {
      expect(standardSchema.parse(JSON.parse(JSON.stringify(standard)))).toEqual(standard)
    },
  )

  const withTest = (condition: unknown) => {
    const copy = JSON.parse(JSON.stringify(SHIPPED_PROSPECT))
    copy.tiers[0].criteria[0].test = condition
    return standardSchema.safeParse(copy)
  }
  test.each([
    ['a fact that is none', { fact: 'foo', is: true }],
    ['a parameter that is none', { fact: 'netAssets', atLeast: 'noSuch' }],
    ['a condition that is none', { all: [{ use: 'noSuch' }] }],
    ['a negation', { not: { fact: 'vices', is: true } }],
    ['an empty tree', { all: [] }],
  ])('with %s is refused', (_what, condition) => {
    expect(withTest(condition).success).toBe(false)
  })
})
