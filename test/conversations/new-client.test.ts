import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { render } from '../../src/channels/console/render.ts'
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

  test('three in one message are three; what one of them lacks is asked', async () => {
    const lines = [
      '新客户 郑一 13812340081 早点铺',
      '新客户 郑二 13812340082 修车铺',
      '新客户 郑三 1381234',
    ]
    await bank.told()
    await bank.say('M1', lines.join('\n'))
    const told = (await bank.told()).map(({ text }) => text)
    expect(told).toEqual([
      expect.stringContaining('已登记新客户：郑一 · 早点铺'),
      expect.stringContaining('已登记新客户：郑二 · 修车铺'),
      expect.stringContaining('郑三 的手机号是多少'),
    ])
    await play(bank, 'M1> 13812340083\n已登记新客户：郑三')
  })

  test('of more than ten in one message none is done; each is a tap', async () => {
    const lines = Array.from({ length: 11 }, (_, n) => `新客户 郑${n}十 138123401${n + 10}`)
    const shown = (await bank.say('M1', lines.join('\n'))).map(render).join()
    expect(shown).toContain('这条消息里有 11 件事，什么都还没有登记。')
    await play(bank, 'M1> [新客户 郑0十 13812340110]\n已登记新客户：郑0十')
  })

  test('who may be a client already is asked about: what is new goes on the file', async () => {
    await play(
      bank,
      `
      M1> 新客户 赵强 13812340001 恒通货运部
      已有 赵强（恒通货运部，周敏）。是同一个吗？
      1 是同一个 the same
      2 另建 another
      M1> 1
      赵强 加电话 138 1234 0001
      M1> 新客户 赵强 13812340002 恒通货运
      已有 赵强（恒通货运部，周敏）。是同一个吗？
      M1> 新客户 赵强 13812340002 顺风面馆
      已登记新客户：赵强 · 顺风面馆
      M1> 撤销
      已撤销：赵强
      `,
    )
    const phones = await bank.rows(`
      select number, preferred from client_phone join client on client.id = client_id
      where client.name = '赵强' order by preferred desc`)
    expect(phones).toEqual([
      { number: '+8613490010004', preferred: true },
      { number: '+8613812340001', preferred: false },
    ])
  })

  test('a father and his son may share a number, which means the one it stood with first', async () => {
    await play(
      bank,
      `
      M1> 新客户 赵小强 13490010004
      这个手机号已经登记：赵强（恒通货运部，周敏）。和 赵小强 是同一个人吗？
      M1> 2
      已登记新客户：赵小强
      M1> 新客户 赵强 13490010004
      这个手机号已经登记：赵强 · 恒通货运部
      M1> 查 赵小强
      赵小强
      `,
    )
    const numbers = await bank.rows(`
      select client.name, client.phone is not null as own, person from client_phone
      join client on client.id = client_id where number = '+8613490010004' order by client.name`)
    expect(numbers).toEqual([
      { name: '赵小强', own: false, person: '赵强' },
      { name: '赵强', own: true, person: null },
    ])
    await play(bank, 'M1> 撤销\n已撤销')
    expect(await bank.rows("select from client where name = '赵小强'")).toEqual([])
  })

  test('of a colleague’s client nothing is told but that there is one of that name and business', async () => {
    await play(
      bank,
      `
      M2> new 张三 13812340002 顺发五金店
      A colleague has a client of that name and business
      1 另建 another
      M2> new 钱进 13812340003
      Entered: 钱进
      M3> 新客户 王芳 13812340004
      已登记新客户：王芳
      `,
    )
  })
})
