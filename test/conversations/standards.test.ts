/** @module-tag slow */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { day } from '../../src/core/calendar/time.ts'
import { retierAll } from '../../src/features/tiers/batch/retier-all.ts'
import { readWorkbook, writeWorkbook } from '../../src/infra/sheets/spreadsheet.ts'
import { type Bank, openBank } from '../support/bank.ts'
import { ONE_DATABASE } from '../support/open.ts'
import { play } from '../support/play.ts'

describe.each(ONE_DATABASE)('the standard is changed by people on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind)
  })
  afterAll(() => bank.close())

  /** The workbook that is sent to a person, with some cells changed: id → column → cell. */
  async function exported(code: string, changes: Record<string, Record<string, string | number>>) {
    const [card] = await bank.say(code, '标准 导出')
    const file = card?.blocks.find((block) => block.kind === 'file')
    if (file?.kind !== 'file') throw new Error('no file came')
    const { marker, sheets } = await readWorkbook(file.name, Buffer.from(file.base64, 'base64'))
    return writeWorkbook({
      marker,
      sheets: sheets.map(({ name, rows: [titles, ...rows] }) => ({
        name,
        columns: (titles?.cells ?? []).map((title) => ({ title: String(title) })),
        rows: rows.map(({ cells }) => {
          const change = changes[String(cells[1])]
          return cells.map((cell, at) => change?.[String(titles?.cells[at])] ?? cell)
        }),
      })),
    })
  }

  test('everybody who sees clients reads it; only marketing edits it', async () => {
    await play(
      bank,
      `
      @ 2026-11-23T09:00:00+08:00
      M1> 标准
      存量客户分层标准 · 第 1 版
      A 重点 公私财产分开；治理健全；经营月数 ≥ 36 个月
      净资产 ≥ 300万
      C 维护 住房条件；授信额度 > 50万
      净资产下限（由本行设定）: 300万
      第 1 版 · 1月1日 起
      [潜在客户]
      M1> 标准 潜在
      潜在客户分层标准
      优质目标 同"普通目标"
      年龄 25 岁–60 岁
      M1> 标准 导出
      不在您的岗位功能里
      S1> 标准
      不在您的岗位功能里
      K1> 标准 试算
      现在没有草稿
      K1> 标准 发布 12月1日
      现在没有草稿
      `,
    )
  })

  test('a faulty workbook is refused cell by cell, and nothing of it is kept', async () => {
    const bytes = await exported('K1', {
      A5: { '事实 Fact': '净利润' },
      C3: { '限值 Limit': 400_000 },
    })
    const [card] = await bank.sendFile('K1', '标准.xlsx', bytes)
    const said = JSON.stringify(card)
    expect(said).toContain('表格有 1 处要改，草稿没有动')
    expect(said).toMatch(/条件 Criteria.{1,4}第 \d+ 行.{1,4}事实 Fact.{1,4}列：没有事实/)
    await play(bank, 'K1> 标准 草稿\n现在没有草稿')

    const other = await exported('K1', { C3: { '限值 Limit': 400_000 } })
    const [refused] = await bank.sendFile('K1', '标准.xlsx', other)
    expect(JSON.stringify(refused)).toContain('C3 和 C2 不能同时满足，没有客户能到 C 维护')
  })

  test('export, change, import, dry run, and a second person publishes', async () => {
    const bytes = await exported('K1', {
      B2: { '限值 Limit': 950_000, '说明 Chinese': '授信 95 万以上' },
      D1: { '限值 Limit': 100 },
    })
    const [kept] = await bank.sendFile('K1', '改好的标准.xlsx', bytes)
    const said = JSON.stringify(kept)
    expect(said).toContain('已存为草稿')
    expect(said).toContain('B2 授信 50 万以上：授信额度 ≥ 50万 → 95')
    expect(said).toContain('D1')
    await play(
      bank,
      `
      K1> 标准 改 A 净资产 500万
      已改草稿：A5 净资产 ≥ 300万 → 净资产 ≥ 500万
      净资产下限（由本行设定） 300万 → 500万
      K1> 标准 改 C 授信额度 85万
      您要改哪一条
      1 C2 授信额度 > 50万
      2 C3 授信额度 ≤ 80万
      K1> 2
      已改草稿：C3 授信额度 ≤ 80万 → 授信额度 ≤ 85万
      K1> 标准 改 C3 40万
      没有改：C3 和 C2 不能同时满足
      K1> 标准 改 B3 120%
      没有改：用信率 的限值 1.2 超出 0 到 1
      K1> 标准 改 D1 0月
      已改草稿：D1 经营月数 ≥ 100 个月 → 经营月数 ≥ 0 个月
      K1> 标准 改 D1 100个月
      已改草稿
      K2> 标准 发布 12月1日
      草稿还没有试算
      K1> 标准 改 F2 审慎
      已改草稿：F2 行业类别 为 禁入 → 行业类别 为 审慎
      K1> 标准 试算
      存量客户分层标准 · 第 2 版 · 试算
      6 位客户中 5 位变动，涉及 3 位客户经理。其中要风险部门审批 1 位。
      D 普惠 → 未分层
      F 淘汰 → 未分层
      授信最大的
      张三 · 顺发五金店，B 潜力 → 未分层，90万，周敏
      涉及的客户经理
      周敏 · 一队
      没有写入任何变动
      K2<
      方刚 试算了存量客户分层标准 · 第 2 版草稿：5 位客户会变动
      K1> 标准 改 D1 60个月
      已改草稿
      试算之后又改过
      K2> 标准 发布 12月1日
      试算之后草稿又改过，请重新试算再发布
      K1> 标准 改 D1 100个月
      K1> 标准 试算
      6 位客户中 5 位变动
      K1> 标准 发布 12月1日
      要由营销管理部门的另一位同事发布
      K2> 标准 发布 11月1日
      不能作生效日期，请写今天或以后的一天
      K2> 标准 发布 12月1日
      已发布存量客户分层标准 · 第 2 版，12月1日 周二 起生效
      K1<
      已发布存量客户分层标准 · 第 2 版，12月1日 周二 起生效
      M1> 标准
      存量客户分层标准 · 第 1 版
      第 2 版 · 下周二(12/1) 起生效
      K2> 标准 草稿
      现在没有草稿
      `,
    )
  })

  test('the next draft follows the version that is published for a day to come', async () => {
    await play(
      bank,
      `
      K1> 标准 改 B3 60%
      和第 2 版相比（下周二(12/1) 起生效）
      B3 用信率不超过 50%：用信率 ≤ 50% → 用信率 ≤ 60%
      K1> 标准 试算
      和第 2 版相比（下周二(12/1) 起生效）：6 位客户都不变动。
      请营销部门另一位同事发"标准 发布 12月1日"这样的一句。
      K2> 标准 草稿
      今天已试算。您没有改过这份草稿，同意就发"标准 发布 12月1日"这样的一句。
      K1> 标准 弃稿
      `,
    )
  })

  test('on its day the night moves everybody, and what needs approval waits for it', async () => {
    expect(await retierAll(bank.database, day('2026-11-30'))).toMatchObject({ changed: 0 })
    expect(await retierAll(bank.database, day('2026-12-01'))).toMatchObject({ changed: 5 })
    await play(
      bank,
      `
      @ 2026-12-01T09:00:00+08:00
      M1> 标准
      存量客户分层标准 · 第 2 版
      D 普惠 经营月数 ≥ 100 个月
      M1> 标准 第1版
      存量客户分层标准 · 第 1 版
      D 普惠 经营月数 ≥ 12 个月
      M1> 分层 隆盛
      未分层
      M1> 分层 孙丽
      待风险部门审批：改为 未分层
      R1> 待批
      孙丽
      R1> 批准 1
      M1> 分层 孙丽
      未分层
      M1> 分层历史 隆盛
      D 普惠 → 未分层（标准第 2 版生效）
      K1> 标准 改 D1 12
      已改草稿
      K1> 标准 弃稿
      已作废
      K1> 标准 草稿
      现在没有草稿
      `,
    )
  })
})
