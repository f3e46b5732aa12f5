import type { Cell } from '../../../infra/sheets/spreadsheet.ts'
import { type FactName, factLabel } from '../../tier-rules/facts.ts'
import { INDUSTRY_LABEL } from '../../tier-rules/labels.ts'

// How a standard lies in a workbook: one row a criterion or a part of one, nothing but words and
// numbers. The names here are written, and read back.

/** By which an exported standard is known when it comes back. */
export const MARKER = 'tier-standard'

export const SHEETS = {
  about: { name: '标准 Standard', columns: ['项目 Item', '内容 Content'] },
  tiers: {
    name: '层级 Tiers',
    columns: ['层级 Tier', '条件满足 Criteria', '另须满足 Also as', '升级次序 Ladder'],
  },
  criteria: {
    name: '条件 Criteria',
    columns: [
      '层级 Tier',
      '编号 Id',
      '分项 Part',
      '说明 Chinese',
      '英文 English',
      '事实 Fact',
      '比较 Comparison',
      '限值 Limit',
      '可改善 Attainable',
    ],
  },
  conditions: {
    name: '条件组 Conditions',
    columns: [
      '条件组 Condition',
      '分项 Part',
      '说明 Chinese',
      '英文 English',
      '事实 Fact',
      '比较 Comparison',
      '限值 Limit',
    ],
  },
  params: {
    name: '参数 Parameters',
    columns: ['参数 Parameter', '说明 Chinese', '英文 English', '值 Value'],
  },
  assumed: { name: '假定 Assumptions', columns: ['事实 Fact', '未登记时按 Counts as'] },
  ages: { name: '时效 Ages', columns: ['事实 Fact', '多久以内 Within', '单位 Unit'] },
  industries: { name: '行业 Industries', columns: ['代码 Code', '行业 Industry', '类别 Class'] },
  facts: { name: '事实 Facts', columns: ['事实 Fact', '单位 Unit', '取值 Values'] },
} as const
export type SheetKey = keyof typeof SHEETS

export const YES = '是 yes'
export const NO = '否 no'

/** What the age of a fact is counted in. */
export const AGE_UNITS = { days: '天 days', months: '月 months' } as const

/** How criteria or parts are joined, and how a fact is compared. */
export const TERMS = {
  all: '全部满足 all of',
  any: '任一满足 any of',
  use: '符合条件组 as in',
  is: '为 is',
  oneOf: '属于 one of',
  between: '介于 between',
  atLeast: '≥',
  atMost: '≤',
  above: '>',
  below: '<',
} as const
export type Term = keyof typeof TERMS

/** Whom a standard is for, in the first row of the first sheet. */
export const CLIENTS = '适用客户 Clients'
export const KINDS = { existing: '存量客户 existing', prospect: '潜在客户 prospect' } as const

/** What the last rows of the tiers say: the answer when no rule is true. */
export const OTHERWISE = { none: '都不满足 none is met', open: '无法判定 undetermined' } as const

export const factCell = (name: FactName): string => `${factLabel(name).zh} ${name}`

/** A word of a fact as people write it; the code itself where it has no other. */
export const wordCell = (word: string): string => {
  const label = INDUSTRY_LABEL[word as keyof typeof INDUSTRY_LABEL]
  return label ? `${label.zh} ${word}` : word
}

/** Words as they are compared: blanks, case and full-width forms do not matter. */
export const plain = (words: string): string => words.normalize('NFKC').toLowerCase().trim()

/** One of some terms, by the whole cell, its Chinese or its English part; null for none. */
export function readTerm<Name extends string>(
  cell: Cell,
  terms: Readonly<Record<Name, string>>,
): Name | null {
  const written = plain(String(cell ?? ''))
  const names = Object.keys(terms) as Name[]
  const parts = (term: string) => [term, term.split(' ')[0] ?? '', term.replace(/^\S+ /, '')]
  return names.find((name) => parts(terms[name]).map(plain).includes(written)) ?? null
}
