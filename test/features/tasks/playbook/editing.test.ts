/** @module-tag slow */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { render } from '../../../../src/channels/console/render.ts'
import type { Card } from '../../../../src/core/card.ts'
import { SHIPPED_PLAYBOOK } from '../../../../src/features/playbook/shipped-playbook.ts'
import { playbookBook, readPlaybook } from '../../../../src/features/tasks/playbook/workbook.ts'
import { readWorkbook } from '../../../../src/infra/sheets/spreadsheet.ts'
import { type Bank, openBank } from '../../../support/bank.ts'
import { ONE_DATABASE } from '../../../support/open.ts'
import { play } from '../../../support/play.ts'
import { fileOf, rewritten } from '../../../support/playbook-book.ts'

const kind = (code: string) => {
  const found = SHIPPED_PLAYBOOK.outcomes[code]
  if (!found) throw new Error(code)
  return found
}
const { version: _, effectiveFrom: __, ...SHIPPED } = SHIPPED_PLAYBOOK

/** A workbook with some cells changed: by sheet, row's name, and column. */
const changedBook = (
  bytes: Buffer,
  changes: readonly (readonly [string, string, number, string | number | null])[],
): Promise<Buffer> =>
  rewritten(bytes, (name, rows) => {
    for (const row of rows) {
      const called = String(row[0])
      for (const [sheet, part, column, value] of changes) {
        if (name.includes(sheet) && called.includes(part)) row[column] = value
      }
    }
    return rows
  })

test('a workbook holds the whole playbook, and is read back to the same', async () => {
  const workbook = await readWorkbook('playbook.xlsx', await playbookBook(SHIPPED))
  const read = readPlaybook(workbook, SHIPPED.outcomes)
  expect(read.faults).toEqual([])
  expect(read.draft).toEqual(SHIPPED)
})

test('an event without a task is off, and comes back as off', async () => {
  const off = { ...SHIPPED, events: { ...SHIPPED.events, birthday: null } }
  const book = await readWorkbook('p.xlsx', await playbookBook(off))
  const read = readPlaybook(book, SHIPPED.outcomes)
  expect(read.draft).toEqual(off)
})

test('what cannot be read is named by sheet, row and column', async () => {
  const book = await changedBook(await playbookBook(SHIPPED), [
    ['Steps', 'need soon', 2, '一周后'],
    ['Care', 'B', 1, '经常'],
    ['Numbers', 'quiet hours', 1, '中午'],
    ['Events', 'quiet', 0, '天气'],
    ['Numbers', 'deposits of full worth', 1, '很多'],
  ])
  const { faults } = readPlaybook(await readWorkbook('p.xlsx', book), SHIPPED.outcomes)
  expect(faults.map(({ sheet, row, column }) => [sheet, row, column])).toEqual([
    ['步骤 Steps', 5, '间隔 After'],
    ['照料 Care', 3, '电话间隔 Call every'],
    ['提醒 Events', null, null],
    ['数值 Numbers', 13, '值 Value'],
    ['数值 Numbers', 20, '值 Value'],
    ['提醒 Events', 8, '事件 Event'],
  ])
})

test('a kind of outcome that cannot be read is named by its cells', async () => {
  const own = ['partner', '等合伙人', 'waits', '合伙人定', '', '已联系', '明天', '常常', 5]
  const more = [null, null, null, null, '姓名', '也许']
  const book = await rewritten(await playbookBook(SHIPPED), (sheet, rows) =>
    sheet.includes('Outcomes')
      ? [...rows, [...own, ...more], ['在家', ...own.slice(1), ...more]]
      : rows,
  )
  const { faults } = readPlaybook(await readWorkbook('p.xlsx', book), SHIPPED.outcomes)
  expect(faults.map(({ row, column }) => [row, column])).toEqual([
    [16, '阶段 Stage'],
    [16, '任务 Task'],
    [16, '间隔 After'],
    [16, '要问 Asks for'],
    [16, '在用 In use'],
    [17, '代码 Code'],
  ])
})

test('a workbook from before has no sheet of outcomes: the kinds in force stay, with what follows them there', async () => {
  const kept = { ...SHIPPED.outcomes, own: { ...kind('busy'), place: 14 } }
  const former = await rewritten(await playbookBook(SHIPPED), (sheet, rows) => {
    if (sheet.includes('Outcomes')) return null
    if (sheet.includes('Numbers')) return [['没接连打次数', 2], ...rows]
    const names = ['有意向', '再考虑', '拒绝', '已申请', '号码不对', '没接再打', '没接以后']
    return sheet.includes('Steps')
      ? [...rows, ...names.map((name) => [name, '电话', '9 天', 50])]
      : rows
  })
  const { draft, faults } = readPlaybook(await readWorkbook('p.xlsx', former), kept)
  const step = { kind: 'call', after: { days: 9 }, priority: 50 }
  expect(faults).toEqual([])
  expect(draft['outcomes']).toMatchObject({
    own: kept.own,
    busy: kind('busy'),
    declined: { ...kind('declined'), next: step },
    'no-answer': { ...kind('no-answer'), next: step, times: 2, later: step },
  })
})

