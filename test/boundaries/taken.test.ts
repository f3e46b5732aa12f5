import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Card } from '../../src/core/card.ts'
import { handOver } from '../../src/features/handover/send-lists.ts'
import { readWorkbook } from '../../src/infra/sheets/spreadsheet.ts'
import { type Bank, openBank } from '../support/bank.ts'
import { hire } from '../support/hire.ts'
import { ONE_DATABASE } from '../support/open.ts'
import { play } from '../support/play.ts'

const fileIn = (cards: readonly Card[]) =>
  cards.flatMap(({ blocks }) => blocks).find((block) => block.kind === 'file')

describe.each(ONE_DATABASE)('a file of clients or people, on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind)
    await hire(bank, 'M9', '丁一', 'manager', 'T1')
    await bank.rows(`update business_line set unit_id = (select id from unit where code = 'D')
      where code = 'payments' returning 1`)
    await bank.rows(`insert into setting (key, value) values ('campaigns.approval-above', '100')
      returning 1`)
    await play(
      bank,
      `
      M1> 需求 张三 结算卡 下月
      M1> 补 张三 指标下滑
      分层调整已提交审批
      L1> 活动 新建 年末活动 11/23-12/20 给 一队 话术 问候
      L1> 活动 发布 年末活动
      L1> 名单 新建 春茶 客群 存量 给 一队 话术 问候
      L1> 1
      `,
    )
    await handOver(bank.app.services, bank.app.services.moment(), true)
    await bank.told()
  })
  afterAll(() => bank.close())

  /** Names of sheets and all cells, as one text. */
  const textOf = async (base64: string) => {
    const { sheets } = await readWorkbook('taken.xlsx', Buffer.from(base64, 'base64'))
    return sheets
      .map(({ name, rows }) => [name, ...rows.flatMap(({ cells }) => cells)].join(' '))
      .join('\n')
  }

  // Nobody of 一队 tagged a client, and 丁一 has nothing at all.
  test.each([
    ['L1', '导出 数据', ['周敏', 'Lee', '丁一']],
    ['L1', '活动 表格 年末活动', ['周敏', 'Lee', '丁一']],
    [
      'H1',
      { command: 'sources', input: { book: true, span: '2026-10' } },
      ['周敏', 'Lee', '丁一', '何勇'],
    ],
  ])(
    'that %s takes by "%s" by manager names those with nothing, too',
    async (code, line, names) => {
      const cards =
        typeof line === 'string' ? await bank.say(code, line) : await bank.send(code, line)
      const text = await textOf(fileIn(cards)?.base64 ?? '')
      expect(names.filter((name) => !text.includes(name))).toEqual([])
    },
  )

  test.each([
    ['M1', '导出 我的客户'],
    ['L1', '导出 客户'],
    ['L1', '导出 数据'],
    ['L1', '名单 导出 春茶'],
    ['L1', '活动 表格 年末活动'],
    ['L1', { command: 'sources', input: { book: true, span: '2026-10' } }],
    ['K1', '待批 导出'],
    ['D1', '移交 表格'],
  ])(
    'that %s takes by "%s" bears who took it and when, and is counted on the trail',
    async (code, line) => {
      const cards =
        typeof line === 'string' ? await bank.say(code, line) : await bank.send(code, line)
      const file = fileIn(cards)
      if (!file) throw new Error(JSON.stringify(cards))
      const text = await textOf(file.base64)
      expect(text).toContain(code)
      expect(text).toMatch(/26-11-23 08.10/)
      const [act] = await bank.rows<{ given: number }>(
        `select given_out::int as given from act order by id desc limit 1`,
      )
      expect(act?.given).toBeGreaterThan(0)
    },
  )

  test('that goes out by itself bears whom it went to', async () => {
    const [sent] = await bank.rows<{ card: Card }>(
      `select card from message where conversation = 'console:D1' order by id limit 1`,
    )
    const file = sent && fileIn([sent.card])
    expect(file && (await textOf(file.base64))).toMatch(/公司金融部 D 26-11-23/)
  })
})
