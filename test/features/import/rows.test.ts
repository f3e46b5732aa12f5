import { beforeAll, describe, expect, test } from 'vitest'
import { day } from '../../../src/core/calendar/time.ts'
import type { Role } from '../../../src/core/staff.ts'
import { SHIPPED_PRODUCTS } from '../../../src/features/catalogue/rules.ts'
import { BookFault, readBook } from '../../../src/features/import/stage/read-book.ts'
import type { StagedRow } from '../../../src/features/import/stage/store.ts'
import { SHIPPED_KINDS } from '../../../src/features/playbook/shipped-outcomes.ts'
import { writeWorkbook } from '../../../src/infra/sheets/spreadsheet.ts'
import { workbookOf } from '../../support/xlsx.ts'
import { bookOf } from './book.ts'

const TODAY = day('2026-11-28')
const ID = '11010519491231002X'
const CODE = '91350100M000100Y43'

async function read(bytes: Uint8Array, role: Role | null = null, name = '客户.xlsx') {
  const rows: StagedRow[] = []
  const importer = { staffId: null, name: null, role, path: '/', language: 'zh' } as const
  const offers = { catalogue: SHIPPED_PRODUCTS, kinds: SHIPPED_KINDS }
  const reading = {
    importer,
    today: TODAY,
    list: null,
    kept: new Map(),
    ...offers,
    keyedHash: () => 'hash',
  }
  const book = await readBook({ name, bytes }, reading, async (some) => void rows.push(...some))
  return { rows, book }
}

type Cells = readonly (string | number | boolean | null)[]
const PHONE = '13800010001'

type Case<Expected> = [what: string, headings: readonly string[], cells: Cells, expected: Expected]

const SAYS: readonly Case<object>[] = [
  [
    'a phone in any dress',
    ['姓名', '手机号'],
    ['李', "'＋86 138-0001-0001"],
    { phones: ['+8613800010001'] },
  ],
  [
    'a staff code in the column of managers',
    ['手机', '客户经理'],
    [PHONE, 'm001'],
    { owner: { code: 'm001', name: null } },
  ],
  [
    'name and staff code in one cell',
    ['手机', '客户经理'],
    [PHONE, '张伟（M001）'],
    { owner: { code: 'M001', name: '张伟' } },
  ],
  [
    'the name of a manager',
    ['手机', '客户经理'],
    [PHONE, 'Tom Lee'],
    { owner: { code: null, name: 'Tom Lee' } },
  ],
  [
    'two phones in a cell',
    ['手机'],
    ['13800010001、0571-88880001'],
    { phones: ['+8613800010001', '+8657188880001'] },
  ],
  [
    'whose phone it is by its heading',
    ['客户经理电话', '联系电话'],
    ['13900000000', PHONE],
    { phones: ['+8613800010001'] },
  ],
  [
    'papers and the birthday in them',
    ['身份证号', '统一社会信用代码'],
    [ID.toLowerCase(), CODE],
    {
      client: { id_number: ID, credit_code: CODE },
      facts: { born_on: '1949-12-31' },
    },
  ],
  [
    'amounts by the unit of the heading',
    ['手机', '合同号', '授信额度（万元）', '余额'],
    [PHONE, '00123', 80, '1,234.56'],
    {
      facility: { account: '00123', limit: 800_000, balance: 1235 },
    },
  ],
  [
    'amounts with a unit of their own',
    ['手机', '年销售额', '净资产(万元)'],
    [PHONE, '500万', '（20）'],
    {
      facts: { annual_sales: 5_000_000, net_assets: -200_000 },
    },
  ],
  [
    'credit without an account as facts',
    ['手机', '授信额度', '余额', '授信到期日'],
    [PHONE, '80万', '20万', '20271231'],
    {
      facility: null,
      facts: { credit_limit: 800_000, usage_rate: 0.25 },
      client: { credit_expires_on: '2027-12-31' },
    },
  ],
  [
    'days in every usual form',
    ['手机', '执照到期日', '数据日期'],
    [PHONE, '2027年12月31日', '2026/11/27 00:00:00'],
    {
      client: { licence_ends_on: '2027-12-31' },
      asOf: '2026-11-27',
    },
  ],
  ['nothing of what lasts for good', ['手机', '执照到期日'], [PHONE, '长期'], { client: {} }],
  [
    'words of the bank',
    ['手机', '客户类别', '来源', '持有产品'],
    [PHONE, '存量', '转介绍', '收单、代发工资'],
    {
      client: { kind: 'existing', source: 'referral' },
      held: ['pos', 'payroll'],
    },
  ],
  [
    'yes and no',
    ['手机', '征信良好', '一般纳税人', '犯罪记录'],
    [PHONE, '是', true, '无'],
    {
      facts: { good_credit: true, general_taxpayer: true, criminal_record: false },
    },
  ],
  [
    'ratios',
    ['手机', '资产负债率', '抵押率'],
    [PHONE, '35%', 0.6],
    {
      facts: { debt_ratio: 0.35, collateral_ltv: 0.6 },
    },
  ],
  [
    'a count of months as the day, which may be off',
    ['手机', '经营月数'],
    [PHONE, 30],
    {
      facts: { operating_since: '2024-05-28' },
      vague: { operating_since: 31 },
    },
  ],
  [
    'a day of founding as it is',
    ['手机', '成立日期'],
    [PHONE, '2019-05-01'],
    {
      facts: { operating_since: '2019-05-01' },
      vague: {},
    },
  ],
]

