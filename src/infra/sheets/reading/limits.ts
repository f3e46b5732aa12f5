/**
 * What a file may come to once it is opened. A list of 200 000 rows by 10 columns is within all of
 * these; what is not is a mistake, or made to harm.
 */
export const LIMITS = {
  /** Rows that hold anything, of all sheets. */
  rows: 200_000,
  /** The last column that holds anything: IV, as programs had it until 2007. */
  columns: 256,
  /** Cells of all sheets as they are laid out, from the first column to the last that is filled. */
  cells: 2_000_000,
  /** Cells as a workbook lists them, with those that were only coloured: three columns to the last row. */
  listed: 4_000_000,
  /** Bytes of all parts of a workbook once inflated. */
  inflatedBytes: 100 * 1024 * 1024,
  /** Above so many inflated bytes … */
  ratioFromBytes: 10 * 1024 * 1024,
  /** … a workbook may be so many times its size in the file: honest ones stay below 40. */
  ratio: 100,
  /** Parts of a workbook: sheets, pictures, what else it brings. */
  parts: 2_000,
  /** Sheets that hold anything. */
  sheets: 50,
  /** Characters of one cell, as spreadsheet programs have it. */
  cellCharacters: 32_767,
  /** Merged ranges that are filled; what is beyond stays as it is written. */
  merges: 2_000,
} as const

/** Why a file cannot be read as a table. */
export type FaultReason =
  /** Neither a workbook nor a text table. */
  | 'kind'
  | 'broken'
  /** It opens with a password only. */
  | 'password'
  /** A web page that was given a table's name. */
  | 'web-page'
  /** Letters were lost before it was sent. */
  | 'damaged-text'
  /** A quote that opens or closes in the midst of a field of a text table. */
  | 'open-quote'
  | 'empty'
  | 'too-many-rows'
  | 'too-wide'
  /** Too many cells, bytes, parts, seconds or megabytes. */
  | 'too-heavy'

/** A file that cannot be read as a table. */
export class SpreadsheetFault extends Error {
  override readonly name = 'SpreadsheetFault'
  readonly reason: FaultReason
  constructor(reason: FaultReason) {
    super(reason)
    this.reason = reason
  }
}
