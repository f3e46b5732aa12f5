/** @module-tag slow */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { unreadable } from '../../../src/bot/inbox/uploads.ts'
import { decoded, tableOf } from '../../../src/infra/sheets/reading/text-table.ts'
import { sheetsOf } from '../../../src/infra/sheets/reading/workbook.ts'
import { type Cell, letters, SpreadsheetFault } from '../../../src/infra/sheets/spreadsheet.ts'
import { type MadePart, partsOf, zipOf } from '../../support/xlsx.ts'

// Files as programs write them, spoiled in one place. In this thread, as it is the reader that is looked at and not
// the thread that it has in the service (nasty-workbooks.test.ts).

const RUNS = { numRuns: 150 }

type Table = readonly (readonly Cell[])[]

/** Text as it stands in tables: rare letters, quotes, what separates, breaks, zeros before, what looks like a formula. */
const text = fc.oneof(
  fc.constantFrom(
    '张三',
    '𠮷田',
    '王·五',
    'a"b',
    '"',
    'a,b',
    'a;b\tc',
    '一\n二',
    '00123',
    '=1+1',
    "'12",
    '#N/A',
    '<b>&',
  ),
  fc.string({ unit: fc.constantFrom(...'张李 abAB019"\',;|=-+.&<>'), maxLength: 8 }),
)
const kept = text.map((said) => said.trim()).filter((said) => said !== '')
const tableOfCells = (cell: fc.Arbitrary<Cell>): fc.Arbitrary<Table> =>
  fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 8 })

/** What the reader is to say: rows that hold anything, cut behind their last cell. */
const said = (table: Table): Cell[][] =>
  table
    .map((row) => row.slice(0, row.findLastIndex((cell) => cell !== null) + 1))
    .filter((row) => row.length > 0)

type Outcome = Cell[][] | SpreadsheetFault

/** The rows, or the fault that a sentence is said for. */
async function outcome(rows: () => Promise<Cell[][]> | Cell[][]): Promise<Outcome> {
  try {
    return await rows()
  } catch (error) {
    // As the thread says it (worker.ts).
    const fault = error instanceof SpreadsheetFault ? error : new SpreadsheetFault('broken')
    expect(unreadable(fault).because.zh).toMatch(/。$/)
    return fault
  }
}

const textRows = (bytes: Uint8Array) =>
  outcome(() => Array.from(tableOf(decoded(bytes)), ({ cells }) => [...cells]))

const bookRows = (bytes: Uint8Array) =>
  outcome(async () => {
    const found: Cell[][] = []
    for await (const { rows } of sheetsOf(bytes))
      for await (const { cells } of rows) found.push([...cells])
    return found
  })

