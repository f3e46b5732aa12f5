import { text } from '../../core/text.ts'
import { type FactName, factLabel } from './facts.ts'
import type { Condition, Criterion, Standard } from './standard.ts'

// Version 1 of both standards, as shipped.
export const SHIPPED_FROM = '2026-01-01'

const criterion = (
  id: string,
  zh: string,
  en: string,
  test: Condition,
  attainable = true,
): Criterion => ({ id, label: text(zh, en), test, attainable })

/** A criterion that is one adverse fact. */
const adverse = (id: string, fact: FactName): Criterion => {
  const { zh, en } = factLabel(fact)
  return criterion(id, zh, en, { fact, is: true })
}

export const SHIPPED_PROSPECT: Standard = {
  kind: 'prospect',
  version: 1,
  params: {},
  assumed: {},
  conditions: {},
  tiers: [
    {
      tier: 'premium',
      when: 'all',
      alsoAs: 'ordinary',
      criteria: [
        criterion('P1', '经营满 24 个月', '24 months of operation', {
          fact: 'monthsOperating',
          atLeast: 24,
        }),
        criterion('P2', '行业前景好', 'industry with good prospects', {
          fact: 'industryClass',
          oneOf: ['promising'],
        }),
        criterion('P3', '在优质商圈经营', 'premises in a prime business district', {
          fact: 'premisesInPrimeDistrict',
          is: true,
        }),
        criterion('P4', '住在优质住宅区', 'home in a prime residential area', {
          fact: 'homeInPrimeArea',
          is: true,
        }),
      ],
    },
    {
      tier: 'ordinary',
      when: 'all',
      criteria: [
        criterion('O1', '实际经营', 'operates a business', { fact: 'operatesBusiness', is: true }),
        criterion('O2', '有固定经营场所', 'stable place of business', {
          fact: 'hasStablePremises',
          is: true,
        }),
        criterion(
          'O3',
          '中国公民',
          'Chinese national',
          { fact: 'nationality', oneOf: ['CN'] },
          false,
        ),
        criterion(
          'O4',
          '25 至 60 周岁',
          'aged 25 to 60',
          { fact: 'age', between: [25, 60] },
          false,
        ),
        criterion('O5', '完全民事行为能力', 'full civil capacity', {
          fact: 'fullCivilCapacity',
          is: true,
        }),
        criterion(
          'O6',
          '无犯罪记录',
          'no criminal record',
          { fact: 'criminalRecord', is: false },
          false,
        ),
        criterion('O7', '不是未结大额民事案件的被告', 'no large open civil case', {
          fact: 'openCivilDefendantLarge',
          is: false,
        }),
        criterion('O8', '无黄赌毒等不良嗜好', 'no vices', { fact: 'vices', is: false }),
        criterion('O9', '不属于禁入行业', 'industry not barred', {
          fact: 'industryClass',
          oneOf: ['promising', 'neutral', 'cautious'],
        }),
        criterion('O10', '征信良好', 'good credit record', { fact: 'goodCredit', is: true }),
      ],
    },
  ],
  otherwise: { none: 'none', open: 'undetermined' },
  ladder: ['ordinary', 'premium'],
}

const oneYear: Condition = { fact: 'monthsOperating', atLeast: 12 }

/** A home in the province, or what stands in for one. */
const housing: Condition = {
  any: [
    {
      label: text('省内自有住房，价值 30 万以上', 'own home in the province worth 300 000'),
      all: [
        oneYear,
        { fact: 'ownsHomeInProvince', is: true },
        { fact: 'homeValue', atLeast: 300_000 },
      ],
    },
    {
      label: text(
        '直系亲属持产权，按揭已还满一年',
        'title in the family, mortgage paid for a year',
      ),
      all: [
        oneYear,
        { fact: 'titleHeldByFamily', is: true },
        { fact: 'mortgageMonthsPaid', atLeast: 12 },
      ],
    },
    {
      label: text('按揭未满一年，车辆 10 万以上', 'mortgage under a year, car worth 100 000'),
      all: [
        oneYear,
        { fact: 'mortgageMonthsPaid', below: 12 },
        { fact: 'carValue', atLeast: 100_000 },
      ],
    },
    {
      label: text('无产权证，市值 50 万以上', 'no title deed, market value 500 000'),
      all: [
        oneYear,
        { fact: 'homeHasTitleDeed', is: false },
        { fact: 'homeMarketValue', atLeast: 500_000 },
      ],
    },
    {
      label: text(
        '房产抵押，抵押率不超过 70%',
        'real estate as collateral, loan-to-value up to 70 %',
      ),
      all: [
        { fact: 'monthsOperating', atLeast: 3 },
        { fact: 'offersCollateral', is: true },
        { fact: 'collateralLtv', atMost: 0.7 },
      ],
    },
    {
      label: text(
        '住房不足 30 万，加存款、车辆、保单合计 30 万以上',
        'home, savings, cars and policies of 300 000',
      ),
      all: [
        oneYear,
        { fact: 'homeValue', atMost: 300_000 },
        { sum: ['homeValue', 'savings', 'carValue', 'policyValue'], atLeast: 300_000 },
      ],
    },
  ],
}

const cautious: Condition = { fact: 'industryClass', oneOf: ['cautious'] }

