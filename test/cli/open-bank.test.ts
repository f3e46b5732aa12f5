/** @module-tag long */

import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Opening, openBank, writeTemplate } from '../../src/cli/bank/open-bank.ts'
import { readConfig } from '../../src/config.ts'
import type { Database } from '../../src/infra/database/index.ts'
import { inflated, partsOf } from '../../src/infra/sheets/reading/zip.ts'
import { readWorkbook, writeWorkbook } from '../../src/infra/sheets/spreadsheet.ts'
import { bankSheets, changed, sheetsOf } from '../features/roster/sheets.ts'
import { KEY } from '../support/keyed.ts'
import { openTestDatabase } from '../support/open.ts'

let folder: string
let database: Database
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chenhui-open-'))
  database = await openTestDatabase('postgres')
})
afterEach(() => database.close())

/** Writes sheets as a workbook; resolves to its place. */
async function workbookOf(sheets: Readonly<Record<string, string>>): Promise<string> {
  const file = path.join(folder, 'bank.xlsx')
  const written = sheetsOf(sheets).map(({ name, rows: [first, ...rows] }) => ({
    name,
    columns: (first?.cells ?? []).map((title) => ({ title: `${title}` })),
    rows: rows.map(({ cells }) => cells),
  }))
  await writeFile(file, await writeWorkbook({ marker: null, sheets: written }))
  return file
}

/** What the command prints; `refused` where it ends with a sentence. */
async function opened(file: string, how: Partial<Opening> = {}): Promise<string> {
  const said = vi.spyOn(console, 'log').mockImplementation(() => {})
  const config = readConfig({ ...KEY, DATABASE_URL: `${database.url}`, SLACK_BOT_TOKEN: 'xoxb-1' })
  try {
    await openBank(config, {
      workbook: file,
      yes: false,
      json: false,
      trial: false,
      leaving: null,
      ...how,
    })
    return said.mock.calls.flat().join('\n')
  } catch (error) {
    return [...said.mock.calls.flat(), `refused: ${(error as Error).message}`].join('\n')
  } finally {
    said.mockRestore()
  }
}

test('the walk of the first day: template, difference, yes, and the same again', async () => {
  const template = path.join(folder, 'template.xlsx')
  const said = vi.spyOn(console, 'log').mockImplementation(() => {})
  await writeTemplate(template)
  await expect(writeTemplate(template)).rejects.toThrow('已经有了，没有覆盖')
  expect(said.mock.calls.flat().join()).toContain('npx chenhui open')
  said.mockRestore()
  // Its examples are nobody.
  expect(await opened(template, { yes: true })).toContain('refused: 表里没有可以导入的行')

  const file = await workbookOf(bankSheets())
  const shown = await opened(file)
  expect(shown).toContain('人员 people: 新 new 8 · 变 changed 0 · 离 left 0 · 不变 same 0')
  expect(shown).toContain('  + M1 周敏 · 客户经理 Client manager · T1')
  expect(shown).toContain('  ~ payments 支付结算: 部门 department — → DP')
  expect(shown).toContain('refused: 没有写入。确定要写入，请加 --yes。')
  expect(await database.prisma.staff.count()).toBe(0)

  expect(await opened(file, { yes: true })).toMatch(/已写入。 Written\.$/)
  expect(await database.prisma.staff.count()).toBe(8)
  expect(await opened(file, { yes: true })).toContain('没有要改的。 Nothing is to be changed.')
  expect(JSON.parse(await opened(file, { json: true }))).toMatchObject({
    written: false,
    difference: { people: { changes: [], same: 8 } },
  })
})

test('every fault is printed by sheet, row and column, and nothing is written', async () => {
  const file = await workbookOf(
    bankSheets({ people: 'M1 | 王五 | 主管 | HQ | 12', lines: '保险 |' }),
  )
  const shown = await opened(file, { yes: true })
  expect(shown.split('\n').filter((line) => line.startsWith('✗'))).toEqual([
    expect.stringMatching(/^✗ 条线 第 4 行 B 部门 列：没有部门/),
    expect.stringMatching(/^✗ 人员 第 11 行 C 岗位 列：团队主管不能设在总行/),
    expect.stringMatching(/^✗ 人员 第 11 行 E 手机 列："12"不是电话号码/),
    expect.stringMatching(/^✗ 人员 第 11 行 A 工号 列：工号 M1 已经是"人员"第 6 行/),
  ])
  expect(shown).toContain('refused: 有 4 处要改')
  expect(await database.prisma.unit.count()).toBe(0)
  const json = (await opened(file, { json: true, yes: true })).split('\n')[0] ?? ''
  expect(JSON.parse(json).faults).toHaveLength(4)
})

