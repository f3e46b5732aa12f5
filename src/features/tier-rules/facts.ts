import { z } from 'zod'
import { type Text, text } from '../../core/text.ts'

export const INDUSTRY_CLASSES = ['promising', 'neutral', 'cautious', 'barred'] as const
export type IndustryClass = (typeof INDUSTRY_CLASSES)[number]

const COUNTRY = z
  .string()
  .regex(/^[A-Z]{2}$/, '应为 ISO 3166 两位国家代码，如 CN (a country code of ISO 3166 such as CN)')
const YES_NO = z.boolean('应为 true 或 false (true or false)')
const INDUSTRY = z.enum(INDUSTRY_CLASSES, `应为 ${INDUSTRY_CLASSES.join(' | ')}`)
/** A whole number from `min` to `max`. */
const whole = (min: number, max: number, of: string) => {
  const message = `应为 ${min} 到 ${max} 的整数${of} (a whole number from ${min} to ${max})`
  return z.int(message).min(min, message).max(max, message)
}
const AGE = whole(0, 130, ',岁')
const MONTHS = whole(0, 1200, ',月')
/** More than any small business owns or owes. */
const MOST = 1_000_000_000_000
const YUAN = whole(0, MOST, ',元')
const SIGNED_YUAN = whole(-MOST, MOST, ',元')
const RATIO = z
  .number('应为 0 到 1 的数 (a number from 0 to 1)')
  .min(0, '应为 0 到 1 的数 (a number from 0 to 1)')
  .max(1, '应为 0 到 1 的数 (a number from 0 to 1)')

/** Every fact that a standard may ask for, with its range and how people call it. */
export const FACTS = {
  nationality: [COUNTRY, text('国籍', 'nationality')],
  age: [AGE, text('年龄', 'age')],
  fullCivilCapacity: [YES_NO, text('完全民事行为能力', 'full civil capacity')],
  criminalRecord: [YES_NO, text('犯罪记录', 'criminal record')],
  openCivilDefendantLarge: [
    YES_NO,
    text('未结大额民事被告', 'defendant in a large open civil case'),
  ],
  vices: [YES_NO, text('不良嗜好', 'vices')],
  goodCredit: [YES_NO, text('征信良好', 'good credit record')],
  operatesBusiness: [YES_NO, text('实际经营', 'operates a business')],
  hasStablePremises: [YES_NO, text('固定经营场所', 'stable place of business')],
  monthsOperating: [MONTHS, text('经营月数', 'months of operation')],
  industryClass: [INDUSTRY, text('行业类别', 'industry class')],
  premisesInPrimeDistrict: [YES_NO, text('优质商圈经营', 'premises in a prime district')],
  separateFinances: [YES_NO, text('公私财产分开', 'company and family assets apart')],
  soundGovernance: [YES_NO, text('治理健全', 'sound governance')],
  generalTaxpayer: [YES_NO, text('一般纳税人', 'general taxpayer')],
  netAssets: [SIGNED_YUAN, text('净资产', 'net assets')],
  annualSales: [YUAN, text('年销售额', 'yearly sales')],
  debtRatio: [RATIO, text('资产负债率', 'debt ratio')],
  annualInvoiced: [YUAN, text('年开票额', 'yearly invoiced')],
  stableHome: [YES_NO, text('固定住所', 'stable home')],
  homeInPrimeArea: [YES_NO, text('优质住宅区居住', 'home in a prime area')],
  ownsHomeInProvince: [YES_NO, text('省内自有住房', 'owns a home in the province')],
  homeValue: [YUAN, text('住房价值', 'value of the home')],
  titleHeldByFamily: [YES_NO, text('直系亲属持有产权', 'title held by close family')],
  mortgageMonthsPaid: [MONTHS, text('按揭已还月数', 'months of mortgage paid')],
  carValue: [YUAN, text('车辆价值', 'value of cars')],
  homeHasTitleDeed: [YES_NO, text('住房有产权证', 'home has a title deed')],
  homeMarketValue: [YUAN, text('住房市值', 'market value of the home')],
  offersCollateral: [YES_NO, text('提供房产抵押', 'offers real estate as collateral')],
  collateralLtv: [RATIO, text('抵押率', 'loan-to-value of the collateral')],
  savings: [YUAN, text('家庭存款', 'family savings')],
  policyValue: [YUAN, text('保单价值', 'value of insurance policies')],
  creditLimit: [YUAN, text('授信额度', 'credit limit')],
  usageRate: [RATIO, text('用信率', 'usage of the limit')],
  /** With our bank, of the business and its owner. */
  deposits: [YUAN, text('我行存款', 'deposits with us')],
  /** What the bank earns by the client in a year. */
  yearlyIncome: [SIGNED_YUAN, text('年收益', 'yearly income')],
  creditPoorHighRisk: [YES_NO, text('信用差且风险高', 'poor credit and high risk')],
  maliciousOverdue: [YES_NO, text('恶意逾期', 'malicious overdue')],
  judgmentDebtor: [YES_NO, text('被执行人且无解除可能', 'judgment debtor for good')],
  evadingDebt: [YES_NO, text('逃废债', 'evading debt')],
  loanLoss: [YES_NO, text('我行贷款已形成损失', 'our loan has made a loss')],
  restructuredNotRepaying: [YES_NO, text('重组后仍未还款', 'restructured, not repaying')],
  transferredNotRepaying: [YES_NO, text('转让后仍未还款', 'transferred, not repaying')],
  majorLitigation: [YES_NO, text('重大诉讼', 'major litigation')],
  trendDeclining: [YES_NO, text('经营财务发展指标下滑', 'indicators in decline')],
  namedByMarketing: [YES_NO, text('营销部门指定调整', 'named by marketing')],
  namedByRisk: [YES_NO, text('风险部门指定退出', 'named by risk')],
} as const satisfies Record<string, readonly [z.ZodType, Text]>

