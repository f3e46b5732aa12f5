import { LIMITS, SpreadsheetFault } from './limits.ts'
import type { CellFault } from './scan.ts'

export type Cell = string | number | boolean | null

export interface Row {
  /** As the reader's program shows it, from 1. */
  readonly number: number
  /** Filtered out, or hidden by hand. */
  readonly hidden: boolean
  readonly cells: readonly Cell[]
  /**
   * By place, cells that hold no value one can take: a formula that was never calculated, which
   * reads "=", and an error, which reads as it is shown (#N/A).
   */
  readonly faults: ReadonlyMap<number, CellFault>
}

/** The sign that stands for letters that were lost: nobody's name is written with it. */
const LOST = '\uFFFD'
/**
 * What nobody sees: control characters but line feed and tab (no database takes a NUL), and signs of
 * width and direction that come along with copied numbers.
 */
const UNSEEN = /[^\P{Cc}\n\t]|[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu
/** A day as ISO has it; years beyond 9999 are none. */
const DAY = /^\d{4}-\d{2}-\d{2}/
const NOT_CALCULATED = '='
const NO_FAULTS: Row['faults'] = new Map()

/** A value as the readers of tables take it: days as `2026-11-27`, text without blanks around it. */
export function cellOf(value: unknown): Cell {
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) return null
    const written = value.toISOString()
    return written.match(DAY)?.[0] ?? written
  }
  if (typeof value === 'number' || typeof value === 'boolean') return value
  if (typeof value !== 'string') return null
  if (value.length > LIMITS.cellCharacters) throw new SpreadsheetFault('too-heavy')
  const whole = value.toWellFormed()
  if (whole.includes(LOST)) throw new SpreadsheetFault('damaged-text')
  return whole.replaceAll(/\r\n?/g, '\n').replace(UNSEEN, '').trim() || null
}

/** A row with its number, cut behind its last cell; null where it holds nothing. */
export function numbered(
  index: number,
  cells: readonly Cell[],
  hidden = false,
  faults = NO_FAULTS,
): Row | null {
  const marked = faults.size > 0 ? [...cells] : cells
  for (const [place, fault] of faults) {
    if (fault === 'formula') (marked as Cell[])[place] = NOT_CALCULATED
  }
  const last = marked.findLastIndex((cell) => cell !== null && cell !== undefined)
  if (last < 0) return null
  if (last >= LIMITS.columns) throw new SpreadsheetFault('too-wide')
  const whole = Array.from({ length: last + 1 }, (_, place) => marked[place] ?? null)
  return { number: index + 1, hidden, cells: whole, faults }
}
