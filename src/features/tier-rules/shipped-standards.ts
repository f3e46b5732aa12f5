import { text } from '../../core/text.ts'
import { SHIPPED_AGES } from './ages.ts'
import { SHIPPED_MARKS } from './marks.ts'
import { adverse, criterion } from './shipped-criteria.ts'
import type { Condition, Standard } from './standard.ts'

// Version 1 of both standards, as shipped.
export const SHIPPED_FROM = '2026-01-01'
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
  ages: SHIPPED_AGES,
  industries: SHIPPED_MARKS,
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
