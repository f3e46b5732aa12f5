import { afterAll, beforeAll, describe, test } from 'vitest'
import { type Bank, openBank } from '../support/bank.ts'
import { DATABASES } from '../support/open.ts'
import { play } from '../support/play.ts'

describe.each(DATABASES)('a morning of somebody who knows no command, on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind)
  })
  afterAll(() => bank.close())

  test('is logged, asked about and corrected as it is said', () =>
    play(
      bank,
      `
      @ 2026-11-23T09:10:00+08:00
      M1> 早上好
      看今天的任务
      M1> 你是谁
      可以这样说
      M1> 今天要干嘛
      1 张三
      4 赵强
      M1> 那个张三没人接
      已记：张三 没接，明天 再联系。
      M1> 刚才记错了，张三是有意向，想要三十万
      已改：张三 没接 → 有意向 30万，周四(11/26) 再联系。
      M1> 赵强 说考虑一下，周五再打给他
      已记：赵强 再考虑，周五(11/27) 再联系。
      M1> 把赵强改到下周一
      已改期：赵强 → 下周一(11/30)。
      M1> 王芳 停机了
      有 2 位客户符合"王芳"，您说的是哪位？
      M1> 1
      已记：王芳 号码不对
      M1> 张三电话多少
      电话: 134 9001 0001
      M1> 张三要个收款码
      已记需求：张三 收单
      M1> 明天下午3点提醒我给张三送合同
      明天 下午3点 提醒您：给张三送合同。
      M1> 提醒我 昨天带合同
      日期"昨天"已经过去了，哪一天？
      M1> 后天
      周三(11/25)
      M1> 刚认识一个老板 叫刘小燕 13712345678 开水果店的 想贷十万
      已登记新客户：刘小燕 · 水果店 · 137 1234 5678，想贷 10万
      M1> 去看了刘小燕的店，货挺多，周四再去
      已记走访：刘小燕 "店，货挺多，周四再去"，下次：周四(11/26) 走访。
      M1> 对了⏎今日
      什么都还没有登记
      [今日]
      M1> [今日]
      今天 1 件，已办
      M1> 我今天做了几个
      有意向 | 1 次 · 30万
      M1> 谢谢
      不客气。
      `,
    ))
})