test('many who leave are let go by their number alone', async () => {
  const file = await workbookOf(bankSheets())
  await opened(file, { yes: true })
  const half = await workbookOf(
    changed(
      ['H1 | 东行长 | 负责人 | B1', ''],
      ['M2 | 李静 | 客户经理 | T2', ''],
      ['D1 | 林涛 | 条线部门 | DP', ''],
      ['K1 | 方刚 | 营销管理 | DM', ''],
    ),
  )
  expect(await opened(half, { yes: true })).toContain('refused: 表里没有的 4 人会按离职处理')
  expect(await opened(half, { yes: true, leaving: 3 })).toContain('--leaving 4')
  expect(await database.prisma.staff.count({ where: { active: true } })).toBe(8)
  expect(await opened(half, { yes: true, leaving: 4 })).toContain('已写入')
  expect(await database.prisma.staff.count({ where: { active: true } })).toBe(4)
})

test('who leaves and owns clients is named with what to do', async () => {
  await opened(await workbookOf(bankSheets()), { yes: true })
  await database.prisma.$executeRaw`
    insert into client (id, kind, name, pinyin, initials, source, owner_id, entered_at)
    select gen_random_uuid(), 'existing', '客户', 'ke', 'k', 'list', id, now() from staff where code = 'M2'`
  const file = await workbookOf(changed(['M2 | 李静 | 客户经理 | T2', '']))
  expect(await opened(file)).toContain(
    '  - M2 李静 · 客户经理 Client manager · T2（名下 1 位客户，请随后在聊天里说"交接 M2 平均"）',
  )
})

test('a folder of text tables is read like a workbook', async () => {
  for (const [name, lines] of Object.entries(bankSheets())) {
    const rows = lines.split('\n').map((line) => line.split('|').map((cell) => cell.trim()))
    const text = rows.map((cells) => cells.join(',')).join('\n')
    await writeFile(path.join(folder, `${name}.csv`), text.trim())
  }
  expect(await opened(folder, { yes: true })).toContain('已写入')
  expect(await database.prisma.staff.count()).toBe(8)
})

test('the template has Chinese headings, drop-downs for kinds and roles, and an example in each sheet', async () => {
  const file = path.join(folder, 'template.xlsx')
  const said = vi.spyOn(console, 'log').mockImplementation(() => {})
  await writeTemplate(file)
  said.mockRestore()
  const bytes = await readFile(file)
  const { sheets } = await readWorkbook('template.xlsx', bytes)
  expect(sheets.map(({ name }) => name)).toEqual(['机构', '人员', '条线', '说明'])
  expect(sheets.slice(0, 3).map(({ rows }) => [rows.length, `${rows[1]?.cells[0]}`])).toEqual([
    [2, '示例 T01'],
    [2, '示例 M001'],
    [2, '示例 支付结算'],
  ])
  const part = (name: string) => {
    const found = partsOf(bytes).find((each) => each.name === `xl/worksheets/${name}.xml`)
    return found ? inflated(found, 1_000_000).toString() : ''
  }
  expect(part('sheet1')).toMatch(/sqref="C2:C\d+".*总行,支行,二级支行,团队,部门/)
  expect(part('sheet2')).toMatch(/sqref="C2:C\d+".*客户经理,团队主管,分支机构负责人/)
})

test.each([
  ['nowhere.xlsx', null, '没有文件'],
  ['photo.png', 'x', '这里要 .xlsx 或 .csv'],
  ['empty.csv', '', '这是空文件'],
  ['page.csv', '<html><table>', '这是网页'],
])('%s is refused', async (name, content, says) => {
  const file = path.join(folder, name)
  if (content !== null) await writeFile(file, content)
  expect(await opened(file)).toContain(says)
})

test('a demo bank is not written into', async () => {
  await database.prisma.setting.create({ data: { key: 'demo', value: '2026-11-23' } })
  expect(await opened(await workbookOf(bankSheets()), { yes: true })).toContain('演示数据')
})

test('a bank is opened for a trial at its opening, and at no other time', async () => {
  const trial = () => database.prisma.setting.findUnique({ where: { key: 'trial' } })
  const file = await workbookOf(bankSheets())
  await opened(file, { yes: true })
  expect(await trial()).toBeNull()
  expect(await opened(file, { yes: true, trial: true })).toContain('行已经开了，不能再改成试用')
  expect(await trial()).toBeNull()
  await database.close()
  database = await openTestDatabase('postgres')
  // Its chat in the browser would be over before it began.
  expect(await opened(file, { yes: true, trial: true })).toContain('表里有 2 人填了')
  expect(await trial()).toBeNull()
  const accounts = [' | U0000000H0 | h0', ' | U0000000M1 | zhoumin']
  const without = await workbookOf(changed(...accounts.map((a): [string, string] => [a, ''])))
  expect(await opened(without, { yes: true, trial: true })).toContain('已写入')
  expect(await trial()).not.toBeNull()
})
