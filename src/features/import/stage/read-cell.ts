import type { Day } from '../../../core/calendar/time.ts'
import type { Catalogue } from '../../../core/catalogue.ts'
import type { OutcomeKinds } from '../../../core/outcome.ts'
import { type Text, text } from '../../../core/text.ts'
import { faultOf } from '../../../infra/sheets/cell-fault.ts'
import { codeOf, isCut, lastDayOf, textOf } from '../../../infra/sheets/cells.ts'
import { type Figure, shareOf, yuanOf } from '../../../infra/sheets/figures.ts'
import type { Row } from '../../../infra/sheets/spreadsheet.ts'
import { offered, productCalled } from '../../catalogue/rules.ts'
import {
  type Identity,
  notPaper,
  readPaper,
  readPhoneIdentity,
} from '../../clients/identity/rules.ts'
import { FACTS, type FactName, factKind } from '../../tier-rules/facts.ts'
import { readFact } from '../../tiers/entry/read-fact.ts'
import type { ColumnSpec } from '../columns/rules.ts'

/** What is needed to read cells besides what stands in them. */
export interface Reading {
  readonly today: Day
  readonly catalogue: Catalogue
  readonly kinds: OutcomeKinds
}

/** Why a cell cannot be taken. */
export class CellFault {
  readonly why: Text
  constructor(why: Text) {
    this.why = why
  }
}

/** Values of cells by the kind of their column; null: the cell says nothing. */
export type CellValue = string | number | boolean | readonly string[] | readonly Identity[] | null

const fault = (zh: string, en: string): CellFault => new CellFault(text(zh, en))

/** Reads one cell of a row as its column wants it. */
export function readCell(
  row: Row,
  place: number,
  column: ColumnSpec,
  unit: string | null,
  reading: Reading,
): CellValue | CellFault {
  const cell = row.cells[place] ?? null
  const isYesNo = column.fact !== undefined && factKind(column.fact) === 'yes-no'
  const broken = typeof cell === 'boolean' && isYesNo ? null : faultOf(row, place)
  if (broken) return new CellFault(broken)
  const said = textOf(cell)
  if (said === '') return null
  switch (column.kind) {
    case 'phone':
      return identities(cell, readPhoneIdentity)
    case 'paper':
      return identities(cell, (typed) => readPaper(typed) ?? notPaper(typed))
    case 'staff':
      return codeOf(cell)
    case 'text':
      return readText(cell, column.most ?? 40)
    case 'day':
      return readDay(cell, reading.today, false)
    case 'last-day':
      return readDay(cell, reading.today, true)
    case 'yuan':
      return figureOf(yuanOf(cell, unit), said, column.anySize)
    case 'share':
      return shareValue(shareOf(cell, unit), said)
    case 'word':
      return column.words?.[said.toLowerCase().replace(/\s/g, '')] ?? unknownWord(said, column)
    case 'product':
      return productOf(said, reading.catalogue)
    case 'products':
      return productsOf(said, reading.catalogue)
    case 'fact':
      return column.fact ? readFactCell(column.fact, cell, unit, reading.today) : null
  }
}

/** What stands between two numbers in one cell. */
const BETWEEN = /[、/;,\n]|\s+(?:or|或)\s+/

function identities(
  cell: Row['cells'][0],
  read: (typed: string) => Identity | Text,
): readonly Identity[] | CellFault {
  if (isCut(cell)) return new CellFault(CUT)
  const found: Identity[] = []
  for (const typed of codeOf(cell).split(BETWEEN)) {
    const one = codeOf(typed)
    if (!one) continue
    const identity = read(one)
    if (!('kind' in identity)) return new CellFault(identity)
    found.push(identity)
  }
  return found
}

const CUT = text(
  '号码存成了数字，表格软件只留 15 位，后面的已经丢失。请把这一列设为文本，重新填写。',
  'The number was kept as a figure, of which spreadsheet programs keep 15 digits only; the rest is lost. Make the column text and enter it again.',
)

function readText(cell: Row['cells'][0], most: number): string | null | CellFault {
  if (isCut(cell)) return new CellFault(CUT)
  const said = codeOf(cell).replace(/[\s\n\t]+/g, ' ')
  if (/^(?:[-–—/]+|无|null|n\/a)$/i.test(said)) return null
  return said.length > most
    ? fault(
        `超过 ${most} 字（"${said.slice(0, 10)}…"），请写短一些。`,
        `Longer than ${most} characters ("${said.slice(0, 10)}…"); please shorten it.`,
      )
    : said
}

