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
  const [line = '', said] = text.match(/^sep=(.)\r?\n/) ?? []
  const table = text.slice(line.length)
  const delimiter = said ?? delimiterOf(table)
  if (!quotesClose(table, delimiter)) throw new SpreadsheetFault('open-quote')
  const rows = parsed(table, delimiter)
  let cells = 0
  for (const [index, values] of rows.entries()) {
    const row = numbered(index + (line ? 1 : 0), values.map(cellOf))
    if (!row) continue
    cells += row.cells.length
    if (cells > LIMITS.cells) throw new SpreadsheetFault('too-heavy')
    yield row
  }
}

function parsed(text: string, delimiter: string): unknown[][] {
  let rows: unknown[][]
  try {
    rows = parseCsv(text, { maxRows: LIMITS.rows + 1, delimiter })
  } catch {
    throw new SpreadsheetFault('broken')
  }
  if (rows.length > LIMITS.rows) throw new SpreadsheetFault('too-many-rows')
  return rows
}

/** What may stand between fields, the usual first. */
const DELIMITERS = [',', '\t', ';', '|'] as const
/** A title may stand above the headings, with a comma in it. */
const SAMPLE_LINES = 10
const SAMPLE_CHARACTERS = 65_536

/** What stands most often in the first line of those in half of which it stands at all, quoted fields left out. */
function delimiterOf(text: string): string {
  const sample = text.slice(0, SAMPLE_CHARACTERS).replace(/"(?:[^"]|"")*"/g, '')
  const lines = sample.split(/\r\n?|\n/).filter((each) => each !== '')
  const counts = lines
    .slice(0, SAMPLE_LINES)
    .map((line) => DELIMITERS.map((each) => line.split(each).length - 1))
  for (const line of counts) {
    const most = Math.max(...line)
    const place = line.indexOf(most)
    const having = counts.filter((other) => (other[place] ?? 0) > 0)
    if (most > 0 && having.length * 2 >= counts.length) return DELIMITERS[place] ?? ','
  }
  return ','
}

/**
 * Whether each quote that opens a field is closed at the field's end. Else the reader of tables takes the rows up to
 * the next quote for one cell.
 */
function quotesClose(text: string, delimiter: string): boolean {
  for (let at = 0; at < text.length; ) {
    if (text[at] === '"') {
      const end = closing(text, at)
      if (end < 0) return false
      const next = text[end + 1] ?? '\n'
      if (next !== delimiter && next !== '\n' && next !== '\r') return false
      at = end + 2
    } else {
      while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r')
        at++
      at++
    }
  }
  return true
}

/** Where the quote that opens at a place closes; two in a row are one that is meant. -1: nowhere. */
function closing(text: string, opened: number): number {
  for (let at = text.indexOf('"', opened + 1); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at
  }
  return -1
}