export const SHIPPED_EXISTING: Standard = {
  kind: 'existing',
  version: 1,
  params: {
    minNetAssets: {
      value: 3_000_000,
      label: text('净资产下限（由本行设定）', 'least net assets (the bank sets it)'),
    },
    minSales: {
      value: 5_000_000,
      label: text('年销售额下限（由本行设定）', 'least yearly sales (the bank sets it)'),
    },
    minInvoiced: {
      value: 3_000_000,
      label: text('年开票额下限（由本行设定）', 'least yearly invoiced (the bank sets it)'),
    },
  },
  // These come from registers that report bad news only.
  assumed: {
    vices: false,
    creditPoorHighRisk: false,
    maliciousOverdue: false,
    judgmentDebtor: false,
    evadingDebt: false,
    loanLoss: false,
    restructuredNotRepaying: false,
    transferredNotRepaying: false,
    majorLitigation: false,
    trendDeclining: false,
    namedByMarketing: false,
    namedByRisk: false,
  },
  conditions: { housing },
  tiers: [
    {
      tier: 'F',
      when: 'any',
      criteria: [
        adverse('F1', 'creditPoorHighRisk'),
        criterion('F2', '禁入行业', 'barred industry', {
          fact: 'industryClass',
          oneOf: ['barred'],
        }),
        adverse('F3', 'maliciousOverdue'),
        adverse('F4', 'judgmentDebtor'),
        adverse('F5', 'evadingDebt'),
        adverse('F6', 'loanLoss'),
        adverse('F7', 'restructuredNotRepaying'),
        adverse('F8', 'transferredNotRepaying'),
        adverse('F9', 'namedByRisk'),
        criterion('F10', '审慎行业且有不良记录', 'cautious industry without a clean record', {
          all: [
            cautious,
            {
              any: [
                { fact: 'maliciousOverdue', is: true },
                { fact: 'majorLitigation', is: true },
                { fact: 'vices', is: true },
              ],
            },
          ],
        }),
      ],
    },
    {
      tier: 'E',
      when: 'all',
      criteria: [
        criterion(
          'E1',
          '无明显恶意逾期、重大诉讼和不良嗜好',
          'clean record',
          {
            all: [
              { fact: 'maliciousOverdue', is: false },
              { fact: 'majorLitigation', is: false },
              { fact: 'vices', is: false },
            ],
          },
          false,
        ),
        criterion(
          'E2',
          '指标下滑、审慎行业或营销部门指定',
          'in decline, cautious industry or named',
          {
            any: [
              { fact: 'trendDeclining', is: true },
              cautious,
              { fact: 'namedByMarketing', is: true },
            ],
          },
        ),
      ],
    },
    {
      tier: 'A',
      when: 'all',
      criteria: [
        criterion('A1', '公私财产分开', 'company and family assets apart', {
          fact: 'separateFinances',
          is: true,
        }),
        criterion('A2', '治理健全', 'working governance', { fact: 'soundGovernance', is: true }),
        criterion('A3', '经营满 36 个月', '36 months of operation', {
          fact: 'monthsOperating',
          atLeast: 36,
        }),
        criterion('A4', '一般纳税人', 'general taxpayer', { fact: 'generalTaxpayer', is: true }),
        criterion('A5', '净资产', 'net assets', { fact: 'netAssets', atLeast: 'minNetAssets' }),
        criterion('A6', '年销售额', 'yearly sales', { fact: 'annualSales', atLeast: 'minSales' }),
        criterion('A7', '资产负债率不超过 70%', 'debt ratio up to 70 %', {
          fact: 'debtRatio',
          atMost: 0.7,
        }),
        criterion('A8', '年开票额', 'yearly invoiced', {
          fact: 'annualInvoiced',
          atLeast: 'minInvoiced',
        }),
        criterion('A9', '授信 80 万以上', 'credit limit of 800 000', {
          fact: 'creditLimit',
          atLeast: 800_000,
        }),
      ],
    },
    {
      tier: 'B',
      when: 'all',
      criteria: [
        criterion('B1', '住房条件', 'housing condition', { use: 'housing' }),
        criterion('B2', '授信 50 万以上', 'credit limit of 500 000', {
          fact: 'creditLimit',
          atLeast: 500_000,
        }),
        criterion('B3', '用信率不超过 50%', 'usage up to 50 %', { fact: 'usageRate', atMost: 0.5 }),
      ],
    },
    {
      tier: 'C',
      when: 'all',
      criteria: [
        criterion('C1', '住房条件', 'housing condition', { use: 'housing' }),
        criterion('C2', '授信超过 50 万', 'credit limit above 500 000', {
          fact: 'creditLimit',
          above: 500_000,
        }),
        criterion(
          'C3',
          '授信不超过 80 万',
          'credit limit up to 800 000',
          {
            fact: 'creditLimit',
            atMost: 800_000,
          },
          false,
        ),
        criterion(
          'C4',
          '用信率超过 50%',
          'usage above 50 %',
          { fact: 'usageRate', above: 0.5 },
          false,
        ),
      ],
    },
    {
      tier: 'D',
      when: 'all',
      criteria: [
        criterion('D1', '经营满 12 个月', '12 months of operation', oneYear),
        criterion('D2', '有固定住所', 'stable home', { fact: 'stableHome', is: true }),
      ],
    },
  ],
  otherwise: { none: 'unclassified', open: 'unclassified' },
  ladder: ['D', 'C', 'B', 'A'],
}
