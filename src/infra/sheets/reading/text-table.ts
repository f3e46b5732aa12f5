import { parseCsv } from 'hucre/csv'
import { cellOf, numbered, type Row } from './cells.ts'
import { LIMITS, SpreadsheetFault } from './limits.ts'

/** A byte order mark, and how what follows is written. */
const MARKS = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
] as const

/** UTF-8 or UTF-16 where the bytes are that; else GB18030, as office programs in China write. */
export function decoded(bytes: Uint8Array): string {
  const mark = MARKS.find((each) => each.bytes.every((byte, at) => bytes[at] === byte))
  if (mark) return new TextDecoder(mark.encoding).decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

/** The rows of a text table. Throws `SpreadsheetFault`. */
export function* tableOf(text: string): Generator<Row> {
  // Excel's own first line, which names what stands between fields.
  const [line = '', delimiter] = text.match(/^sep=(.)\r?\n/) ?? []
  const rows = parsed(text.slice(line.length), delimiter)
  let cells = 0
  for (const [index, values] of rows.entries()) {
    const row = numbered(index + (line ? 1 : 0), values.map(cellOf))
    if (!row) continue
    cells += row.cells.length
    if (cells > LIMITS.cells) throw new SpreadsheetFault('too-heavy')
    yield row
  }
}

function parsed(text: string, delimiter: string | undefined): unknown[][] {
  let rows: unknown[][]
  try {
    rows = parseCsv(text, { maxRows: LIMITS.rows + 1, ...(delimiter && { delimiter }) })
  } catch {
    throw new SpreadsheetFault('broken')
  }
  if (rows.length > LIMITS.rows) throw new SpreadsheetFault('too-many-rows')
  return rows
}
