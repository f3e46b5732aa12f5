/** @module-tag long */

import { describe, expect, test } from 'vitest'
import {
  LIMITS,
  markerIn,
  readWorkbook,
  SpreadsheetFault,
} from '../../../src/infra/sheets/spreadsheet.ts'
import { NASTY, partsOf, workbookOf, zipOf } from '../../support/xlsx.ts'

const cell = (place: string, value: string | number) =>
  typeof value === 'number'
    ? `<c r="${place}"><v>${value}</v></c>`
    : `<c r="${place}" t="inlineStr"><is><t>${value}</t></is></c>`
const rowsIn = async (bytes: Buffer) =>
  (await readWorkbook('表.xlsx', bytes)).sheets.map(({ rows }) => rows)

describe('a workbook that takes more than it is worth', () => {
  test.each(Object.entries(NASTY))('%s is refused', async (_what, { bytes, reason }) => {
    const fault = await readWorkbook('表.xlsx', bytes()).catch((error: unknown) => error)
    expect(fault).toBeInstanceOf(SpreadsheetFault)
    expect(fault).toMatchObject({ reason })
  })

  test('the service goes on while one is read, and its heap does not grow', async () => {
    const bytes = NASTY['a cell in the last column of 6000 rows'].bytes()
    const heap = process.memoryUsage().heapUsed
    // Of this thread alone, as whatever else the machine does holds up nobody of the service's.
    const spent = () => {
      const { user, system } = process.threadCpuUsage()
      return (user + system) / 1000
    }
    let [beats, longest, last] = [0, 0, spent()]
    const timer = setInterval(() => {
      const now = spent()
      longest = Math.max(longest, now - last)
      last = now
      beats++
    }, 5)
    const reading = Array.from({ length: 3 }, () => readWorkbook('表.xlsx', bytes).catch(() => 0))
    await Promise.all(reading)
    clearInterval(timer)
    expect(beats).toBeGreaterThan(5)
    // Dense rows of them were 200 MB and 24 s in one piece.
    expect(process.memoryUsage().heapUsed - heap).toBeLessThan(100 * 1024 * 1024)
    expect(longest).toBeLessThan(2000)
  })
})

describe('what is only large is read', () => {
  test('a single cell in the last row', async () => {
    const row = `<row r="1048576">${cell('B1048576', '末')}</row>`
    expect(await rowsIn(workbookOf({ name: '末', rows: row }))).toMatchObject([
      [{ number: 1_048_576, cells: [null, '末'] }],
    ])
  })

  test('a million rows that were only formatted', async () => {
    const rows = `<row r="1">${cell('A1', '手机号')}</row>${Array.from({ length: 1_000_000 }, (_, at) => `<row r="${at + 2}" s="1" customFormat="1"/>`).join('')}`
    expect(await rowsIn(workbookOf({ name: '格式', rows }))).toMatchObject([
      [{ number: 1, cells: ['手机号'] }],
    ])
  })

  test('tags that never close, in the time of any other', async () => {
    const rows = '<c <c <row '.repeat(300_000)
    expect(await rowsIn(workbookOf({ name: '断', rows }))).toEqual([[]])
  })

  test('three columns formatted to the last row', async () => {
    const row = (at: number) => `<row r="${at}"><c s="1"/><c s="1"/><c s="1"/></row>`
    const rows = `<row r="1">${cell('A1', '手机号')}</row>${Array.from({ length: 1_048_575 }, (_, at) => row(at + 2)).join('')}`
    expect(await rowsIn(workbookOf({ name: '格式', rows }))).toMatchObject([[{ number: 1 }]])
  })

  test('formats out to the last column, and the last column that is taken', async () => {
    const rows = `<row r="1">${cell('A1', 1)}${cell('IV1', 2)}<c r="XFD1" s="3"/></row>`
    const [[row] = []] = await rowsIn(workbookOf({ name: '宽', rows }))
    expect(row?.cells).toHaveLength(LIMITS.columns)
  })
})

