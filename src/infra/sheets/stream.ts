import {
  type Choices,
  HEADING_WITHIN_ROWS,
  type Headings,
  type Table,
  tableIn,
} from './headings.ts'
import type { Cell, Row } from './reading/cells.ts'
import { streamInThread } from './reading/read.ts'
import { markIn } from './spreadsheet.ts'

/** A kind of table that a sheet may hold. */
export interface Shape<Name extends string, Key extends string> {
  readonly name: Name
  readonly headings: Partial<Headings<Key>>
  /** All of these columns must be there … */
  readonly needs: readonly NoInfer<Key>[]
  /** … and one of these. */
  readonly wanted: readonly NoInfer<Key>[]
}

/** What a sheet turned out to hold, without its rows. */
export interface FoundTable<Name extends string, Key extends string>
  extends Omit<Table<Key>, 'sheet' | 'rows' | 'hiddenRows'> {
  readonly name: Name
  readonly sheet: string
}

/** What is taken of a file; each is waited for before more is read. */
export interface TableTaker<Name extends string, Key extends string> {
  table(found: FoundTable<Name, Key>): void | Promise<void>
  /** Rows below the headings of the last table that are not hidden. */
  rows(rows: readonly Row[]): void | Promise<void>
  /** What was said of a row of headings. */
  choicesOf(headings: readonly Cell[]): Choices
}

/** What of a file was not read. */
export interface NotRead {
  readonly marker: string | null
  /** Sheets that hold something, and no such table, or are hidden. */
  readonly sheets: readonly string[]
  /** Rows that are filtered out or hidden by hand. */
  readonly hiddenRows: number
}

/**
 * Reads every table of a workbook or text table in a thread of its own, without keeping its rows. A sheet
 * holds the first of `shapes` that fits the row of headings within its first ten. Throws `SpreadsheetFault`.
 */
export async function streamTables<Name extends string, Key extends string>(
  name: string,
  bytes: Uint8Array,
  shapes: readonly Shape<Name, Key>[],
  taker: TableTaker<Name, Key>,
): Promise<NotRead> {
  const sheets: string[] = []
  let hiddenRows = 0
  let sheet = { name: '', hidden: false }
  /** The first rows of a sheet, until they say what it holds. */
  let head: Row[] | null = null
  /** Whether rows of this sheet are taken. */
  let reading = false

  async function decide(): Promise<void> {
    if (!head) return
    const rows = head
    head = null
    if (rows.length === 0) return
    const found = sheet.hidden ? null : shapeOf({ ...sheet, rows }, shapes, taker)
    reading = found !== null
    if (!found) {
      sheets.push(sheet.name)
      return
    }
    const { rows: below, hiddenRows: hidden, sheet: _, ...table } = found.table
    hiddenRows += hidden
    await taker.table({ ...table, name: found.name, sheet: sheet.name })
    if (below.length > 0) await taker.rows(below)
  }

  const subject = await streamInThread(name, bytes, {
    async sheet(next) {
      await decide()
      sheet = next
      head = []
      reading = false
    },
    async rows(rows) {
      let rest = rows
      if (head) {
        const first = rows.slice(0, HEADING_WITHIN_ROWS - head.length)
        head.push(...first)
        rest = rows.slice(first.length)
        if (head.length < HEADING_WITHIN_ROWS) return
        await decide()
      }
      if (!reading || rest.length === 0) return
      const visible = rest.filter(({ hidden }) => !hidden)
      hiddenRows += rest.length - visible.length
      if (visible.length > 0) await taker.rows(visible)
    },
  })
  await decide()
  return { marker: markIn(subject), sheets, hiddenRows }
}

function shapeOf<Name extends string, Key extends string>(
  sheet: Parameters<typeof tableIn>[0],
  shapes: readonly Shape<Name, Key>[],
  taker: Pick<TableTaker<Name, Key>, 'choicesOf'>,
) {
  for (const { name, headings, needs, wanted } of shapes) {
    const table = tableIn(sheet, headings, wanted, (row) => taker.choicesOf(row))
    if (table && needs.every((key) => table.places.has(key))) return { name, table }
  }
  return null
}