/** As each program may write a field. */
const field = (cell: Cell, separator: string, always: boolean): string => {
  const written = String(cell ?? '')
  return always || /["\r\n]/.test(written) || written.includes(separator)
    ? `"${written.replaceAll('"', '""')}"`
    : written
}
interface Dress {
  readonly separator: string
  readonly always: boolean
  readonly end: string
}
const dress: fc.Arbitrary<Dress> = fc.record({
  separator: fc.constantFrom(',', ';', '\t'),
  always: fc.boolean(),
  end: fc.constantFrom('\n', '\r\n', '\r'),
})
const HEADINGS = ['姓名', '手机号', '备注']
const csvOf = (table: Table, { separator, always, end }: Dress): string =>
  [HEADINGS, ...table]
    // As wide as the headings at least, as programs write rows.
    .map((row) => HEADINGS.map((_, at) => row[at] ?? null).concat(row.slice(HEADINGS.length)))
    .map((row) => row.map((cell) => field(cell, separator, always)).join(separator) + end)
    .join('')
const texts = tableOfCells(fc.option(kept))

test('a text table is read as it was written, by whatever program', async () => {
  await fc.assert(
    fc.asyncProperty(
      texts,
      dress,
      fc.constantFrom('utf8', 'utf16le'),
      async (table, how, encoding) => {
        const mark = encoding === 'utf8' ? '' : '\ufeff'
        const rows = await textRows(
          Buffer.from(mark + csvOf(table, how), encoding as BufferEncoding),
        )
        expect(rows).toEqual([HEADINGS, ...said(table)])
      },
    ),
    RUNS,
  )
})

/** Where other quotes stand, what one more makes of them may be a table as well. */
const words = tableOfCells(fc.option(fc.constantFrom('张三', '13800010001', '城东', '00123')))

test('a text table with one quote too many or too few says so, or loses no row', async () => {
  await fc.assert(
    fc.asyncProperty(words, dress, fc.nat(), fc.boolean(), async (table, how, place, more) => {
      const written = csvOf(table, how)
      const quotes = [...written.matchAll(/"/g)].map(({ index }) => index)
      const at = more ? place % written.length : (quotes[place % Math.max(1, quotes.length)] ?? 0)
      const spoiled = written.slice(0, at) + (more ? '"' : '') + written.slice(at + (more ? 0 : 1))
      const rows = await textRows(Buffer.from(spoiled))
      if (rows instanceof SpreadsheetFault) return
      expect(rows.length).toBeGreaterThanOrEqual(said(table).length)
    }),
    RUNS,
  )
})

test('a text table that was not sent to its end loses nothing but its end', async () => {
  await fc.assert(
    fc.asyncProperty(texts, dress, fc.nat(), async (table, how, place) => {
      const bytes = Buffer.from(csvOf(table, how))
      const whole = [HEADINGS, ...said(table)]
      const rows = await textRows(bytes.subarray(0, 20 + (place % bytes.length)))
      if (rows instanceof SpreadsheetFault) return
      expect(rows.slice(0, -1)).toEqual(whole.slice(0, Math.max(0, rows.length - 1)))
    }),
    RUNS,
  )
})

const cell = fc.oneof(
  kept,
  fc.integer({ min: -1e12, max: 1e12 }),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }).filter((value) => !Object.is(value, -0)),
  fc.boolean(),
  fc.constant(null),
)
const cells = tableOfCells(cell)

const escaped = (written: string): string =>
  written.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const cellXml = (value: Cell, place: string): string => {
  if (value === null) return ''
  if (typeof value === 'string')
    return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`
  return typeof value === 'boolean'
    ? `<c r="${place}" t="b"><v>${value ? 1 : 0}</v></c>`
    : `<c r="${place}"><v>${value}</v></c>`
}
const sheetRows = (table: Table): string[] =>
  table.map(
    (row, at) =>
      `<row r="${at + 1}">${row.map((each, column) => cellXml(each, `${letters(column)}${at + 1}`)).join('')}</row>`,
  )
const bookParts = (rows: readonly string[]): MadePart[] =>
  partsOf([{ name: '客户', rows: rows.join('') }])

test('a workbook is read as it was written', async () => {
  await fc.assert(
    fc.asyncProperty(cells, async (table) => {
      expect(await bookRows(zipOf(bookParts(sheetRows(table))))).toEqual(said(table))
    }),
    RUNS,
  )
})

test('a workbook of which a byte differs, or is missing, is refused or read as it was', async () => {
  await fc.assert(
    fc.asyncProperty(
      cells,
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      fc.boolean(),
      async (table, place, by, cut) => {
        const bytes = zipOf(bookParts(sheetRows(table)))
        const at = place % bytes.length
        const spoiled = Buffer.from(
          cut ? Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]) : bytes,
        )
        if (!cut) spoiled.writeUInt8((spoiled.readUInt8(at) ^ by) & 255, at)
        const rows = await bookRows(spoiled)
        if (rows instanceof SpreadsheetFault) return
        expect(rows).toEqual(said(table))
      },
    ),
    { numRuns: 400 },
  )
})

test('a workbook that was not sent to its end is refused', async () => {
  await fc.assert(
    fc.asyncProperty(cells, fc.nat(), async (table, place) => {
      const bytes = zipOf(bookParts(sheetRows(table)))
      expect(await bookRows(bytes.subarray(0, place % bytes.length))).toBeInstanceOf(
        SpreadsheetFault,
      )
    }),
    RUNS,
  )
})

/** A part of a workbook as a bad program leaves it. */
const SPOILS: Readonly<Record<string, (parts: MadePart[], at: number) => MadePart[]>> = {
  'without a part': (parts, at) => parts.toSpliced(at % parts.length, 1),
  'with a part cut off': (parts, at) =>
    parts.map((part, index) =>
      index === at % parts.length
        ? { ...part, xml: part.xml.slice(0, at % part.xml.length) }
        : part,
    ),
  'with a part that is empty': (parts, at) =>
    parts.map((part, index) => (index === at % parts.length ? { ...part, xml: '' } : part)),
}

test.each(Object.entries(SPOILS))(
  'a workbook %s is refused or says all its rows',
  async (_what, spoil) => {
    await fc.assert(
      fc.asyncProperty(cells, fc.nat(), async (table, at) => {
        const rows = await bookRows(zipOf(spoil(bookParts(sheetRows(table)), at)))
        if (rows instanceof SpreadsheetFault) return
        expect(rows).toEqual(said(table))
      }),
      RUNS,
    )
  },
)
