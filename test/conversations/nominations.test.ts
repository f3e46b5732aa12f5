import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lapseNamed } from '../../src/features/tiers/nominations/lapse-nominations.ts'
import { readWorkbook } from '../../src/infra/sheets/spreadsheet.ts'
import { type Bank, openBank } from '../support/bank.ts'
import { hire } from '../support/hire.ts'
import { ONE_DATABASE } from '../support/open.ts'
import { play } from '../support/play.ts'

describe.each(ONE_DATABASE)('named clients on %s', (kind) => {
  let bank: Bank
  const run = (job: typeof lapseNamed) => job.run(bank.app.services, bank.app.services.moment())
  beforeAll(async () => {
    bank = await openBank(kind)
  })
  afterAll(() => bank.close())

  test('marketing names for E with reason, evidence and last day, and it lapses by itself', async () => {
    await play(
      bank,
      `
      K1> 指定调整 张三 连续两季亏损 证据：三季报 至 2027-03-31
      已指定 张三 为 E 调整，到 2027年3月31日 自动失效
      B 潜力 · 今天起
      待营销部门审批：改为 E 调整（今天提出），批准前仍按原层。
      营销部门方刚指定，到 2027年3月31日 为止（理由：连续两季亏损；证据：三季报）。
      K2> 待批
      1 张三 · 顺发五金店　B 潜力 → E 调整
      营销部门方刚指定，到 2027年3月31日 为止（理由：连续两季亏损；证据：三季报）。
      K2> 批准 张三
      已批准 1 件，即日生效：
      M1> 分层 张三
      E 调整
      营销部门方刚指定，到 2027年3月31日 为止
      M1> [分层历史]
      今天 B 潜力 → E 调整（营销部门指定调整 是）
      标准第 1 版 · 叶青 今天批准
      今天 营销部门方刚指定，到 2027年3月31日 为止（理由：连续两季亏损；证据：三季报）。
      R1> 解除指定 张三
      张三 没有本部门的指定。
      M1> 指定调整 张三 x 至 2027-03-31
      不在您的岗位功能里
      `,
    )
    bank.setClock('2027-03-31T04:21:00+08:00')
    await run(lapseNamed)
    await play(bank, 'K1> 分层 张三\nE 调整\n营销部门方刚指定')
    bank.setClock('2027-04-01T04:21:00+08:00')
    await run(lapseNamed)
    await play(
      bank,
      `
      K1> 分层 张三
      E 调整
      待营销部门审批：改为 B 潜力（今天提出）
      营销部门方刚的指定 昨天 到期（理由：连续两季亏损；证据：三季报）。
      K1> 待批
      1 张三 · 顺发五金店　E 调整 → B 潜力
      营销部门方刚的指定 昨天 到期（理由：连续两季亏损；证据：三季报）。
      K1> 批准 张三
      已批准 1 件
      `,
    )
    expect(JSON.stringify(await bank.say('M1', '分层 张三'))).not.toContain('方刚')
    await play(bank, 'M1> 分层历史 张三\n11月23日 营销部门方刚的指定 昨天 到期')
    const [nomination] = await bank.rows<{ ended: boolean; by: string | null }>(
      `select ended_at is not null as ended, ended_by as by from tier_nomination`,
    )
    expect(nomination).toEqual({ ended: true, by: null })
    bank.setClock('2026-11-23T10:00:00+08:00')
  })

  test('what is missing is asked, what cannot be is refused, and a department ends its own', async () => {
    await play(
      bank,
      `
      R1> 指定退出 张三
      为什么指定 张三？请写理由。
      R1> 涉诉
      到哪一天为止？
      R1> 2027-03-31
      待风险部门审批：改为 F 淘汰
      R1> 指定退出 张三 再次涉诉 至 2035-01-01
      到期日应在明天到 2029-11-23 之间。
      R1> 指定退出 赵强 涉诉 至 2027-03-31
      赵强 是潜在客户，只有存量客户可以指定。
      R1> 解除指定 张三
      已解除对 张三 的指定。
      B 潜力
      `,
    )
  })

  test('a word alone asks whom, and a day in the command of others is no answer', async () => {
    await play(
      bank,
      `
      K1> 指定调整
      哪位客户？
      K1> 指定调整 张三 亏损
      到哪一天为止？
      K1> 指定退出 张三 涉诉 至 2027-01-01
      不在您的岗位功能里
      K1> 2027-02-01
      已指定 张三 为 E 调整，到 2027年2月1日 自动失效
      K1> 解除指定 张三
      已解除对 张三 的指定。
      `,
    )
  })

  test('a department that ends its nomination while the client is in its tier says so to the approver', async () => {
    await hire(bank, 'R2', '沈月', 'risk', 'HQ')
    await play(
      bank,
      `
      R1> 指定退出 钱进 涉诉 证据：立案通知 至 2027-03-31
      待风险部门审批：改为 F 淘汰
      R2> 批准 钱进
      已批准 1 件
      R1> 解除指定 钱进
      已解除对 钱进 的指定。
      R1> 待批
      1 钱进　F 淘汰 → D 普惠
      风险部门高远的指定 今天 由高远解除（理由：涉诉；证据：立案通知）。
      `,
    )
    const [card] = await bank.say('R1', '待批 导出')
    const file = card?.blocks.find((block) => block.kind === 'file')
    const bytes = Buffer.from(file?.kind === 'file' ? file.base64 : '', 'base64')
    const { sheets } = await readWorkbook('pending.xlsx', bytes)
    expect(sheets[0]?.rows[1]?.cells[5]).toContain('由高远解除（理由：涉诉；证据：立案通知）')
  })
})