const textOf = (cards: readonly Card[]) => cards.map(render).join('\n')
describe.each(ONE_DATABASE)('marketing edits the playbook on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind)
  })
  afterAll(() => bank.close())

  test('by a workbook with faults: nothing is kept, each has its cell', async () => {
    const exported = fileOf(await bank.say('K1', '打法 导出'))
    const looping = await changedBook(exported, [
      ['Outcomes', 'thinking', 7, '0 个工作日'],
      ['Numbers', 'ceiling touches', 1, 3],
    ])
    const answer = textOf(await bank.sendFile('K1', 'playbook.xlsx', looping))
    expect(answer).toContain('打法有 2 处要改，没有存成草稿')
    expect(answer).toContain('结果 Outcomes · 第 4 行 · 间隔 After：办完当天又排一件')
    expect(answer).toContain('照料 Care · 第 2 行 · 电话间隔 Call every：30 天里例行联系约 3.1 次')
    await play(bank, 'K1> 打法 试算\n现在没有打法草稿')
  })

  test('by a line, tried, and published by somebody else', async () => {
    await play(
      bank,
      `
      @ 2026-11-23T09:00:00+08:00
      M1> 打法
      打法 第 1 版
      优质目标 | 14 | 60 | 6
      有意向 | 电话 | 3 个工作日 | 70
      重点层级 | A、优质目标
      M1> 打法 A 电话间隔 10
      不在您的岗位功能里
      K1> 打法 优质目标 电话间隔 0
      优质目标 电话间隔：
      K1> 打法 premium 电话间隔 0
      优质目标 电话间隔：
      K1> 打法 D 电话间隔 常常
      D 电话间隔："常常" 不是整数。没有改。
      K1> 打法 大客户 10
      打法里没有"大客户 10"
      K1> 打法 F 电话间隔 30
      F 电话间隔：F 淘汰客户不做营销，不能有例行联系。没有改。
      K1> 打法 再考虑 间隔 0个工作日
      再考虑 间隔：办完当天又排一件
      K1> 打法 D 电话间隔 14
      草稿改动 1 处：
      D 电话间隔：60 → 14
      K1> 打法 贡献满分存款 500
      贡献满分存款："500" 不是金额，写成"20万"或"200000"。没有改。
      K1> 打法 贡献满分年收益 1元
      贡献满分年收益：至少 1000。没有改。
      K1> 打法 贡献满分存款 无
      贡献满分存款：20万 → 无
      K1> 打法 贡献满分余额 无
      贡献满分余额：50万 → 无
      K1> 打法 贡献满分年收益 无
      贡献满分年收益：1万 → 无
      K1> 打法 贡献最多加权 12
      贡献最多加权：余额、存款、年收益都没写多少算满分
      K1> 打法 贡献满分存款 30万
      贡献满分存款：20万 → 30万
      K1> 打法 贡献最多加权 12
      贡献最多加权：0 → 12
      K1> 打法 久未联系 任务 无
      草稿改动
      久未联系 任务：电话 → 无
      K1> 打法 发布
      这份草稿您改过，要由营销管理部门的另一位同事发布
      K2> 打法 发布
      草稿还没有试算
      K1> 打法 试算
      打法试算
      D 电话间隔：60 → 14
      电话 |
      发布要由另一位同事：打法 发布 2026-11-24
      K2> 打法 发布 11月25日
      已发布打法第 2 版，周三(11/25)起生效。
      M1> 打法
      打法 第 1 版
      @ 2026-11-25T09:00:00+08:00
      M1> 打法
      打法 第 2 版
      `,
    )
  })

  test('by a workbook that is right; a draft can be dropped', async () => {
    const book = await changedBook(fileOf(await bank.say('K1', '打法 导出')), [
      ['Care', 'C', 2, 120],
    ])
    expect(textOf(await bank.sendFile('K1', '打法.xlsx', book))).toContain('C 走访间隔：90 → 120')
    await play(bank, 'K1> 打法 撤回\n打法草稿已撤回\nK1> 打法 试算\n现在没有打法草稿')
  })
})
