import type { Day } from '../../core/calendar/time.ts'
import { type Refusal, refuse } from '../../core/decision.ts'
import { type Text, text } from '../../core/text.ts'
import { textOf } from '../../infra/sheets/cells.ts'
import { firstTable, type Table } from '../../infra/sheets/headings.ts'
import type { Cell, Workbook } from '../../infra/sheets/spreadsheet.ts'
import { type Column, HEADINGS, isFaultTitle, NUMBERS } from './headings.ts'
import { readRow } from './person-row.ts'
import type { PersonRow, RowFault } from './rules.ts'

export interface PeopleRows {
  readonly headings: readonly Cell[]
  readonly rows: readonly PersonRow[]
  readonly faults: readonly RowFault[]
  /** What of the file was not read: columns, sheets, hidden rows, sums below the list. */
  readonly left: readonly Text[]
}

/** What stands below a list and is nobody. */
const BELOW =
  /^(?:合计|总计|小计|共计|制表|填表|审核|复核|经办|负责人|备注[:]|说明[:]|注[:]|total\b|prepared by)/i

/**
 * Reads the first visible sheet whose headings name a number; null where none does. Refused with a
 * question where two columns could be the same thing.
 */
export function readPeople({ sheets }: Workbook, today: Day): PeopleRows | Refusal | null {
  const found = firstTable(sheets, HEADINGS, NUMBERS)
  if (!found) return null
  const { table, unreadSheets } = found
  if (table.twice) return askWhich(table.twice.titles)
  const read = table.rows.map((row) => readRow(row, table.places, today))
  const last = read.findLastIndex((row) => 'identities' in row)
  const isBelow = ({ cells }: RowFault, at: number) =>
    at > last && cells.some((cell) => BELOW.test(textOf(cell)))
  const below = read.filter((row, at): row is RowFault => 'why' in row && isBelow(row, at))
  return {
    headings: table.headings,
    rows: read.filter((each) => 'identities' in each),
    faults: read.filter((each): each is RowFault => 'why' in each && !below.includes(each)),
    left: [...notRead(table, unreadSheets), ...below.map(({ number }) => belowLine(number))],
  }
}

const askWhich = (titles: readonly string[]): Refusal =>
  refuse(
    `${titles.map((title) => `"${title}"`).join('和')}都可以是同一项，应该用哪一列？请只留那一列（或把另一列改名），再发一次。没有改动。`,
    `${titles.map((title) => `"${title}"`).join(' and ')} could be the same thing. Which column is meant? Keep that one only, or rename the other, and send it again. Nothing was changed.`,
  )

const belowLine = (number: number): Text =>
  text(
    `第 ${number} 行是合计或落款，没有采用。`,
    `Row ${number} is a sum or a signature; not taken.`,
  )

function notRead(table: Table<Column>, sheets: readonly string[]): Text[] {
  const columns = table.unread.map(({ title }) => title).filter((title) => !isFaultTitle(title))
  const [quoted, named] = [columns, sheets].map((all) => all.map((each) => `"${each}"`))
  return [
    ...(quoted?.length
      ? [text(`没有读的列：${quoted.join('、')}。`, `Columns not read: ${quoted.join(', ')}.`)]
      : []),
    ...(named?.length
      ? [text(`没有读的工作表：${named.join('、')}。`, `Sheets not read: ${named.join(', ')}.`)]
      : []),
    ...(table.hiddenRows > 0
      ? [
          text(
            `有 ${table.hiddenRows} 行被筛选隐藏，没有采用；要用就取消筛选再发一次。`,
            `Hidden rows: ${table.hiddenRows}; they were not taken. Show them and send the file again to take them.`,
          ),
        ]
      : []),
  ]
}
