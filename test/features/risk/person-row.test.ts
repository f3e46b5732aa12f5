import { describe, expect, test } from 'vitest'
import { day } from '../../../src/core/calendar/time.ts'
import { HEADINGS, NUMBERS } from '../../../src/features/risk/headings.ts'
import { readPerson } from '../../../src/features/risk/person-row.ts'
import { tableIn } from '../../../src/infra/sheets/headings.ts'
import type { Cell, Row, Sheet } from '../../../src/infra/sheets/spreadsheet.ts'

const TODAY = day('2026-11-26')
const PHONE = '13812345678'
const ID = '11010519491231002X'
const CODE = '91110000600037341L'

const rowsOf = (cells: readonly (readonly Cell[])[], more: Partial<Row> = {}): Row[] =>
  cells.map((each, at) => ({
    number: at + 1,
    hidden: false,
    faults: new Map(),
    cells: each,
    ...(at > 0 && more),
  }))
const sheet = (cells: readonly (readonly Cell[])[], more: Partial<Sheet> = {}): Sheet => ({
  name: '名单',
  hidden: false,
  rows: rowsOf(cells),
  ...more,
})
/** What the rows of a sheet say of whom, and the headings that mean nothing; null: it is no such list. */
function read(of: Sheet) {
  const table = tableIn(of, HEADINGS, NUMBERS)
  if (!table) return null
  const all = table.rows.map((row) => readPerson(row, table.places, TODAY))
  return {
    rows: all.flatMap((each) => ('identities' in each ? [each] : [])),
    faults: all.flatMap((each) => ('identities' in each ? [] : [each])),
    left: table.unread.map(({ title }) => title),
    twice: table.twice?.titles ?? null,
  }
}
/** The only row, or the first reason why it cannot be taken. */
function one(headings: readonly Cell[], cells: readonly Cell[], faults: Row['faults'] = new Map()) {
  const people = read({ name: '名单', hidden: false, rows: rowsOf([headings, cells], { faults }) })
  return people && (people.rows[0] ?? people.faults[0]?.[0]?.zh)
}
const whoIn = (headings: readonly Cell[], cells: readonly Cell[]) => {
  const row = one(headings, cells)
  return row && typeof row === 'object' && 'identities' in row
    ? row.identities.map(({ value }) => value)
    : null
}

describe('a number in a column of phones', () => {
  test.each<[Cell, string]>([
    [PHONE, `+86${PHONE}`],
    [13812345678, `+86${PHONE}`],
    ['13812345678.0', `+86${PHONE}`],
    ['１３８１２３４５６７８', `+86${PHONE}`],
    ["'13812345678", `+86${PHONE}`],
    ['="13812345678"', `+86${PHONE}`],
    ['138\u200b1234 5678', `+86${PHONE}`],
    ['\u202d138 1234 5678\u202c', `+86${PHONE}`],
    ['(+86)138-1234-5678', `+86${PHONE}`],
    ['0571-88881234', '+8657188881234'],
    ['+852 9123 4567', '+85291234567'],
  ])('%j is read', (cell, value) => {
    expect(whoIn(['手机号', '理由'], [cell, '失信'])).toEqual([value])
  })
  test.each<[Cell]>([
    ['E12345678'],
    ['G59112345'],
    ['H10012345600'],
    ['H12345678'],
    ['军字第2001988号'],
    ['客户编号10086123'],
    ['合计12345678人'],
    ['20271231'],
    [20271231],
    ['2027-12-31'],
    ['12345678'],
    ['1234567'],
    ['9555812345'],
    ['138123456781'],
    ['13812345678、13987654321'],
    [true],
  ])('%j is refused', (cell) => {
    expect(whoIn(['手机号', '理由'], [cell, '失信'])).toBeNull()
  })
})

describe('a number in a column of papers', () => {
  test.each<[string, Cell, string]>([
    ['身份证号', ID, ID],
    ['身份证号', '11010519491231002x', ID],
    ['身份证号', '110105 19491231 002Ｘ', ID],
    ['身份证号', `'${ID}`, ID],
    ['证照号码', CODE, CODE],
    ['统一社会信用代码', '91 110000 600037341L', CODE],
  ])('%s %j is read', (heading, cell, value) => {
    expect(whoIn([heading, '理由'], [cell, '失信'])).toEqual([value])
  })
  test.each<[string, Cell]>([
    // The check digit fits by chance behind what the program cut away.
    ['身份证号', 110101196711097000],
    ['身份证号', '1.10101E+17'],
    ['身份证号', PHONE],
    ['身份证号', 'H12345678'],
    ['统一社会信用代码', PHONE],
    ['统一社会信用代码', 1234567890123456],
  ])('%s %j is refused', (heading, cell) => {
    expect(whoIn([heading, '理由'], [cell, '失信'])).toBeNull()
  })
})