export type FactName = keyof typeof FACTS
export type FactValue = boolean | number | string

/** What is recorded about a client; absent or null: nobody recorded it. */
export type Facts = { readonly [name in FactName]?: FactValue | null | undefined }

export const FACT_NAMES = Object.keys(FACTS) as [FactName, ...FactName[]]

export const factLabel = (name: FactName): Text => FACTS[name][1]

/** Facts that are kept as the day they count from, by the column of that day. */
const COUNTED: Partial<Record<FactName, string>> = {
  age: 'born_on',
  monthsOperating: 'operating_since',
  mortgageMonthsPaid: 'mortgage_since',
}

/** The column of `client_facts` in which a fact is kept. */
export const factColumn = (name: FactName): string =>
  COUNTED[name] ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** What a fact is measured in. */
export type FactKind = 'yes-no' | 'yuan' | 'ratio' | 'months' | 'age' | 'country' | 'industry'

const KINDS: ReadonlyMap<z.ZodType, FactKind> = new Map<z.ZodType, FactKind>([
  [COUNTRY, 'country'],
  [YES_NO, 'yes-no'],
  [INDUSTRY, 'industry'],
  [AGE, 'age'],
  [MONTHS, 'months'],
  [YUAN, 'yuan'],
  [SIGNED_YUAN, 'yuan'],
  [RATIO, 'ratio'],
])

export const factKind = (name: FactName): FactKind => KINDS.get(FACTS[name][0]) ?? 'yes-no'

const RANGES: ReadonlyMap<z.ZodType, readonly [number, number]> = new Map<
  z.ZodType,
  readonly [number, number]
>([
  [AGE, [0, 130]],
  [MONTHS, [0, 1200]],
  [YUAN, [0, MOST]],
  [SIGNED_YUAN, [-MOST, MOST]],
  [RATIO, [0, 1]],
])

/** The least and the largest value of a fact that is a number; null for others. */
export const rangeOf = (name: FactName): readonly [number, number] | null =>
  RANGES.get(FACTS[name][0]) ?? null

/** Facts as they arrive from outside; a name that is none and a value out of range are faults. */
export const factsSchema = z.strictObject(
  Object.fromEntries(
    FACT_NAMES.map((name) => [name, (FACTS[name][0] as z.ZodType<FactValue>).nullish()]),
  ) as Record<FactName, z.ZodOptional<z.ZodNullable<z.ZodType<FactValue>>>>,
)
