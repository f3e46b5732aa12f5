import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { render } from '../../src/channels/console/render.ts'
import { type Bank, openBank } from '../support/bank.ts'
import { ONE_DATABASE } from '../support/open.ts'
import { play } from '../support/play.ts'

describe.each(ONE_DATABASE)('what to know before a talk, on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind)
  })
  afterAll(() => bank.close())

  test('is who and why, what was said, and what is still open', async () => {
    await play(
      bank,
      `
      M1> 张三 有意向 房抵贷 50万 周五再联系
      已记
      M1> 张三 备注 周末不接电话
      已备注
      M1> 需求 张三 结算卡
      结算卡
      M1> 走访 张三 库存充足，想扩店
      已记
      M1> 准备张三
      张三 · 顺发五金店 · 存量
      B 潜力
      需求
      结算卡
      最近谈过
      今天 走访 · "库存充足，想扩店" · 周敏
      今天 有意向 房抵贷 50万 · 周敏
      备注
      "周末不接电话"
      问一问
      今天说"有意向 房抵贷 50万"：什么时候用
      需要结算卡：要多少，什么时候要
      净资产、
      还没有，补上后分层可能变化
      缺：地址、证件号
      M1> [客户卡片]
      张三
      M1> 准备 王芳
      有 2 位客户符合"王芳"
      M2> prepare Tom
      Before you talk · Tom
      M2> 准备 张三
      There is no
      S1> 准备 张三
      不在您的岗位功能里
      `,
    )
  })

  test('asks nothing of whom nobody may market to', async () => {
    const [card] = await bank.say('M1', '准备 孙丽')
    const said = card ? render(card) : ''
    expect(said).toContain('F 淘汰客户，不做营销')
    expect(said).not.toContain('问一问')
  })
})
