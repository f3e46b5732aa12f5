import { FACT_NAMES, type FactName, factLabel } from '../../tier-rules/facts.ts'
import { FACT_WORDS } from '../../tiers/entry/aliases.ts'
import type { ColumnSpec } from './rules.ts'

/** Facts that come by columns of their own, or that nobody fills in. */
const NOT_HERE: readonly FactName[] = [
  'creditLimit',
  'usageRate',
  'namedByMarketing',
  'namedByRisk',
]
/** Words for a fact that as headings mean something else. */
const OTHERWISE = [
  '行业',
  'industry',
  '商圈',
  '授信',
  '额度',
  '住房',
  '经营',
  'home',
  'house',
  'since',
]

/** Headings of tables that nobody says in chat. */
const BESIDES: Partial<Record<FactName, readonly string[]>> = {
  monthsOperating: ['成立日期', '成立时间', '开业日期', '开业时间', '经营起始日'],
  annualSales: ['年销售收入', '销售收入', '年营业收入'],
}

export type FactColumn = `fact:${FactName}`
const keyOf = (fact: FactName): FactColumn => `fact:${fact}`

const headingsOf = (fact: FactName): string[] => [
  ...FACT_WORDS.filter(([word, name]) => name === fact && !OTHERWISE.includes(word)).map(([word]) =>
    word.toLowerCase().replace(/\s/g, ''),
  ),
  ...(BESIDES[fact] ?? []),
]

/** A column for each fact of the standards, by its label, its name and what people call it. */
export const FACT_COLUMNS = Object.fromEntries(
  FACT_NAMES.filter((fact) => !NOT_HERE.includes(fact)).map((fact): [FactColumn, ColumnSpec] => [
    keyOf(fact),
    { label: factLabel(fact), kind: 'fact', fact, exact: headingsOf(fact) },
  ]),
) as Readonly<Record<FactColumn, ColumnSpec>>
