import { expect, test } from 'vitest'
import type { PersonOnFile } from '../../../src/features/people/post/rules.ts'
import { readRoster } from '../../../src/features/roster/read-workbook.ts'
import type { Roster } from '../../../src/features/roster/rules.ts'
import { settle } from '../../../src/features/roster/settle-rules.ts'
import { bankSheets, sheetsOf } from './sheets.ts'

const NOTHING: Roster = { units: [], people: [], lines: [] }

/** The faults of sheets by cell, as `机构 11 D`. */
function faultsOf(sheets: Readonly<Record<string, string>>, onFile = NOTHING) {
  const { said, faults } = readRoster(sheetsOf(sheets))
  return [...faults, ...settle(said, onFile, onFile === NOTHING).faults].map(
    ({ sheet, row, column, why }) => [
      `${sheet} ${row} ${column?.split(' ')[0] ?? '-'}`,
      `${why.zh}${why.en}`,
    ],
  ) as [string, string][]
}

test('a bank that is filled in right has no fault', () => {
  expect(faultsOf(bankSheets())).toEqual([])
})

test.each<[what: string, more: Parameters<typeof bankSheets>[0], cell: string, says: string]>([
  ['a unit code twice', { units: 't1 | 又一队 | 团队 | B1' }, '机构 11 A', '"机构"第 6 行'],
  ['a code that paths cannot hold', { units: 'T/9 | 九队 | 团队 | B1' }, '机构 11 A', 'T/9'],
  ['a unit without a name', { units: 'T9 | | 团队 | B1' }, '机构 11 B', '没有机构名称'],
  ['a kind that is none', { units: 'T9 | 九队 | 战队 | B1' }, '机构 11 C', '"战队"不是机构类型'],
  ['its own parent', { units: 'T9 | 九队 | 团队 | T9' }, '机构 11 D', '自己的上级'],
  ['a parent that is not there', { units: 'T9 | 九队 | 团队 | B9' }, '机构 11 D', '没有机构"B9"'],
  ['a parent that is not said', { units: 'T9 | 九队 | 团队 |' }, '机构 11 D', '没有上级机构'],
  ['a unit below a team', { units: 'T9 | 九队 | 团队 | T1' }, '机构 11 D', '不能设在团队'],
  ['a second head office', { units: 'H9 | 另一总行 | 总行 |' }, '机构 11 C', '只能有一个'],
  [
    'a staff code twice',
    { people: 'm1 | 王 | 客户经理 | T1' },
    '人员 11 A',
    '"人员"第 6 行（周敏）',
  ],
  ['no staff code', { people: ' | 王 | 客户经理 | T1' }, '人员 11 A', '没有工号'],
  ['no name', { people: 'M9 | | 客户经理 | T1' }, '人员 11 B', '没有姓名'],
  ['a role that is none', { people: 'M9 | 王 | 大堂经理 | T1' }, '人员 11 C', '"大堂经理"不是岗位'],
  [
    'a role that its unit cannot have',
    { people: 'M9 | 王 | 客户经理 | HQ' },
    '人员 11 C',
    '只能在：团队',
  ],
  ['a lead in head office', { people: 'L9 | 王 | 主管 | 总行' }, '人员 11 C', '不能设在总行'],
  ['a unit that is not there', { people: 'M9 | 王 | 客户经理 | T9' }, '人员 11 D', '没有机构"T9"'],
  ['no unit', { people: 'M9 | 王 | 客户经理 |' }, '人员 11 D', '没有机构'],
  ['a bad number', { people: 'M9 | 王 | 客户经理 | T1 | 1380013' }, '人员 11 E', '不是电话号码'],
  ['a bad address', { people: 'M9 | 王 | 客户经理 | T1 | | a@b' }, '人员 11 F', '不是邮箱'],
  [
    'an address twice',
    { people: 'M9 | 王 | 客户经理 | T1 | | M1@bank.cn' },
    '人员 11 F',
    '第 6 行',
  ],
  ['a bad Slack id', { people: 'M9 | 王 | 客户经理 | T1 | | | @wang' }, '人员 11 G', '复制成员 ID'],
  [
    'a Slack id twice',
    { people: 'M9 | 王 | 客户经理 | T1 | | | U0000000M1' },
    '人员 11 G',
    '第 6 行',
  ],
  ['a bad WeCom account', { people: 'M9 | 王 | 客户经理 | T1 | | | | 王 五' }, '人员 11 H', '账号'],
  [
    'a WeCom account twice',
    { people: 'M9 | 王 | 客户经理 | T1 | | | | ZhouMin' },
    '人员 11 H',
    '第 6 行',
  ],
  ['a line without a department', { lines: '保险 |' }, '条线 4 B', '没有部门'],
  ['a line that goes to a team', { lines: '保险 | T1' }, '条线 4 B', '不是表里的一个部门'],
  ['a line twice', { lines: '对公 | DP' }, '条线 4 A', '第 3 行已经有了'],
])('%s is named at its cell', (_what, more, cell, says) => {
  const faults = faultsOf(bankSheets(more))
  expect(faults.map(([at]) => at)).toEqual([cell])
  expect(faults[0]?.[1]).toContain(says)
})

test('units above each other in a circle are each named, with the way round', () => {
  const circle = bankSheets({
    units: 'X1 | 甲 | 支行 | X2\nX2 | 乙 | 支行 | X3\nX3 | 丙 | 支行 | X1',
  })
  const faults = faultsOf(circle)
  expect(faults.map(([at]) => at)).toEqual(['机构 11 D', '机构 12 D', '机构 13 D'])
  expect(faults[0]?.[1]).toContain('X1 → X2 → X3 → X1')
})

