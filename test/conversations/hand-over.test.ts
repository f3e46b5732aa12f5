/** @module-tag slow */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { render } from '../../src/channels/console/render.ts'
import type { Card } from '../../src/core/card.ts'
import { handOver } from '../../src/features/handover/send-lists.ts'
import { readWorkbook, writeWorkbook } from '../../src/infra/sheets/spreadsheet.ts'
import { type Bank, openBank } from '../support/bank.ts'
import { ONE_DATABASE } from '../support/open.ts'
import { play } from '../support/play.ts'

describe.each(ONE_DATABASE)('needs and their hand-over on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind)
  })
  afterAll(() => bank.close())

  const run = () => handOver(bank.app.services, bank.app.services.moment())
  const filesIn = (cards: readonly Card[]) =>
    cards.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'file' ? [block] : [])))
  const heard = async (code: string) =>
    (await bank.told()).filter((each) => each.code === code).map(({ text }) => text)

  test('marketing keeps the catalogue in one line each, and what it adds is understood at once', async () => {
    await play(
      bank,
      `
      @ 2026-11-24T09:00:00+08:00
      K1> 产品
      小微信贷（我们自己办）
      流动资金贷款
      支付结算
      结算卡
      K1> 产品 新增 银税贷 条线 小微信贷 关键词 税贷
      银税贷 · 税贷
      K1> 产品 新增 外汇结算 条线 国际业务
      没有业务条线"国际业务"，有：
      K1> 产品 新增 外汇结算
      属于哪条业务条线
      K1> 支付结算
      外汇结算
      K1> 产品 改 外汇结算 关键词 结汇、税贷
      "税贷"已经是"银税贷"的关键词
      K1> 产品 改 外汇结算 关键词 结汇、购汇
      外汇结算 · 结汇 · 购汇
      M1> 需求 张三 税贷 20万 急
      已记需求：张三 银税贷 20万 急。今天 跟进。
      K1> 产品 停用 银税贷
      银税贷 · 已停用
      M1> 需求 张三 税贷 20万 急
      张三 要什么产品
      M1> 查 张三
      银税贷 20万
      M1> 产品 停用 结算卡
      不在您的岗位功能里
      `.replace('外汇结算 · 结汇 · 购汇', '外汇结算 · 结汇、购汇'),
    )
  })

  test('a client may have several needs; a line without a department waits, and marketing hears of it', async () => {
    await play(
      bank,
      `
      M1> 需求 张三 结算卡、代发工资 下月 急
      已记需求：张三 结算卡、代发工资
      将随名单移交
      M1> 需求 赵强 收单 30万
      将随名单移交
      M2> need Tom insurance
      `,
    )
    await bank.told()
    bank.setClock('2026-11-30T09:12:00+08:00')
    await run()
    expect(await heard('K1')).toEqual([expect.stringMatching(/还没有指定部门：保险 1、支付结算 3/)])
    await play(
      bank,
      `
      K1> 条线 支付结算
      没有说全，没有改动。 这样说：条线 支付结算 归 支付结算部
      K1> 条线 支付结算 归 没有部
      没有部门"没有部"
      K1> 条线 支付结算 归 公司金融部
      "支付结算"的需求以后移交给公司金融部。
      `,
    )
  })

  test('each department gets its list once, numbered, with the workbook', async () => {
    bank.setClock('2026-12-02T09:12:00+08:00')
    await bank.told()
    await run()
    expect(await heard('D1'), 'a Wednesday is not its day').toEqual([])
    await play(bank, 'K1> 移交 公司金融部 每周三\n公司金融部以后每周三收到名单。')
    await run()
    await run()
    const lists = await heard('D1')
    expect(lists).toEqual([
      expect.stringMatching(
        /移交名单 · 公司金融部 · 12月2日 周三[\s\S]*有 3 条新需求[\s\S]*1 张三 · 顺发五金店 · 134\*\*\*\*0001[\s\S]*结算卡 昨天 急 · 周敏 登记/,
      ),
    ])
  })

  test('rows are accepted, declined and finished in chat, and whoever registered them hears of it', async () => {
    await play(
      bank,
      `
      D1> 移交
      待办的移交 3 条
      D1> 接 1
      已记 1 条
      还有 3 条待办。
      1 张三 · 顺发五金店 · 134 9001 0001
      已接收
      M1<
      张三 的结算卡：公司金融部已接收。
      D1> 接 1
      第 1 条（张三）您已接收，没有重复登记。
      D1> 接 1-2
      已记 1 条
      第 1 条（张三）您已接收，没有重复登记。
      还有 3 条待办。
      2 张三 · 顺发五金店 · 134 9001 0001
      D1> 进展 1
      请写办到哪一步了
      D1> 进展 1 已约周四上门
      1 张三 · 进展（已约周四上门）
      还有 3 条待办。
      M1<
      张三 的结算卡：公司金融部进展（已约周四上门）。
      D1> 进展 1 缺营业执照
      M1> 查 张三
      需求
      结算卡 昨天 · 条线已接收，12/02 缺营业执照
      D1> 找 张三
      移交 · 张三 ·
      1 张三 · 顺发五金店 · 134 9001 0001
      已接收 林涛 · 周敏 登记
      12/02 已约周四上门
      12/02 缺营业执照
      D1> 找 第3条
      3
      ****
      D1> 找 0001
      1 张三
      D1> 查 恒通
      3 赵强
      D1> 找 钱进
      移交给您部门的需求里没有"钱进"
      D1> 进展 9 外地
      名单上没有待办的第 9 条
      D1> 移交
      1 张三
      134 9001 0001
      3
      ****
      D1> 退 2
      为什么退回？
      D1> 1
      已退回（不符合条件）
      M1<
      公司金融部已退回（不符合条件）
      D1> 第一个已经办好了
      请写办理的结果
      D1> 办结 1
      请写办理的结果
      D1> 算了
      D1> 已办
      名单上的哪一条？
      请写办理的结果
      D1> 办结 1 已开户
      1 张三 · 已办结（已开户）
      D1> 退 9 外地
      名单上没有待办的第 9 条
      M1> 接 3
      不在您的岗位功能里
      L1> 移交
      公司金融部 | 结算卡 | 1 | 0 | 0 | 0 | 1 | 0
      退回原因：不符合条件 1。
      `,
    )
    expect(
      await bank.rows(
        `select status, count(*)::int from need where line = 'payments' group by 1 order by 1`,
      ),
    ).toEqual([
      { status: 'declined', count: 1 },
      { status: 'open', count: 1 },
      { status: 'served', count: 1 },
    ])
  })

  test('a list is reminded of after three workdays, once', async () => {
    await bank.told()
    bank.setClock('2026-12-04T09:12:00+08:00')
    await run()
    expect(await heard('D1')).toEqual([])
    bank.setClock('2026-12-07T09:12:00+08:00')
    await run()
    await run()
    expect(await heard('D1')).toEqual([expect.stringMatching(/有 1 条移交超过三个工作日没有答复/)])
  })

  test('the workbook comes back: rows changed or added are refused with the place, answers are taken', async () => {
    await play(bank, 'M1> 需求 张三 收款码\n将随名单移交\n@ 2026-12-09T09:12:00+08:00')
    await run()
    await bank.told()
    const [file] = filesIn(await bank.say('D1', '移交 表格'))
    const sent = await readWorkbook('a.xlsx', Buffer.from(file?.base64 ?? '', 'base64'))
    const [titles, ...rows] = sent.sheets[0]?.rows.map(({ cells }) => [...cells]) ?? []
    const written = (changed: typeof rows, marker = sent.marker) =>
      writeWorkbook({
        marker,
        sheets: [
          {
            name: '移交名单',
            columns: (titles ?? []).map((title) => ({ title: String(title) })),
            rows: changed,
          },
        ],
      })
    const back = async (changed: typeof rows) =>
      (await bank.sendFile('D1', '名单.xlsx', await written(changed))).map(render).join('\n')
    expect(rows.length).toBe(2)
    const answered = (row: number, ...words: (string | null)[]) =>
      rows.map((cells, index) => (index === row ? [...cells.slice(0, 11), ...words] : cells))
    expect(await back(rows)).toContain('表格里还没有答复')
    const renamed = rows.map((cells) => cells.map((cell) => (cell === '张三' ? '张四' : cell)))
    expect(await back(renamed)).toMatch(/第 3 行 B 列和名单不一样/)
    expect(await back([...rows, [99, '王五', ...Array(9).fill(null), '接收', null]])).toContain(
      '第 4 行不在您部门待办的名单里',
    )
    expect(await back(answered(0, '退回', null))).toContain('第 2 行退回但没有写原因')
    expect(await back(answered(0, '也许', null))).toContain('第 2 行的答复"也许"没看懂')
    expect(await bank.rows(`select status from hand_over_row where status = 'sent'`)).toHaveLength(
      2,
    )
    // The number is for whoever accepted; a list that was taken before that comes back all the same.
    const phones = async () => {
      const [taken] = filesIn(await bank.say('D1', '移交 表格'))
      const book = await readWorkbook('a.xlsx', Buffer.from(taken?.base64 ?? '', 'base64'))
      return book.sheets[0]?.rows.slice(1).map(({ cells }) => cells[3])
    }
    expect(await phones()).toEqual([
      expect.stringContaining('****'),
      expect.stringContaining('****'),
    ])
    expect(await back(answered(1, '接收', null))).toContain('已接收')
    expect(await phones()).toEqual([expect.stringContaining('****'), '134 9001 0001'])
    await bank.told()
    expect(await back(answered(1, '办结', '已装机'))).toContain('已办结（已装机）')
    expect(await heard('M1')).toEqual([
      expect.stringContaining('张三 的收单：公司金融部已办结（已装机）'),
    ])
  })

  test('a department that no chat reaches keeps its needs, and marketing is told', async () => {
    await bank.rows(`update staff set active = false where code = 'D1' returning id`)
    await play(bank, 'M1> 需求 张三 代发\n将随名单移交\n@ 2026-12-16T09:12:00+08:00')
    await bank.told()
    await run()
    expect(await heard('K2')).toEqual([
      expect.stringContaining('公司金融部没有能收到消息的条线人员'),
    ])
    expect(
      await bank.rows(`select need.id from need left join hand_over_row on need_id = need.id
      where line = 'payments' and hand_over_row.id is null`),
    ).toHaveLength(1)
  })
})
