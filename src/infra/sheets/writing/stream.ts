import { isDay } from '../../../core/calendar/time.ts'
import type { Cell } from '../reading/cells.ts'
import { inflated, partsOf } from '../reading/zip.ts'
import { type Column, letters, writeWorkbook } from '../spreadsheet.ts'
import { dateSerial } from './values.ts'
import { zipped } from './zip.ts'

/** A sheet whose rows are not all there at one time. */
export interface SheetToStream {
  readonly name: string
  readonly columns: readonly Column[]
  /** Pages of rows. */
  readonly pages: AsyncIterable<readonly (readonly Cell[])[]>
}

const SHEET = 'xl/worksheets/sheet1.xml'
/** Parts without rows are a few kilobytes. */
const MOST_SHELL_BYTES = 1024 * 1024

/**
 * A workbook of one sheet, made while it is read: a book of any length takes the memory of a page. All
 * but the rows is as `writeWorkbook` makes it of a sheet with one empty row, whose cells say how each
 * column is formatted.
 */
export async function* streamWorkbook({
  name,
  columns,
  pages,
}: SheetToStream): AsyncGenerator<Buffer> {
  const empty = columns.map(() => null)
  const shell = await writeWorkbook({ marker: null, sheets: [{ name, columns, rows: [empty] }] })
  const parts = partsOf(shell).map((part) => {
    return { name: part.name, text: inflated(part, MOST_SHELL_BYTES).toString('utf8') }
  })
  const sheet = parts.find((part) => part.name === SHEET)?.text ?? ''
  const cut = sheet.search(/<row r="2"/)
  const end = sheet.indexOf('</sheetData>')
  if (cut < 0 || end < 0) throw new Error('the shell of a workbook has no second row')
  const styles = columns.map((column, place) => styleOf(sheet.slice(cut, end), column, place))
  const head = sheet.slice(0, cut).replace(/<dimension [^>]*\/>/, '')
  yield* zipped(
    parts.map((part) =>
      part.name === SHEET
        ? { name: SHEET, text: sheetText(head, rowsText(pages, styles), sheet.slice(end)) }
        : { name: part.name, text: [part.text] },
    ),
  )
}

async function* sheetText(head: string, rows: AsyncIterable<string>, tail: string) {
  yield head
  yield* rows
  yield tail
}

/** How a column is formatted: the number of its style, and what its cells hold. */
interface Style extends Pick<Column, 'holds'> {
  readonly letters: string
  readonly number: string
}

function styleOf(rows: string, { holds }: Column, place: number): Style {
  const column = letters(place)
  const [, number = '0'] = rows.match(new RegExp(`<c r="${column}2"[^>]* s="(\\d+)"`)) ?? []
  return { letters: column, number, ...(holds && { holds }) }
}

async function* rowsText(
  pages: SheetToStream['pages'],
  styles: readonly Style[],
): AsyncGenerator<string> {
  let row = 1
  for await (const page of pages) {
    const texts = page.map((cells) => {
      row++
      return `<row r="${row}">${styles.map((style, place) => cellText(cells[place] ?? null, style, row)).join('')}</row>`
    })
    yield texts.join('')
  }
}

function cellText(cell: Cell, { letters: column, number, holds }: Style, row: number): string {
  const at = `<c r="${column}${row}" s="${number}"`
  if (cell === null || cell === '') return ''
  if (typeof cell === 'number') return `${at}><v>${cell}</v></c>`
  if (typeof cell === 'boolean') return `${at} t="b"><v>${cell ? 1 : 0}</v></c>`
  if (holds === 'day' && isDay(cell)) return `${at}><v>${dateSerial(cell)}</v></c>`
  return `${at} t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
/** What no XML holds: control characters, and two that are no characters. */
const NO_XML = /[^\P{Cc}\n\t]|[\ufffe\uffff]/gu
/** The longest cell that programs open. */
const MOST_CHARACTERS = 32_767

/** A text as a cell holds it; `_x000D_` would be read as a character. */
const escaped = (text: string): string =>
  text
    .toWellFormed()
    .slice(0, MOST_CHARACTERS)
    .replace(NO_XML, '')
    .replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
    .replace(/[&<>]/g, (sign) => ENTITIES[sign] ?? '')