const FAULTS: readonly Case<readonly string[]>[] = [
  [
    'without a number',
    ['姓名', '手机'],
    ['李', null],
    ['没有手机号、身份证号、统一社会信用代码或授信账号。'],
  ],
  [
    'of an ID that the program cut',
    ['身份证号'],
    [Number('110101196711097430')],
    ['身份证号：号码存成了数字'],
  ],
  ['of a passport as phone', ['手机'], ['E12345678'], ['手机号："…5678"不是有效的手机号']],
  [
    'of an error cell and a word in one pass',
    ['手机', '年销售额', '征信良好', '客户类别'],
    [PHONE, '#N/A', '也许', '大概'],
    [
      '年销售额："#N/A"是表格里的错误值。',
      '征信良好："征信良好"：是还是否？',
      '客户类别："大概"没有见过',
    ],
  ],
  [
    'of a bare number that may mean 万',
    ['手机', '授信额度'],
    [PHONE, 80],
    ['授信额度："80"是元还是万元？'],
  ],
  [
    'of one that may mean 1 or 100 %',
    ['手机', '资产负债率'],
    [PHONE, 1],
    ['资产负债率："1"是 1% 还是 100%？'],
  ],
  [
    'of a month without its day',
    ['手机', '执照到期日'],
    [PHONE, '2027年12月'],
    ['执照到期日："2027年12月"没有写哪一天'],
  ],
  [
    'of days in an order that may be two',
    ['手机', '执照到期日'],
    [PHONE, '31/12/2027'],
    ['执照到期日："31/12/2027"不是日期'],
  ],
  [
    'of a product that there is not',
    ['手机', '持有产品'],
    [PHONE, '飞机'],
    ['持有产品：没有产品"飞机"'],
  ],
  [
    'of a facility that ends before it begins',
    ['合同号', '额度', '放款日', '到期日'],
    ['A1', '80万', '2027-01-01', '2026-01-01'],
    ['授信到期日在起始日之前。'],
  ],
  ['of an account without a limit', ['合同号', '余额'], ['A1', 0], ['有授信账号，没有授信额度。']],
  ['of text that would be cut', ['手机', '姓名'], [PHONE, '长'.repeat(41)], ['姓名：超过 40 字']],
  ['of figures of tomorrow', ['手机', '数据日期'], [PHONE, '2026-11-29'], ['数据日期在今天之后。']],
]

/** Each case is a sheet of one workbook, which is read once. */
let staged: readonly StagedRow[]
beforeAll(async () => {
  const sheets = [...SAYS, ...FAULTS].map(([, headings, cells], at) => ({
    name: `${at}`,
    columns: headings.map((title) => ({ title })),
    rows: [cells],
  }))
  staged = (await read(await writeWorkbook({ marker: null, sheets }))).rows
})

