import { describe, expect, test } from 'vitest'
import type { FactName, Facts, FactValue } from '../../../src/features/tier-rules/facts.ts'
import { decideTier } from '../../../src/features/tier-rules/rules.ts'
import { SHIPPED_PROSPECT } from '../../../src/features/tier-rules/shipped-prospect.ts'
import { SHIPPED_EXISTING } from '../../../src/features/tier-rules/shipped-standards.ts'

// Each criterion of the bank's own text, at its limit and a step beyond it, all else holding.

const PREMIUM: Facts = {
  operatesBusiness: true,
  hasStablePremises: true,
  nationality: 'CN',
  age: 40,
  fullCivilCapacity: true,
  criminalRecord: false,
  openCivilDefendantLarge: false,
  vices: false,
  industryClass: 'promising',
  goodCredit: true,
  monthsOperating: 24,
  premisesInPrimeDistrict: true,
  homeInPrimeArea: true,
}

describe('a prospect that is premium but for one fact', () => {
  test.each<[FactName, FactValue, string]>([
    ['operatesBusiness', false, 'none'],
    ['hasStablePremises', false, 'none'],
    ['nationality', 'HK', 'none'],
    ['age', 25, 'premium'],
    ['age', 24, 'none'],
    ['age', 60, 'premium'],
    ['age', 61, 'none'],
    ['fullCivilCapacity', false, 'none'],
    ['criminalRecord', true, 'none'],
    ['openCivilDefendantLarge', true, 'none'],
    ['vices', true, 'none'],
    ['goodCredit', false, 'none'],
    ['industryClass', 'barred', 'none'],
    ['industryClass', 'cautious', 'ordinary'],
    ['industryClass', 'neutral', 'ordinary'],
    ['monthsOperating', 23, 'ordinary'],
    ['premisesInPrimeDistrict', false, 'ordinary'],
    ['homeInPrimeArea', false, 'ordinary'],
  ])('%s %s: %s', (fact, value, tier) => {
    expect(decideTier(SHIPPED_PROSPECT, { ...PREMIUM, [fact]: value })).toMatchObject({
      tier,
      provisional: false,
    })
  })

  test.each(Object.keys(PREMIUM) as FactName[])('%s unknown leaves the class open', (fact) => {
    const { tier, provisional, missing } = decideTier(SHIPPED_PROSPECT, {
      ...PREMIUM,
      [fact]: null,
    })
    const ofPremium = ['monthsOperating', 'premisesInPrimeDistrict', 'homeInPrimeArea']
    expect(tier).toBe(ofPremium.includes(fact) ? 'ordinary' : 'undetermined')
    expect({ provisional, missing }).toEqual({ provisional: true, missing: [fact] })
  })
})

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
  usageRate: 0.5,
  ownsHomeInProvince: true,
  homeValue: 300_000,
  stableHome: true,
}
const existing = (facts: Facts) => decideTier(SHIPPED_EXISTING, { ...KEY, ...facts })

describe('a key client but for one fact', () => {
  test.each<[FactName, FactValue, string]>([
    ['separateFinances', false, 'B'],
    ['soundGovernance', false, 'B'],
    ['monthsOperating', 35, 'B'],
    ['generalTaxpayer', false, 'B'],
    ['netAssets', 2_999_999, 'B'],
    ['annualSales', 4_999_999, 'B'],
    ['debtRatio', 0.7001, 'B'],
    ['annualInvoiced', 2_999_999, 'B'],
    ['creditLimit', 799_999, 'B'],
    ['industryClass', 'promising', 'A'],
    ['industryClass', 'cautious', 'E'],
    ['industryClass', 'barred', 'F'],
    ['usageRate', 1, 'A'],
    ['ownsHomeInProvince', false, 'A'],
    ['trendDeclining', true, 'E'],
    ['namedByMarketing', true, 'E'],
    ['creditPoorHighRisk', true, 'F'],
    ['maliciousOverdue', true, 'F'],
    ['judgmentDebtor', true, 'F'],
    ['evadingDebt', true, 'F'],
    ['loanLoss', true, 'F'],
    ['restructuredNotRepaying', true, 'F'],
    ['transferredNotRepaying', true, 'F'],
    ['namedByRisk', true, 'F'],
    ['majorLitigation', true, 'A'],
    ['vices', true, 'A'],
  ])('%s %s: %s', (fact, value, tier) => {
    expect(existing({ [fact]: value })).toMatchObject({ tier, provisional: false })
  })

  test.each<[FactName, string]>([
    ['maliciousOverdue', 'F'],
    ['majorLitigation', 'F'],
    ['vices', 'F'],
  ])('a cautious industry with %s: %s', (fact, tier) => {
    expect(existing({ industryClass: 'cautious', [fact]: true }).tier).toBe(tier)
  })

  test.each<[FactName]>([['majorLitigation'], ['vices']])(
    'in decline with %s is no E, since E asks for a clean record',
    (fact) => {
      expect(existing({ trendDeclining: true, [fact]: true }).tier).toBe('A')
    },
  )
})

/** No key client, and a housing condition to be met. */
const NO_HOME: Facts = { generalTaxpayer: false, ownsHomeInProvince: false, homeValue: 0 }

