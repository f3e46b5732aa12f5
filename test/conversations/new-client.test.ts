import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Bank, openBank } from '../support/bank.ts'
import { ONE_DATABASE } from '../support/open.ts'
import { play } from '../support/play.ts'

describe.each(ONE_DATABASE)('a new client, on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind)
  })
  afterAll(() => bank.close())

  test('is entered with the wish, the day of the first call and what else was said', async () => {
    await play(
      bank,
      `
      @ 2026-11-24T09:00:00+08:00
      M1> 刚认识一个老板 叫刘小燕 手机13812349878 开水果店的 想贷十万 下周三联系 老乡介绍
      已登记新客户：刘小燕 · 水果店 · 138 1234 9878，想贷 10万，下周三(12/2) 首次联系。备注：老乡介绍
      [记需求] [撤销]
      `,
    )
    const due = await bank.rows(
      "select due_on::text as day, amount::int as yuan, task.note from task join client on client.id = client_id where name = '刘小燕'",
    )
    expect(due).toEqual([{ day: '2026-12-02', yuan: 100_000, note: '老乡介绍' }])
    await play(bank, 'M1> 撤销\n已撤销')
    expect(await bank.rows("select from client where name = '刘小燕'")).toEqual([])
  })

  test('of two words is asked for where they end, and the rest is kept', async () => {
    await play(
      bank,
      `
      M1> 新客户 李四 顺达 13812349879 五金店
      客户叫什么名字？"李四 顺达"里哪几个字是姓名？
      M1> 李四
      已登记新客户：李四 · 五金店 · 138 1234 9879，明天 首次联系。备注：顺达
      M1> 新客户 尼玛 次仁 13812349870 藏餐馆 想贷几十万
      金额"几十万"不确定
      M1> 30万
      已登记新客户：尼玛 次仁 · 藏餐馆 · 138 1234 9870，想贷 30万
      `,
    )
  })
})