describe('a heading', () => {
  test.each([
    '经办人电话',
    '客户经理电话',
    '紧急联系人手机',
    '担保人手机',
    '配偶手机号',
    '电话类型',
    '手机是否有效',
  ])('%s is never the client’s, and is named', (title) => {
    const people = read(
      sheet([
        [title, '手机号', '理由'],
        ['13912345678', PHONE, '失信'],
      ]),
    )
    expect(people).toMatchObject({
      rows: [{ identities: [{ kind: 'phone', value: `+86${PHONE}` }] }],
      left: [title],
    })
    expect(
      read(
        sheet([
          [title, '理由'],
          [PHONE, '失信'],
        ]),
      ),
    ).toBeNull()
  })
  test.each(['手机号', '手 机 号\n(必填)*', '联系方式', '手機號', '客户手机', 'Phone', '备用手机'])(
    '%j is the client’s',
    (title) => expect(whoIn([title, '理由'], [PHONE, '失信'])).toEqual([`+86${PHONE}`]),
  )
  test.each([
    ['手机号', '联系电话'],
    ['手机1', '手机2'],
    ['身份证号', '证件号码'],
  ])('%s beside %s is asked about', (one, other) => {
    const people = read(
      sheet([
        [one, other, '理由'],
        [PHONE, PHONE, '失信'],
      ]),
    )
    expect(people?.twice).toEqual([one, other])
  })
  test.each<[string, string | null]>([
    ['到期日', '2027-12-31'],
    ['失效日期', '2027-12-31'],
    ['有效期至', '2027-12-31'],
    ['有效期起', null],
    ['身份证有效期', null],
    ['贷款到期日', null],
    ['开始日期', null],
  ])('%s: the last day is %s', (title, until) => {
    const people = read(
      sheet([
        ['手机号', '理由', title],
        [PHONE, '失信', '2027-12-31'],
      ]),
    )
    expect(people).toMatchObject({ rows: [{ until }] })
    expect(people).toMatchObject({
      left: until ? [] : [title],
    })
  })
  test('stands within the first ten rows, below a title', () => {
    const people = read(sheet([['负面清单 手机号一览'], ['手机号', '理由'], [PHONE, '失信']]))
    expect(people).toMatchObject({ rows: [{ reason: '失信' }], faults: [] })
  })
})

describe('a last day', () => {
  const untilOf = (cell: Cell) => one(['手机号', '理由', '到期日'], [PHONE, '失信', cell])
  test.each<[Cell]>([
    ['2027-12-31'],
    ['20271231'],
    [20271231],
    ['2027-12-31 00:00:00'],
    ['2027-12-31T00:00:00'],
    ['２０２７－１２－３１'],
    ['2027年12月31日'],
    ['27/12/31'],
    [46752],
    ['46752'],
    ["'2027-12-31"],
  ])('%j is read', (cell) => expect(untilOf(cell)).toMatchObject({ until: '2027-12-31' }))
  test.each<[Cell]>([[null], ['长期有效'], ['永久有效'], ['无'], ['-'], ['—']])(
    '%j is none',
    (cell) => expect(untilOf(cell)).toMatchObject({ until: null }),
  )
  test.each<[Cell]>([
    ['2027-12'],
    ['2027年12月'],
    ['31/12/2027'],
    ['31/12/27'],
    ['12/31'],
    ['2027-02-30'],
    ['三年'],
    ['见合同'],
    [true],
    [5],
    ['2026-11-26'],
  ])('%j is a fault of the row, never for good', (cell) =>
    expect(untilOf(cell)).toEqual(expect.any(String)),
  )
})

describe('a cell without a value', () => {
  const headings = ['手机号', '理由', '到期日']
  test.each([0, 1, 2])('as a formula or an error in column %i is a fault', (place) => {
    const cells = (shown: string) =>
      [PHONE, '失信', null].map((each, at) => (at === place ? shown : each))
    expect(one(headings, cells('='), new Map([[place, 'formula']]))).toContain('公式没有算出结果')
    expect(one(headings, cells('#N/A'), new Map([[place, 'error']]))).toContain('错误值')
    expect(one(headings, cells('#REF!'))).toContain('错误值')
  })
  test.each<[Cell]>([[true], ['FALSE'], [null], ['长'.repeat(501)]])('%j is no reason', (cell) =>
    expect(one(headings, [PHONE, cell, null])).toEqual(expect.any(String)),
  )
  test('reasons stay as they are', () => {
    expect(one(headings, [PHONE, '冒用\n资料\u0000', null])).toMatchObject({ reason: '冒用\n资料' })
  })
})

test('every fault of a row is named at once', () => {
  const headings = ['手机号', '身份证号', '理由', '到期日']
  const rows = rowsOf([headings, ['138', '1', null, '2020-01-01']])
  const people = read({ name: '名单', hidden: false, rows })
  expect(people?.faults[0]).toHaveLength(4)
})