describe('credit limit and usage, with the housing condition', () => {
  test.each<[number, number, string]>([
    [499_999, 0, 'D'],
    [499_999, 0.51, 'D'],
    [500_000, 0, 'B'],
    [500_000, 0.5, 'B'],
    [500_000, 0.5001, 'D'],
    [500_001, 0.5, 'B'],
    [500_001, 0.5001, 'C'],
    [800_000, 0.5, 'B'],
    [800_000, 0.5001, 'C'],
    [800_001, 0.5, 'B'],
    [800_001, 0.5001, 'D'],
  ])('%i at %d: %s', (creditLimit, usageRate, tier) => {
    const facts = { generalTaxpayer: false, creditLimit, usageRate }
    expect(existing(facts)).toMatchObject({ tier, provisional: false })
  })
})

describe('what stands in for the home, at 500 000 and 50 %', () => {
  const NOTHING: Facts = {
    ...NO_HOME,
    titleHeldByFamily: false,
    mortgageMonthsPaid: 12,
    carValue: 0,
    homeHasTitleDeed: true,
    homeMarketValue: 0,
    offersCollateral: false,
    collateralLtv: 1,
    savings: 0,
    policyValue: 0,
    creditLimit: 500_000,
  }
  const a: Facts = { titleHeldByFamily: true, mortgageMonthsPaid: 12 }
  const b: Facts = { mortgageMonthsPaid: 11, carValue: 100_000 }
  const c: Facts = { homeHasTitleDeed: false, homeMarketValue: 500_000 }
  const d: Facts = { offersCollateral: true, collateralLtv: 0.7 }
  const e: Facts = { homeValue: 100_000, savings: 100_000, carValue: 50_000, policyValue: 50_000 }
  test.each<[string, Facts, string]>([
    ['nothing', {}, 'D'],
    ['own home of 300 000', { ownsHomeInProvince: true, homeValue: 300_000 }, 'B'],
    [
      'own home of 300 000, 11 months',
      { ownsHomeInProvince: true, homeValue: 300_000, monthsOperating: 11 },
      'unclassified',
    ],
    ['a', a, 'B'],
    ['a, 11 months of mortgage', { ...a, mortgageMonthsPaid: 11 }, 'D'],
    ['a, no title in the family', { ...a, titleHeldByFamily: false }, 'D'],
    ['a, 12 months of operation', { ...a, monthsOperating: 12 }, 'B'],
    ['a, 11 months of operation', { ...a, monthsOperating: 11 }, 'unclassified'],
    ['b', b, 'B'],
    ['b, 12 months of mortgage', { ...b, mortgageMonthsPaid: 12 }, 'D'],
    ['b, car of 99 999', { ...b, carValue: 99_999 }, 'D'],
    ['b, 11 months of operation', { ...b, monthsOperating: 11 }, 'unclassified'],
    ['c', c, 'B'],
    ['c, market value 499 999', { ...c, homeMarketValue: 499_999 }, 'D'],
    ['c, with a title deed', { ...c, homeHasTitleDeed: true }, 'D'],
    ['c, 11 months of operation', { ...c, monthsOperating: 11 }, 'unclassified'],
    ['d', d, 'B'],
    ['d, above 70 %', { ...d, collateralLtv: 0.7001 }, 'D'],
    ['d, no collateral', { ...d, offersCollateral: false }, 'D'],
    ['d, 3 months of operation', { ...d, monthsOperating: 3 }, 'B'],
    ['d, 2 months of operation', { ...d, monthsOperating: 2 }, 'unclassified'],
    ['e', e, 'B'],
    ['e, a yuan short', { ...e, policyValue: 49_999 }, 'D'],
    ['e, the home alone', { homeValue: 300_000 }, 'B'],
    ['e, a home above 300 000', { ...e, homeValue: 300_001 }, 'D'],
    ['e, 11 months of operation', { ...e, monthsOperating: 11 }, 'unclassified'],
  ])('%s: %s', (_what, facts, tier) => {
    const decided = existing({ ...NOTHING, ...facts })
    expect(decided).toMatchObject({ tier, provisional: false })
  })

  test('e holds as soon as the recorded parts reach the limit', () => {
    const some = { ...NOTHING, homeValue: 200_000, savings: 100_000, policyValue: null }
    expect(existing({ ...some, carValue: null })).toMatchObject({ tier: 'B', provisional: false })
    expect(existing({ ...some, savings: 99_999, carValue: null })).toMatchObject({
      tier: 'D',
      provisional: true,
      missing: expect.arrayContaining(['carValue', 'policyValue']),
    })
  })
})

describe('inclusive', () => {
  const SMALL: Facts = { ...NO_HOME, creditLimit: 100_000, offersCollateral: false }
  test.each<[Facts, string]>([
    [{ monthsOperating: 12 }, 'D'],
    [{ monthsOperating: 11 }, 'unclassified'],
    [{ monthsOperating: 12, stableHome: false }, 'unclassified'],
  ])('%j: %s', (facts, tier) => {
    expect(existing({ ...SMALL, ...facts }).tier).toBe(tier)
  })
})
