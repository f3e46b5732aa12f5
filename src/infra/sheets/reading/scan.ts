import { LIMITS, SpreadsheetFault } from './limits.ts'

/** What the reader of values does not tell of a sheet. */
export interface Scan {
  /** Rows that hold anything, from 0. */
  readonly hidden: ReadonlySet<number>
  /** By row, and in it by place, cells that hold no value one can take. */
  readonly faults: ReadonlyMap<number, ReadonlyMap<number, CellFault>>
  /** Ranges of one column whose first cell stands for all: first row, last row, column. */
  readonly merges: readonly (readonly [number, number, number])[]
  /** Cells that it lists, and that it comes to when laid out. */
  readonly listed: number
  readonly cells: number
}

/** `formula`: it was never calculated. `error`: it came to an error, such as #N/A. */
export type CellFault = 'formula' | 'error'

/**
 * Opening and closing tags of rows, cells and what stands in cells, whatever their prefix. No `<` may
 * stand in an attribute, so what never closes costs nothing.
 */
const TAG = /<(\/?)(?:[\w.-]+:)?(row|c|f|v|is|mergeCell)(?=[\s/>])([^<>]*)>/g
/** The end of a sheet, empty or not. */
const ENDS =
  /(?:<\/(?:[\w.-]+:)?worksheet\s*|<(?:[\w.-]+:)?worksheet\b[^<>]*\/)>\s*(?:<!--(?:[^-]|-(?!-))*-->\s*)*$/
const MOST_BEHIND = 10_000
const [ROW, TYPE, HIDDEN, RANGE] = ['r', 't', 'hidden', 'ref'].map(
  (name) => new RegExp(`(?:^|\\s)${name}\\s*=\\s*["']([^"']*)["']`),
) as [RegExp, RegExp, RegExp, RegExp]
const attribute = (attributes: string, pattern: RegExp): string | undefined =>
  attributes.match(pattern)?.[1]
const isTrue = (value: string | undefined): boolean => value === '1' || value === 'true'

/** Row and column, from 0, of a reference such as B12; null for what is none. */
function placeOf(reference: string): readonly [number, number] | null {
  const [, letters, digits] = reference.match(/^\$?([A-Z]{1,3})\$?(\d{1,7})$/i) ?? []
  if (!letters || !digits) return null
  const column = [...letters.toUpperCase()].reduce(
    (sum, each) => sum * 26 + each.charCodeAt(0) - 64,
    0,
  )
  return [Number(digits) - 1, column - 1]
}

/** The XML of a sheet, cut before a tag each time, with its end. */
async function* cutBeforeTags(pieces: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const waiting: string[] = []
  let end = ''
  for await (const piece of pieces) {
    // What is looked for is written in bytes that are the same in any encoding.
    const text = piece.toString('latin1')
    end = (end + text).slice(-MOST_BEHIND)
    const cut = text.lastIndexOf('<')
    if (cut > 0) yield [...waiting.splice(0), text.slice(0, cut)].join('')
    waiting.push(cut > 0 ? text.slice(cut) : text)
  }
  yield waiting.join('')
  // What was cut off has rows that nobody would miss.
  if (!ENDS.test(end)) throw new SpreadsheetFault('broken')
}

/**
 * Walks over a sheet's XML once: counts, and notes what is hidden, never calculated, in error or
 * merged. `before` are the counts of the sheets before it. Throws `SpreadsheetFault` beyond a limit.
 */
export async function scanSheet(
  pieces: AsyncIterable<Buffer>,
  before: Pick<Scan, 'listed' | 'cells'>,
): Promise<Scan> {
  const hidden = new Set<number>()
  const faults = new Map<number, Map<number, CellFault>>()
  const merges: [number, number, number][] = []
  let [row, column, filled] = [-1, -1, 0]
  let { listed, cells } = before
  let cell: { type: string; formula: boolean; value: boolean; said: boolean } | null = null
  /** Up to where the row is filled. */
  let width = 0

  const leaveCell = (): void => {
    if (!cell) return
    const { type, formula, value, said } = cell
    cell = null
    if (!formula && !value) return
    if (column >= LIMITS.columns) throw new SpreadsheetFault('too-wide')
    if (width === 0 && ++filled > LIMITS.rows) throw new SpreadsheetFault('too-many-rows')
    cells += Math.max(0, column + 1 - width)
    width = Math.max(width, column + 1)
    if (cells > LIMITS.cells) throw new SpreadsheetFault('too-heavy')
    // A formula may well have come to an empty text.
    const calculated = value || (said && type === 'str')
    const fault = type === 'e' ? 'error' : formula && !calculated ? 'formula' : null
    if (!fault) return
    const known = faults.get(row) ?? new Map<number, CellFault>()
    faults.set(row, known.set(column, fault))
  }

  const walk = (xml: string, match: RegExpExecArray): void => {
    const [whole, closes, name, attributes = ''] = match
    const empty = attributes.endsWith('/')
    if (name === 'row' && !closes) {
      const said = attribute(attributes, ROW)
      ;[row, column, width] = [said ? Number(said) - 1 : row + 1, -1, 0]
      if (isTrue(attribute(attributes, HIDDEN))) hidden.add(row)
    } else if (name === 'c' && closes) leaveCell()
    else if (name === 'c') {
      if (++listed > LIMITS.listed) throw new SpreadsheetFault('too-heavy')
      column = placeOf(attribute(attributes, ROW) ?? '')?.[1] ?? column + 1
      cell = empty
        ? null
        : { type: attribute(attributes, TYPE) ?? 'n', formula: false, value: false, said: false }
    } else if (cell && !closes && name === 'f') cell.formula = true
    else if (cell && !closes && name === 'v') {
      cell.said = true
      // At the end of a piece a tag comes.
      cell.value = !empty && (xml[match.index + whole.length] ?? '<') !== '<'
    } else if (cell && name === 'is') cell.value = true
    else if (name === 'mergeCell' && !closes && merges.length < LIMITS.merges) {
      const [from, to] = (attribute(attributes, RANGE) ?? '')
        .split(':')
        .map((each) => placeOf(each))
      if (from && to && to[0] > from[0]) merges.push([from[0], to[0], from[1]])
    }
  }

  for await (const xml of cutBeforeTags(pieces)) {
    for (const match of xml.matchAll(TAG)) walk(xml, match)
  }
  return { hidden, faults, merges, listed, cells }
}
