/** @module-tag slow */

import { setFlagsFromString } from 'node:v8'
import { readXlsx } from 'hucre/xlsx'
import { describe, expect, test } from 'vitest'
import {
  letters,
  readWorkbook,
  SpreadsheetFault,
  writeWorkbook,
} from '../../../src/infra/sheets/spreadsheet.ts'

const table = {
  marker: 'tier-standard',
  sheets: [
    {
      name: '条件',
      columns: [{ title: '客户' }, { title: '结果', options: ['接受', '拒绝'] }, { title: '数' }],
      rows: [
        ['张三', '接受', 3.5],
        ['𠮷田 & <公司>', null, true],
        [null, '拒绝', 0],
      ],
    },
    { name: 'Second', columns: [{ title: 'A' }], rows: [] },
  ],
} as const

describe('a workbook', () => {
  test('comes back as it was written, with its marker and the numbers of its rows', async () => {
    const read = await readWorkbook('表.xlsx', await writeWorkbook(table))
    expect(read.marker).toBe('tier-standard')
    expect(read.sheets.map(({ name }) => name)).toEqual(['条件', 'Second'])
    expect(read.sheets[0]?.rows).toMatchObject([
      { number: 1, cells: ['客户', '结果', '数'] },
      { number: 2, cells: ['张三', '接受', 3.5] },
      { number: 3, cells: ['𠮷田 & <公司>', null, true] },
      { number: 4, cells: [null, '拒绝', 0] },
    ])
  })

  test('is read within the limits of its thread, whatever heap the service was started with', async () => {
    setFlagsFromString('--max-old-space-size=512')
    let limit = 0
    process.once('worker', (worker) =>
      worker.once('online', async () => {
        limit = (await worker.getHeapStatistics()).heap_size_limit / 2 ** 20
      }),
    )
    const rows = Array.from({ length: 3000 }, (_, at) => [at, `${at}`, at])
    const sheets = [{ ...table.sheets[0], rows }]
    await readWorkbook('表.xlsx', await writeWorkbook({ marker: null, sheets }))
    expect(limit).toBeGreaterThan(0)
    expect(limit).toBeLessThanOrEqual(256)
  })

  test('of somebody else has no marker', async () => {
    const read = await readWorkbook('表.xlsx', await writeWorkbook({ ...table, marker: null }))
    expect(read.marker).toBeNull()
  })

  test('keeps every character of long Chinese text', async () => {
    const rows = Array.from({ length: 3000 }, (_, at) => [`第${at}家福源饭店城东支行`, at])
    const sheets = [{ name: '长', columns: [{ title: '店' }, { title: '号' }], rows }]
    const read = await readWorkbook('长.xlsx', await writeWorkbook({ marker: null, sheets }))
    expect(read.sheets[0]?.rows.slice(1).map(({ cells }) => cells)).toEqual(rows)
  })
})

describe('a column to be filled in', () => {
  test('of numbers is text, of days a date, also below the rows written', async () => {
    const columns = [
      { title: '身份证号', holds: 'text' },
      { title: '到期日', holds: 'day' },
      { title: '理由' },
    ] as const
    const sheets = [{ name: '名单', columns, rows: [['1', '2027-12-31', '失信']] }]
    const { sheets: written } = await readXlsx(await writeWorkbook({ marker: null, sheets }), {
      readStyles: true,
    })
    const formatOf = (row: number, column: number) =>
      written[0]?.cells?.get(`${row},${column}`)?.style?.numFmt
    for (const row of [1, 2, 300, 501]) {
      expect([0, 1].map((column) => formatOf(row, column))).toEqual(['@', 'yyyy-mm-dd'])
    }
  })
})

describe('a text table', () => {
  const bytes = (...values: number[]) => new Uint8Array(values)
  test('in UTF-8, with or without its mark, and in GB18030', async () => {
    const gb = bytes(0xd5, 0xc5, 0xc8, 0xfd, 0x2c, 0x31, 0x33, 0x38, 0x0a)
    const utf = new TextEncoder().encode('\u{feff}张三,138\n')
    for (const each of [gb, utf, utf.slice(3)]) {
      const { sheets } = await readWorkbook('表.csv', each)
      expect(sheets[0]?.rows).toMatchObject([{ number: 1, cells: ['张三', '138'] }])
    }
  })

  test('keeps the numbers of rows when there are empty ones', async () => {
    const { sheets } = await readWorkbook('a.csv', new TextEncoder().encode('a,b\n,\n"x\ny",2\n'))
    expect(sheets[0]?.rows).toMatchObject([
      { number: 1, cells: ['a', 'b'] },
      { number: 3, cells: ['x\ny', '2'] },
    ])
  })
})

test.each([
  ['a picture', 'a.png', new Uint8Array([0x89, 0x50]), 'kind'],
  ['an old workbook', 'a.xls', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0]), 'kind'],
  ['a workbook that was cut off', 'a.xlsx', new TextEncoder().encode('PK\x03\x04hello'), 'broken'],
  ['text with lost letters', 'a.csv', new TextEncoder().encode('张\u{fffd}'), 'damaged-text'],
])('refuses %s', async (_what, name, bytes, reason) => {
  const fault = await readWorkbook(name, bytes).catch((error: unknown) => error)
  expect(fault).toBeInstanceOf(SpreadsheetFault)
  expect(fault).toMatchObject({ reason })
})

test.each([
  [0, 'A'],
  [25, 'Z'],
  [26, 'AA'],
  [701, 'ZZ'],
  [702, 'AAA'],
])('column %i is %s', (column, name) => expect(letters(column)).toBe(name))
