import type { CellStyle } from 'hucre/xlsx'
import { isDay } from '../../core/calendar/time.ts'
import type { Cell } from './reading/cells.ts'
import { isZip } from './reading/kind.ts'
import { readInThread, type Sheet } from './reading/read.ts'
import { subjectOf } from './reading/workbook.ts'
import { dateSerial, looksLikeFormula } from './writing/values.ts'

export type { Cell, Row } from './reading/cells.ts'
export { type FaultReason, LIMITS, SpreadsheetFault } from './reading/limits.ts'
export type { Sheet } from './reading/read.ts'

export interface Workbook {
  /** What we wrote into it when we made it, by which we know it again; null: not ours. */
  readonly marker: string | null
  readonly sheets: readonly Sheet[]
}

const MARK = 'chenhui:'
export const markIn = (subject: string | null): string | null =>
  subject?.startsWith(MARK) ? subject.slice(MARK.length) : null

/**
 * Reads a workbook (.xlsx) or a text table (.csv, in UTF-8, UTF-16 or GB18030), in a thread of its
 * own and within `LIMITS`. Dates come as `2026-11-27`. Throws `SpreadsheetFault`.
 */
export async function readWorkbook(name: string, bytes: Uint8Array): Promise<Workbook> {
  const { subject, sheets } = await readInThread(name, bytes)
  return { marker: markIn(subject), sheets }
}

/** Whose a workbook is, by the one small part that says it; null: not ours, or none that opens. */
export function markerIn(bytes: Uint8Array): string | null {
  try {
    return isZip(bytes) ? markIn(subjectOf(bytes)) : null
  } catch {
    return null
  }
}

/** A column of a sheet to be written; with `options` the reader's program offers just those. */
export interface Column {
  readonly title: string
  /** In characters. */
  readonly width?: number
  readonly options?: readonly string[]
  /**
   * How the cells are kept, also those to be filled in below. `text`: as typed; a spreadsheet program
   * keeps 15 digits of a number and drops zeros before it. `day`: a date, written as a day. `amount`:
   * whole yuan. `share`: of one, in per cent.
   */
  readonly holds?: 'text' | 'day' | 'amount' | 'share'
}

/** Number formats as spreadsheet programs write them. */
const FORMATS = { text: '@', day: 'yyyy-mm-dd', amount: '#,##0', share: '0%' } as const

export interface SheetToWrite {
  readonly name: string
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly Cell[])[]
}

/** Printed, a sheet is as wide as a page laid on its side. */
const PRINTED = {
  paperSize: 'a4',
  orientation: 'landscape',
  fitToPage: true,
  fitToWidth: 1,
  fitToHeight: 0,
} as const

/**
 * Each page begins with the titles. Trap: the library would name the sheet without quotes, and Excel calls a workbook
 * spoiled where the name has a blank, a dot or a hyphen.
 */
const titlesOnEachPage = (name: string) => ({
  ...{ name: '_xlnm.Print_Titles', scope: name },
  range: ['', name.replaceAll("'", "''"), '!$1:$1'].join("'"),
})

/** A workbook with a frozen, bold row of titles in each sheet. */
export async function writeWorkbook(workbook: {
  /** By which the file is known when it comes back; null where it is only to read. */
  readonly marker: string | null
  readonly sheets: readonly SheetToWrite[]
}): Promise<Buffer> {
  const { marker, sheets } = workbook
  const { writeXlsx } = await import('hucre/xlsx')
  const written = await writeXlsx({
    properties: { creator: '晨会 Chenhui', ...(marker && { subject: MARK + marker }) },
    namedRanges: sheets.map(({ name }) => titlesOnEachPage(name)),
    sheets: sheets.map(({ name, columns, rows }) => ({
      name,
      pageSetup: PRINTED,
      columns: columns.map(({ width }) => (width ? { width } : { autoWidth: true })),
      rows: [
        columns.map(({ title }) => title),
        ...rows.map((row) => row.map((cell, at) => kept(cell, columns[at]))),
      ],
      cells: new Map([
        ...bold(columns),
        ...formatted(columns, rows.length),
        ...harmless(columns, rows),
      ]),
      freezePane: { rows: 1 },
      dataValidations: columns.flatMap(({ options }, at) =>
        options
          ? [{ type: 'list' as const, values: [...options], range: below(at, rows.length) }]
          : [],
      ),
    })),
  })
  return Buffer.from(written)
}

/** Rows that a person may add below those written. */
const SPARE_ROWS = 500

type Styled = [at: string, { style: CellStyle }]

/** The titles. */
const bold = (columns: readonly Column[]): Styled[] =>
  columns.map((_, at) => [`0,${at}`, { style: { font: { bold: true } } }])

/** The cells of columns that hold text or days, written or yet to be filled in. */
const formatted = (columns: readonly Column[], rows: number): Styled[] =>
  columns.flatMap(({ holds }, at) =>
    holds
      ? Array.from({ length: rows + SPARE_ROWS }, (_, row): Styled => {
          return [`${row + 1},${at}`, { style: { numFmt: FORMATS[holds] } }]
        })
      : [],
  )

/** What looks like a formula stays a text when its cell is edited. */
const harmless = (columns: readonly Column[], rows: SheetToWrite['rows']): Styled[] =>
  rows.flatMap((cells, row) =>
    cells.flatMap((cell, at): Styled[] =>
      typeof cell === 'string' && looksLikeFormula(cell) && !columns[at]?.holds
        ? [[`${row + 1},${at}`, { style: { numFmt: FORMATS.text } }]]
        : [],
    ),
  )

/** A day of a column of days is the number that programs keep of it. */
const kept = (cell: Cell, column: Column | undefined): Cell =>
  column?.holds === 'day' && typeof cell === 'string' && isDay(cell) ? dateSerial(cell) : cell

const below = (column: number, rows: number): string => {
  const letter = letters(column)
  return `${letter}2:${letter}${rows + 1 + SPARE_ROWS}`
}

/** A column as programs name it: A … Z, AA … */
export const letters = (column: number): string =>
  (column >= 26 ? letters(Math.floor(column / 26) - 1) : '') +
  String.fromCharCode(65 + (column % 26))
