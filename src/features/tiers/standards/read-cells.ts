import { readAmount } from '../../../bot/grammar/amount.ts'
import { type Text, text } from '../../../core/text.ts'
import type { Cell } from '../../../infra/sheets/spreadsheet.ts'
import { industryOf } from '../../registers/industries.ts'
import {
  FACT_NAMES,
  type FactName,
  factKind,
  factLabel,
  INDUSTRY_CLASSES,
  type IndustryClass,
} from '../../tier-rules/facts.ts'
import { INDUSTRY_LABEL } from '../../tier-rules/labels.ts'
import type { Condition } from '../../tier-rules/standard.ts'
import { plain, readTerm, TERMS, type Term } from './sheets.ts'

/** Why a cell cannot be read. */
export class CellFault extends Error {
  override readonly name = 'CellFault'
  readonly because: Text
  /** Which of the cells of a test it is about. */
  readonly about: 'fact' | 'limit'
  constructor(zh: string, en: string, about: 'fact' | 'limit' = 'limit') {
    super(en)
    this.because = text(zh, en)
    this.about = about
  }
}

const said = (cell: Cell): string => String(cell ?? '').trim()

/** Words that may not be left out. */
export function readName(cell: Cell): string {
  const name = said(cell)
  if (!name) throw new CellFault('不能空', 'this may not be empty')
  return name
}

export function readValue(cell: Cell): number {
  const number = typeof cell === 'number' ? cell : Number(said(cell) || Number.NaN)
  if (Number.isNaN(number)) throw new CellFault('应为数', 'a number is wanted')
  return number
}

/** None of the words that a list offers. */
export function unreadable(cell: Cell): never {
  if (cell === null) throw new CellFault('不能空', 'this may not be empty')
  throw new CellFault(
    `看不懂 "${cell}"，请从下拉里选`,
    `"${cell}" is none of the words that the list offers`,
  )
}

export function readYesNo(cell: Cell): boolean {
  if (typeof cell === 'boolean') return cell
  const read = readTerm(cell, { yes: '是 yes', no: '否 no', t: '真 true', f: '假 false' })
  if (!read) throw new CellFault('应为 是 或 否', 'yes or no is wanted')
  return read === 'yes' || read === 't'
}

/** A fact by its Chinese or English label, its name, or label and name; null for none. */
export function findFact(words: string): FactName | null {
  const written = plain(words)
  const calls = (name: FactName) => {
    const { zh, en } = factLabel(name)
    return [name, zh, en, `${zh} ${name}`].map(plain)
  }
  return FACT_NAMES.find((name) => calls(name).includes(written)) ?? null
}

export function readFact(words: string): FactName {
  const name = findFact(words)
  if (name) return name
  throw words
    ? new CellFault(
        `没有事实 "${words}"，见表"事实 Facts"`,
        `there is no fact "${words}"; see the sheet Facts`,
        'fact',
      )
    : new CellFault('缺少事实', 'a fact is missing', 'fact')
}

/** A number as it is written for a fact: 500万, 70%, 24 个月; null when it is none. */
export function readNumberFor(fact: FactName, cell: Cell): number | null {
  if (typeof cell === 'number') return cell
  const written = said(cell)
    .normalize('NFKC')
    .replace(/\s*(个月|月|months?|岁|周岁|元)$/i, '')
  const percent = written.match(/^(-?\d+(?:\.\d+)?)\s*%$/)
  if (percent) return Number((Number(percent[1]) / 100).toPrecision(12))
  if (/^-?\d+(\.\d+)?$/.test(written)) return Number(written)
  return factKind(fact) === 'yuan' ? readAmount(written) : null
}

/** What a workbook states by name. */
export interface Known {
  readonly params: ReadonlySet<string>
  readonly conditions: ReadonlySet<string>
}

/** The test that three cells state: fact, comparison, limit. Throws `CellFault`. */
export function readTest(
  fact: Cell,
  term: Exclude<Term, 'all' | 'any'>,
  limit: Cell,
  known: Known,
): Condition {
  if (term === 'use') {
    const use = said(limit)
    if (known.conditions.has(use)) return { use }
    throw new CellFault(`没有条件组 "${use}"`, `there is no condition "${use}"`)
  }
  const names = said(fact).split(/\s*[+＋]\s*/)
  const limitFor = (name: FactName): number | string => {
    const written = said(limit)
    if (known.params.has(written)) return written
    const read = readNumberFor(name, limit)
    if (read !== null) return read
    throw new CellFault(
      written ? `"${written}" 不是数，也不是参数` : '缺少限值',
      written ? `"${written}" is neither a number nor a parameter` : 'a limit is missing',
    )
  }
  if (names.length > 1) {
    if (term !== 'atLeast') {
      throw new CellFault(`合计只能用 ${TERMS.atLeast}`, `a sum is compared by ${TERMS.atLeast}`)
    }
    const sum = names.map(readFact)
    return { sum, atLeast: limitFor(sum[0] ?? 'savings') }
  }
  const name = readFact(said(fact))
  if (term === 'is') return { fact: name, is: readYesNo(limit) }
  if (term === 'oneOf') return { fact: name, oneOf: readWords(said(limit)) }
  if (term === 'between') return { fact: name, between: readBetween(name, said(limit)) }
  return { fact: name, [term]: limitFor(name) } as unknown as Condition
}

export function readWords(written: string): string[] {
  const words = written.split(/\s*[/、,，]\s*/).filter(Boolean)
  if (words.length === 0) throw new CellFault('缺少取值', 'the values are missing')
  return words.map((word) => classSaid(word) ?? word)
}

/** The class of an industry by its name in either language; null: it is none. */
export const classSaid = (word: string): IndustryClass | null =>
  INDUSTRY_CLASSES.find((each) => {
    const { zh, en } = INDUSTRY_LABEL[each]
    return [each, zh, en, `${zh} ${each}`].map(plain).includes(plain(word))
  }) ?? null

export const readClass = (cell: Cell): IndustryClass => classSaid(said(cell)) ?? unreadable(cell)

/** The code of an industry. */
export function readIndustry(cell: Cell): string {
  const industry = industryOf(said(cell))
  if (industry) return industry.code
  throw new CellFault(
    `没有行业代码 "${said(cell)}"，应如 H62 (GB/T 4754-2017)`,
    `there is no industry of the code "${said(cell)}"; it is like H62 (GB/T 4754-2017)`,
  )
}

export function readBetween(name: FactName, written: string): [number, number] {
  const [from, to, ...more] = written.split(
    /\s*(?:~|～|至|到| to | and )\s*|(?<=\S)\s*[-–]\s*(?=\S)/,
  )
  const [least, most] = [from, to].map((each) => readNumberFor(name, each ?? null))
  if (more.length > 0 || typeof least !== 'number' || typeof most !== 'number') {
    throw new CellFault('应写成 25 ~ 60', 'write it like 25 ~ 60')
  }
  return [least, most]
}
