import { afterAll, beforeAll, describe, test } from 'vitest'
import { type Bank, openBank } from '../support/bank.ts'
import { DATABASES } from '../support/open.ts'
import { play } from '../support/play.ts'

describe.each(DATABASES)('industries by the national classification, on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind)
  })
  afterAll(() => bank.close())

  test('whatever word is used for an industry, its clients are found by every other', async () => {
    await play(
      bank,
      `
      M1> 归类 赵强 行业 饭店
      赵强：行业 无 → 餐饮业
      M1> 归类 孙丽 行业 住宿和餐饮业
      M1> 归类 张三 行业 汽车维修
      张三：行业 无 → 机动车、电子产品和日用产品修理业
      M1> 归类 Tom 行业 餐饮店面
      您的客户里没有找到"Tom"
      M1> 归类 张三 行业 餐饮店面
      行业里没有"餐饮店面"，是下面哪一个？
      1 餐饮业
      M1> 客群 餐饮
      现在 1 户
      M1> 客群 住宿餐饮
      现在 2 户
      L1> 活动 新建 夜市 11/23-12/20 给 一队 行业 小吃 话术 上门问候
      名下合适的客户 1 位
      L1> 活动 新建 吃住 11/23-12/20 给 一队 行业 住宿和餐饮业 话术 上门问候
      名下合适的客户 1 位
      `,
    )
  })

  test('its mark is the class of a client, unless one of their own is recorded', async () => {
    await play(
      bank,
      `
      M1> 资料 赵强
      行业类别 一般
      M1> 标准 行业 餐饮 审慎
      不在您的岗位功能里
      K1> 标准 行业 飞碟 审慎
      国标行业里没有"飞碟"。可以写国标代码，如 62。
      K1> 标准 行业 餐饮 很好
      类别"很好"没有，有：前景好、一般、审慎、禁入。
      K1> 标准 行业 餐饮 一般
      餐饮业已经是"一般"，没有要改的。
      K1> 标准 行业 62 禁入
      餐饮业 H62
      存量客户标准草稿: 一般 → 禁入
      潜在客户标准草稿: 一般 → 禁入
      K1> 标准 试算 潜在
      1 位客户中 1 位变动
      待判定 → 非目标
      K1> 标准 发布 11月23日 潜在
      要由营销管理部门的另一位同事发布
      K2> 标准 发布 11月23日 潜在
      已发布潜在客户分层标准 · 第 2 版
      M1> 资料 赵强
      行业类别 禁入
      M1> 补 赵强 行业类别 前景好
      已记 赵强：行业类别 前景好
      M1> 资料 赵强
      行业类别 前景好
      `,
    )
  })
})
