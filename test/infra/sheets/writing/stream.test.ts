import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inflated, partsOf } from '../../../../src/infra/sheets/reading/zip.ts'
import { type Cell, readWorkbook } from '../../../../src/infra/sheets/spreadsheet.ts'
import { streamWorkbook } from '../../../../src/infra/sheets/writing/stream.ts'

/** As a file says who took it: programs want such a name in quotes. */
const SHEET = "客户 O'Neil 09.00"
const COLUMNS = [
  { title: '姓名', width: 12, holds: 'text' },
  { title: '到期', width: 12, holds: 'day' },
  { title: '额度', width: 12, holds: 'amount' },
] as const

async function written(pages: readonly (readonly (readonly Cell[])[])[]): Promise<Buffer> {
  async function* each() {
    yield* pages
  }
  const chunks: Buffer[] = []
  const sheet = { name: SHEET, columns: COLUMNS, pages: each() }
  for await (const chunk of streamWorkbook(sheet)) chunks.push(chunk)
  return Buffer.concat(chunks)
}
const textOf = (book: Buffer, name: string): string => {
  const part = partsOf(book).find((each) => each.name === name)
  return part ? inflated(part, 10_000_000).toString('utf8') : ''
}

test('whatever stands in the cells of pages is read back', async () => {
  const cell = fc.oneof(
    // The sign for lost letters is refused by whoever reads.
    fc.string({ unit: 'binary', maxLength: 12 }).filter((text) => !text.includes('\ufffd')),
    fc.constantFrom('=1+1', '+86', '-5', '@x', '_x000D_', '_x0041_', '<&>"\'', '𠮷', '甲\n乙'),
  )
  const row = fc.tuple(cell, fc.constantFrom('2027-02-05', null), fc.integer({ min: 0 }))
  const rows = fc.sample(row, 400)
  const book = await written([rows.slice(0, 150), [], rows.slice(150)])
  const { sheets } = await readWorkbook('a.xlsx', book)
  const read = sheets[0]?.rows.slice(1).map(({ cells }) => cells) ?? []
  const expected = rows.map(([name, ...rest]) => [asRead(name), ...rest])
  expect(read.map(([name, ...rest]) => [asRead(name ?? null), ...rest])).toEqual(expected)
})

/** As the reader takes any cell: without what nobody sees, and without blanks around it. */
const asRead = (cell: Cell): string =>
  String(cell ?? '')
    .replaceAll(/\r\n?/g, '')
    .replaceAll(/[^\P{Cc}\n\t]|\p{Cf}|[\ufffe\uffff]/gu, '')
    .trim()

test('days are dates, amounts numbers, and what looks like a formula is a text in a column of text', async () => {
  const book = await written([[['=cmd', '2027-02-05', 500_000]]])
  const sheet = textOf(book, 'xl/worksheets/sheet1.xml')
  const [, name, on, amount] =
    sheet.match(
      /<row r="2"><c r="A2" s="(\d+)" t="inlineStr">.*?<c r="B2" s="(\d+)"><v>46423<\/v><\/c><c r="C2" s="(\d+)"><v>500000<\/v>/,
    ) ?? []
  const styles = textOf(book, 'xl/styles.xml')
  const formats = [
    ...(styles.match(/<cellXfs.*<\/cellXfs>/)?.[0].matchAll(/numFmtId="(\d+)"/g) ?? []),
  ]
  const formatOf = (style = '') => {
    const id = formats[Number(style)]?.[1]
    return styles.match(new RegExp(`numFmtId="${id}" formatCode="([^"]*)"`))?.[1]
  }
  expect([name, on, amount].map(formatOf)).toEqual(['@', 'yyyy-mm-dd', '#,##0'])
})

test('is printed on pages laid on their side, as wide as one, each with the titles', async () => {
  const book = await written([[['甲', null, 1]]])
  const sheet = textOf(book, 'xl/worksheets/sheet1.xml')
  expect(sheet).toContain('orientation="landscape"')
  expect(sheet).toContain('fitToWidth="1" fitToHeight="0"')
  expect(sheet).toContain('state="frozen"')
  expect(textOf(book, 'xl/workbook.xml')).toContain(`'客户 O''Neil 09.00'!$1:$1`)
})

test('pages are asked for only as fast as the file is read', async () => {
  let asked = 0
  let ended = false
  async function* pages() {
    try {
      for (; asked < 500; asked++) {
        yield Array.from({ length: 500 }, (_, row): Cell[] => [
          `客户 ${asked} ${row * 7919}`,
          null,
          row,
        ])
      }
    } finally {
      ended = true
    }
  }
  const stream = streamWorkbook({ name: '客户', columns: COLUMNS, pages: pages() })
  let bytes = 0
  for await (const chunk of stream) {
    bytes += chunk.length
    if (bytes > 100_000) break
  }
  expect(asked).toBeLessThan(300)
  await expect.poll(() => ended).toBe(true)
})

test('a fault of a page is thrown to whoever reads', async () => {
  async function* pages(): AsyncGenerator<readonly Cell[][]> {
    yield [['甲', null, 1]]
    throw new Error('the database went away')
  }
  const read = async () => {
    const sheet = { name: '客户', columns: COLUMNS, pages: pages() }
    for await (const _chunk of streamWorkbook(sheet));
  }
  await expect(read()).rejects.toThrow('the database went away')
})