test('a staff code on two sheets is named on the second, with the first', () => {
  const second = '工号 | 姓名 | 岗位 | 机构\nM1 | 周敏 | 客户经理 | T1\nM8 | 王 | 客户经理 | T1'
  const faults = faultsOf({ ...bankSheets(), 人员二: second })
  expect(faults).toEqual([['人员二 2 A', expect.stringContaining('"人员"第 6 行')]])
})

test('all faults are named in one pass, each cell once', () => {
  const faults = faultsOf(
    bankSheets({
      units: 'T9 | | 战队 | B9\nT9 | 九队 | 团队 | T9',
      people: '| | 大堂 | T7 | 1 | x | y | z z\nM1 | 王 | 主管 | HQ | 2',
      lines: '保险 |\n对公 | T1',
    }),
  )
  expect(faults.map(([at]) => at)).toEqual([
    ...['机构 11 B', '机构 11 C', '机构 12 A', '机构 11 D'],
    ...['条线 4 B', '条线 5 A'],
    ...['人员 11 A', '人员 11 B', '人员 11 C', '人员 11 D', '人员 11 E', '人员 11 F', '人员 11 G'],
    ...['人员 11 H', '人员 12 C', '人员 12 E', '人员 12 A'],
  ])
})

const person = (more: Partial<PersonOnFile>): PersonOnFile => ({
  ...{ id: 'id', code: 'M1', name: '周敏', role: 'manager', unit: 'T1', phone: null, email: null },
  ...{ active: true, slack: [], wecom: [], disowned: [], clients: 0 },
  ...more,
})
const units = settle(readRoster(sheetsOf(bankSheets())).said, NOTHING, true).wanted.units.map(
  (unit) => {
    return { ...unit, id: unit.code, anchored: false }
  },
)
const onFile = (...people: PersonOnFile[]): Roster => ({ units, people, lines: [] })
const only = (people: string) => ({ 人员: `工号|姓名|岗位|机构|邮箱|Slack ID\n${people}` })

test.each<[string, PersonOnFile[], string, string, string]>([
  [
    'somebody whose clients would leave their branch',
    [person({ clients: 42 })],
    'M1|周敏|客户经理|T2',
    '人员 2 D',
    '42 位客户要留下：先在聊天里"交接 M1 平均"',
  ],
  [
    'the staff code of somebody else who left',
    [person({ active: false })],
    'M1|王五|客户经理|T1',
    '人员 2 A',
    '已离职的 周敏',
  ],
  [
    'an account of which its person said that it is not theirs',
    [person({ disowned: ['U00000BAD'] })],
    'M1|周敏|客户经理|T1||U00000BAD',
    '人员 2 F',
    '不是自己的',
  ],
  [
    'an address that somebody keeps whose cell is blank',
    [person({ email: 'a@bank.cn' })],
    'M1|周敏|客户经理|T1\nM2|李静|客户经理|T1|a@bank.cn',
    '人员 3 E',
    '第 2 行（周敏）',
  ],
  [
    'an address that its owner has until a second person confirms the new one',
    [person({ code: 'R1', name: '高远', role: 'risk', unit: 'DR', email: 'a@bank.cn' })],
    'R1|高远|风险管理|DR|b@bank.cn\nM2|李静|客户经理|T1|a@bank.cn',
    '人员 3 E',
    '等第二人确认',
  ],
])('%s is named', (_what, people, rows, cell, says) => {
  expect(faultsOf(only(rows), onFile(...people))).toEqual([[cell, expect.stringContaining(says)]])
})

test('a unit with people in it does not become of a kind that has no such people', () => {
  const changed = { 机构: bankSheets()['机构']?.replace('一队 | 团队', '一队 | 部门') ?? '' }
  const faults = faultsOf(changed, onFile(person({})))
  expect(faults).toEqual([['机构 6 C', expect.stringContaining('一队有客户经理 M1 周敏')]])
})

test('columns are found by heading, in either language and any order, below a title', () => {
  const { said, faults } = readRoster(
    sheetsOf({
      Sheet1: '2026年人员表\nUnit|Role|Name|Note|Staff code\nT1|Client manager|Zhou|x|M1',
    }),
  )
  expect(faults).toEqual([])
  expect(said.people).toMatchObject([
    { row: 3, says: { code: 'M1', name: 'Zhou', role: 'Client manager', unit: 'T1' } },
  ])
})

test('a sheet of the right name without its columns, and one that is something else, are named', () => {
  const { faults, notes } = readRoster(
    sheetsOf({ 人员: '工号|姓名\nM1|周敏', 通讯录: '电话|地址\n1|2', 说明: '怎么填\n随便' }),
  )
  expect(faults.map(({ sheet, why }) => [sheet, why.zh])).toEqual([
    ['人员', expect.stringContaining('缺少列：岗位、机构')],
  ])
  expect(notes.map(({ zh }) => zh)).toEqual(['没有读工作表"通讯录"。'])
})

test('a sheet that is not filled in, or hidden, says nothing', () => {
  const [units, people, hidden] = sheetsOf({ ...bankSheets(), 人员: '工号|姓名|岗位|机构' })
  const { said, notes } = readRoster([units, people, { ...hidden, hidden: true }] as never)
  expect([said.people, said.lines]).toEqual([null, null])
  expect(notes.map(({ zh }) => zh).join()).toMatch(/"人员"没有填.*没有读工作表"条线"/)
})