/** A day; of a last day 长期 is nothing. */
function readDay(cell: Row['cells'][0], today: Day, last: boolean): Day | null | CellFault {
  const said = textOf(cell)
  const found = lastDayOf(cell, today)
  if (found === 'month') {
    return fault(
      `"${said}"没有写哪一天，请写成 2027-12-31 这样。`,
      `"${said}" does not say which day; write it as 2027-12-31.`,
    )
  }
  if (found === 'none' || (found === null && !last && !/^[-–—/]+$/.test(said))) {
    return fault(
      `"${said}"不是日期，请写成 2027-12-31 这样。`,
      `"${said}" is no date; write it as 2027-12-31.`,
    )
  }
  return found
}

/** Below that a bare number may mean as many 万. */
const SURE_YUAN = 1000

function figureOf(
  figure: Figure | null | 'none',
  said: string,
  anySize = false,
): number | null | CellFault {
  if (figure === null) return null
  if (figure === 'none') {
    return fault(
      `"${said}"不是金额，请写成 50万 或 500000。`,
      `"${said}" is no amount; write 500000.`,
    )
  }
  if (!anySize && figure.bare && figure.value !== 0 && Math.abs(figure.value) < SURE_YUAN) {
    return fault(
      `"${said}"是元还是万元？请在列名里写明，比如"授信额度(万元)"。`,
      `Is "${said}" in yuan or in 10,000? Say so in the heading, for example "limit (万元)".`,
    )
  }
  return figure.value
}

function shareValue(figure: Figure | null | 'none', said: string): number | null | CellFault {
  if (figure === null) return null
  if (figure === 'none' || figure.value < 0 || figure.value > 1) {
    return fault(`"${said}"应在 0% 到 100% 之间。`, `"${said}" must be between 0 % and 100 %.`)
  }
  return figure.bare
    ? fault(`"${said}"是 1% 还是 100%？请带上 %。`, `Is "${said}" 1 % or 100 %? Write the %.`)
    : figure.value
}

const unknownWord = (said: string, { words = {} }: ColumnSpec): CellFault => {
  const known = Object.keys(words)
    .filter((word) => !/^[a-z-]+$/.test(word))
    .slice(0, 5)
  return fault(
    `"${said}"没有见过，可以写：${known.join('、')}。`,
    `"${said}" is not known; write one of: ${known.join(', ')}.`,
  )
}

function productOf(said: string, catalogue: Catalogue): string | CellFault {
  const lower = said.toLowerCase()
  const found =
    productCalled(catalogue, said) ??
    offered(catalogue).find(({ code, words }) => code === lower || words.includes(lower))
  return (
    found?.code ??
    fault(`没有产品"${said}"，发"产品"看目录。`, `There is no product "${said}"; say "products".`)
  )
}

function productsOf(said: string, catalogue: Catalogue): readonly string[] | null | CellFault {
  if (/^(?:[-–—/]+|无|没有)$/.test(said)) return null
  const codes: string[] = []
  for (const name of said.split(/[、,;/\n]|\s+/).filter(Boolean)) {
    const code = productOf(name, catalogue)
    if (code instanceof CellFault) return code
    codes.push(code)
  }
  return [...new Set(codes)]
}

function readFactCell(
  fact: FactName,
  cell: Row['cells'][0],
  unit: string | null,
  today: Day,
): string | number | boolean | null | CellFault {
  const kind = factKind(fact)
  const said = codeOf(cell)
  if (/^[-–—/]+$/.test(said)) return null
  if (kind === 'yuan') return inRange(fact, figureOf(yuanOf(cell, unit), said))
  if (kind === 'ratio') return shareValue(shareOf(cell, unit), said)
  // A bare number of months is what the column is called after.
  const counted = kind === 'months' && /^\d{1,4}$/.test(said) && Number(said) <= 1200
  const read = readFact(fact, counted ? `${said}个月` : said, today)
  if ('value' in read) return read.value
  return new CellFault('refused' in read ? read.refused : read.unclear)
}

function inRange(fact: FactName, value: number | null | CellFault): number | null | CellFault {
  if (typeof value !== 'number' || FACTS[fact][0].safeParse(value).success) return value
  return fault(
    `金额 ${value} 太大，或不能是负数。`,
    `${value} is too much, or may not be negative.`,
  )
}