describe('a row says', () => {
  test.each(SAYS.map(([what, , , says], at) => [what, says, at] as const))(
    '%s',
    (_what, says, at) => {
      expect(staged[at]?.faults).toBeNull()
      expect(staged[at]?.says).toMatchObject(says)
    },
  )
})

describe('a row is not taken, and each of its faults is said,', () => {
  test.each(FAULTS.map(([what, , , faults], at) => [what, faults, SAYS.length + at] as const))(
    '%s',
    (_what, faults, at) => {
      const said = staged[at]?.faults?.map(({ zh }) => zh)
      expect(said).toEqual(faults.map((fault) => expect.stringContaining(fault)))
    },
  )
})

test('a manager imports no credit and no existing clients; what bars a column is said', async () => {
  const book = await bookOf(
    ['手机', '授信额度', '恶意逾期', '客户类别'],
    [PHONE, '80万', '是', '存量'],
  )
  const { rows, book: read1 } = await read(book, 'manager')
  expect(rows[0]?.says).toMatchObject({ facts: {}, facility: null })
  expect(rows[0]?.faults?.[0]?.zh).toContain('团队主管')
  if (read1 instanceof BookFault) throw new Error('unread')
  const [table] = read1.mapping.tables
  expect(table?.columns.map(({ title, barred }) => [title, barred !== null])).toEqual([
    ['手机', false],
    ['授信额度', true],
    ['恶意逾期', true],
    ['客户类别', false],
  ])
})

describe('of a workbook', () => {
  const cell = (place: string, value: string) =>
    `<c r="${place}" t="inlineStr"><is><t>${value}</t></is></c>`
  const row = (at: number, values: readonly string[], hidden = '') =>
    `<row r="${at}"${hidden}>${values.map((value, column) => cell(`${'ABCDEF'[column]}${at}`, value)).join('')}</row>`

  test('every visible table is read wherever its headings are, and what is left is named', async () => {
    const bytes = workbookOf(
      { name: '说明', rows: row(1, ['本表由办公室制作']) },
      { name: '旧', rows: row(1, ['手机号']) + row(2, ['13800010009']), state: 'hidden' },
      {
        name: '潜在',
        rows:
          row(1, ['2026 年客户表']) +
          row(3, ['姓名', '手机号', '爱好']) +
          row(4, ['李', PHONE, '钓鱼']) +
          row(5, ['王', '13800010002'], ' hidden="1"') +
          row(6, ['合计', '2 户']),
      },
      {
        name: '历史',
        rows:
          row(1, ['手机号', '日期', '事项', '结果', '内容']) +
          row(2, [PHONE, '2026-10-08', '电话', '再考虑', '想扩店']),
      },
    )
    const { rows, book } = await read(bytes)
    expect(rows.map(({ kind, sheet, line, keys }) => [kind, sheet, line, keys])).toEqual([
      ['client', 0, 4, ['phone:+8613800010001']],
      ['history', 1, 2, ['phone:+8613800010001']],
    ])
    expect(rows[1]?.says).toMatchObject({
      on: '2026-10-08',
      what: 'call',
      outcome: 'thinking',
      note: '想扩店',
    })
    expect(book).toMatchObject({
      rows: 2,
      mapping: {
        sheets: ['说明', '旧'],
        hiddenRows: 1,
        below: ['潜在 6'],
        tables: [{ sheet: '潜在' }, { sheet: '历史' }],
      },
    })
  })

  test.each([
    ['two columns that could be the same', '手机1,手机2\n1,2\n', '都可以是同一项'],
    ['no column that says who it is', '姓名,爱好\n李,钓鱼\n', '没有找到客户表'],
    [
      'a list of the bank’s people',
      '工号,姓名,岗位,手机\nM1,李,客户经理,13800010001\n',
      '本行人员的名单',
    ],
    ['nothing', '', '空文件'],
  ])('%s: it is refused with a sentence', async (_what, text, why) => {
    const { rows, book } = await read(Buffer.from(text), null, '客户.csv')
    expect(rows).toEqual([])
    expect(book instanceof BookFault && book.why.zh).toContain(why)
  })
})
