import { parseCsv } from 'hucre/csv'
import { readXlsx, writeXlsx } from 'hucre/xlsx'

export type Cell = string | number | boolean | null

export interface Sheet {
  readonly name: string
  /** Those that hold anything; `number` is the row's as the reader's program shows it, from 1. */
  readonly rows: readonly { readonly number: number; readonly cells: readonly Cell[] }[]
}

export interface Workbook {
  /** What we wrote into it when we made it, by which we know it again; null: not ours. */
  readonly marker: string | null
  readonly sheets: readonly Sheet[]
}

/** Why a file cannot be read as a table. */
export class SpreadsheetFault extends Error {
  override readonly name = 'SpreadsheetFault'
  readonly reason: 'kind' | 'broken' | 'damaged-text' | 'too-large'
  constructor(reason: SpreadsheetFault['reason']) {
    super(reason)
    this.reason = reason
  }
}

/** More than any list that a person sends in one file. */
export const MOST_ROWS = 200_000
const MARK = 'chenhui:'

/**
 * Reads a workbook (.xlsx) or a text table (.csv, in UTF-8 or GB18030, as office programs in China
 * write it). Dates come as `2026-11-27`. Throws `SpreadsheetFault`.
 */
export async function readWorkbook(name: string, bytes: Uint8Array): Promise<Workbook> {
  const kind = name.toLowerCase().split('.').at(-1)
  if (kind === 'csv') {
    const rows = attempt(() => parseCsv(decoded(bytes), { maxRows: MOST_ROWS + 1 }))
    return checked({ marker: null, sheets: [{ name, rows: numbered(rows) }] })
  }
  if (kind !== 'xlsx') throw new SpreadsheetFault('kind')
  const read = await readXlsx(bytes, { maxRows: MOST_ROWS + 1 }).catch(() => {
    throw new SpreadsheetFault('broken')
  })
  const { subject = '' } = read.properties ?? {}
  return checked({
    marker: subject.startsWith(MARK) ? subject.slice(MARK.length) : null,
    sheets: read.sheets.map((sheet) => ({ name: sheet.name, rows: numbered(sheet.rows) })),
  })
}

function attempt<T>(work: () => T): T {
  try {
    return work()
  } catch {
    throw new SpreadsheetFault('broken')
  }
}

/** UTF-8 where the bytes are that; else GB18030. */
function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

const numbered = (rows: readonly (readonly unknown[])[]): Sheet['rows'] =>
  rows
    .map((cells, index) => ({ number: index + 1, cells: cells.map(plain) }))
    .filter(({ cells }) => cells.some((cell) => cell !== null))

function plain(cell: unknown): Cell {
  if (cell instanceof Date) return cell.toISOString().slice(0, 10)
  if (typeof cell === 'number' || typeof cell === 'boolean') return cell
  if (typeof cell !== 'string') return null
  return cell.trim() || null
}

/** The sign that stands for letters that were lost: nobody's name is written with it. */
const LOST = '\uFFFD'

function checked(workbook: Workbook): Workbook {
  for (const { rows } of workbook.sheets) {
    if (rows.length > MOST_ROWS) throw new SpreadsheetFault('too-large')
    const lost = rows.some(({ cells }) =>
      cells.some((cell) => typeof cell === 'string' && cell.includes(LOST)),
    )
    if (lost) throw new SpreadsheetFault('damaged-text')
  }
  return workbook
}

/** A column of a sheet to be written; with `options` the reader's program offers just those. */
export interface Column {
  readonly title: string
  /** In characters. */
  readonly width?: number
  readonly options?: readonly string[]
}

export interface SheetToWrite {
  readonly name: string
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly Cell[])[]
}

/** A workbook with a frozen, bold row of titles in each sheet. */
export async function writeWorkbook(workbook: {
  /** By which the file is known when it comes back; null where it is only to read. */
  readonly marker: string | null
  readonly sheets: readonly SheetToWrite[]
}): Promise<Buffer> {
  const { marker, sheets } = workbook
  const written = await writeXlsx({
    properties: { creator: '晨会 Chenhui', ...(marker && { subject: MARK + marker }) },
    sheets: sheets.map(({ name, columns, rows }) => ({
      name,
      columns: columns.map(({ width }) => (width ? { width } : { autoWidth: true })),
      rows: [columns.map(({ title }) => title), ...rows.map((row) => [...row])],
      cells: new Map(columns.map((_, at) => [`0,${at}`, { style: { font: { bold: true } } }])),
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
const ROOM = 500

const below = (column: number, rows: number): string => {
  const letter = letters(column)
  return `${letter}2:${letter}${rows + 1 + ROOM}`
}

/** A column as programs name it: A … Z, AA … */
export const letters = (column: number): string =>
  (column >= 26 ? letters(Math.floor(column / 26) - 1) : '') +
  String.fromCharCode(65 + (column % 26))