describe('of a sheet one learns', () => {
  test('that it is hidden, and which rows are filtered out', async () => {
    const rows = `<row r="1">${cell('A1', 1)}</row><row r="2" hidden="1">${cell('A2', 2)}</row>`
    const read = await readWorkbook(
      '表.xlsx',
      workbookOf({ name: '旧', rows, state: 'hidden' }, { name: '新', rows }),
    )
    expect(read.sheets.map(({ name, hidden }) => [name, hidden])).toEqual([
      ['旧', true],
      ['新', false],
    ])
    expect(read.sheets[1]?.rows.map(({ hidden }) => hidden)).toEqual([false, true])
  })

  test('which formulas were never calculated and which came to an error', async () => {
    const rows = `<row r="1"><c r="A1"><f>DATE(2027,12,31)</f></c><c r="B1"><f>1+1</f><v>2</v></c>
      <c r="C1" t="e"><f>NA()</f><v>#N/A</v></c><c r="F1" t="str"><f>A9&amp;""</f><v></v></c><c r="D1"><f>1+1</f><v></v></c><c r="E1" t="e"><v>#REF!</v></c></row>`
    const [[row] = []] = await rowsIn(workbookOf({ name: '式', rows }))
    expect(row?.cells).toEqual(['=', 2, '#N/A', '=', '#REF!'])
    expect([...(row?.faults ?? [])]).toEqual([
      [0, 'formula'],
      [2, 'error'],
      [3, 'formula'],
      [4, 'error'],
    ])
  })

  test('what a merged cell says, for each of its rows', async () => {
    const rows = `<row r="1">${cell('A1', 1)}${cell('B1', '骗贷')}</row><row r="2">${cell('A2', 2)}</row><row r="3">${cell('A3', 3)}</row>`
    const behind = '<mergeCells><mergeCell ref="B1:B2"/></mergeCells>'
    const [found] = await rowsIn(workbookOf({ name: '并', rows, behind }))
    expect(found?.map(({ cells }) => cells)).toEqual([[1, '骗贷'], [2, '骗贷'], [3]])
  })

  test('its text without a NUL', async () => {
    const [[row] = []] = await rowsIn(
      workbookOf({ name: '零', rows: `<row>${cell('A1', '张_x0000_三')}</row>` }),
    )
    expect(row?.cells).toEqual(['张三'])
  })
})

describe('whose a workbook is', () => {
  const core = (subject: string, more = '') => ({
    name: 'docProps/core.xml',
    xml: `<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:subject>${subject}</dc:subject>${more}</cp:coreProperties>`,
  })
  const withCore = (...args: Parameters<typeof core>) =>
    zipOf([...partsOf([{ name: '一', rows: NOTHING }]), core(...args)])
  const NOTHING = ''

  test.each([
    ['ours', withCore('chenhui:quotas'), 'quotas'],
    ['another program’s', withCore('Bericht'), null],
    ['none that says it', workbookOf({ name: '一', rows: '' }), null],
    ['one that says it at length', withCore('chenhui:quotas', ' '.repeat(2_000_000)), null],
    ['no workbook', Buffer.from('hello'), null],
    ['half of one', withCore('chenhui:quotas').subarray(0, 300), null],
  ])('%s', (_what, bytes, marker) => expect(markerIn(bytes)).toBe(marker))

  test('is read from its one part, whatever the others are', () => {
    const bomb = { name: 'xl/worksheets/sheet1.xml', xml: Buffer.alloc(60 * 1024 * 1024) }
    expect(markerIn(zipOf([bomb, core('chenhui:quotas')]))).toBe('quotas')
  })
})

test.each([
  ['a workbook with a password', 'a.xlsx', compound('EncryptedPackage'), 'password'],
  ['an old workbook under a new name', 'a.xlsx', compound('Workbook'), 'kind'],
  ['a web page under a workbook’s name', 'a.xls', Buffer.from('<html><table></table>'), 'web-page'],
  ['an open document', 'a.ods', zipOf([{ name: 'mimetype', xml: 'x' }]), 'kind'],
  ['nothing', 'a.csv', Buffer.alloc(0), 'empty'],
])('%s is called what it is', async (_what, name, bytes, reason) => {
  const fault = await readWorkbook(name, bytes).catch((error: unknown) => error)
  expect(fault).toMatchObject({ reason })
})

test.each([
  ['UTF-16, as Excel’s "Unicode 文本"', Buffer.from('\ufeff手机号\t理由\n', 'utf16le'), 'a.txt'],
  [
    'with a line that names what stands between fields',
    Buffer.from('sep=;\n手机号;理由\n'),
    'a.csv',
  ],
  ['under a workbook’s name', Buffer.from('手机号,理由\n'), 'a.xlsx'],
  ['as WeChat names a second one', Buffer.from('手机号,理由\n'), 'a.csv(1)'],
])('a text table is read %s', async (_what, bytes, name) => {
  const { sheets } = await readWorkbook(name, bytes)
  expect(sheets[0]?.rows[0]?.cells).toEqual(['手机号', '理由'])
})

function compound(holds: string): Buffer {
  const sign = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
  return Buffer.concat([sign, Buffer.alloc(504), Buffer.from(holds, 'utf16le')])
}
