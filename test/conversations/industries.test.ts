import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Bank, openBank } from '../support/bank.ts'
import { DATABASES } from '../support/open.ts'
import { play } from '../support/play.ts'

describe.each(DATABASES)('regions and industries as the bank knows them, on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind)
  })
  afterAll(() => bank.close())

  test('what stands on files is listed until somebody says what it is, and then counts as that', async () => {
    await play(
      bank,
      `
      L1> 待归类
      没有待归类的
      L1> 区域 登记
      区域叫什么？
      L1> 算了
      M1> 归类 张三 区域 城东 集群 五金城
      M1> 归类 孙丽 区域 东区 行业 手工艺坊
      M1> 归类 赵强 区域 城东
      M1> 待归类
      不在您的岗位功能里
      L1> 待归类
      待归类 4 个
      城东 · 区域 · 2 户
      五金城 · 集群 · 1 户
      手工艺坊 · 行业 · 1 户
      东区 · 区域 · 1 户
      L1> 单列 城东
      城东 单独作为一个区域。
      L1> 归并 东区 到 城东
      东区 就是区域 城东，1 位客户从现在起一起计。
      M1> 客群 城东
      现在 3 户
      M1> 区域 东区
      区域 城东
      也叫: 东区
      本行客户: 3 户，存量 2，A/B 类 1，60 天未联系 0，您能看到 3
      集群: 五金城
      L1> 撤销
      已撤销：归并。
      M1> 客群 城东
      现在 2 户
      L1> 归并 区域 东区 城东
      L1> 归并 手工艺坊 到 24
      手工艺坊 就是行业 文教、工美、体育和娱乐用品制造业，1 位客户从现在起一起计。他们的分层已按此判定。
      M1> 行业 工艺品
      国标: C24 · 制造业
      也叫: 工艺品
      手工艺坊
      本行客户: 1 户
      M1> 行业
      文教、工美、体育和娱乐用品制造业 C24 | 1
      L1> 集群 登记 五金市场 类型 市场 商户 20
      L1> 归并 五金城 到 五金市场
      M1> 集群 五金市场
      本行客户: 1 户，存量 1，A/B 类 1，您能看到 1
      M1> 集群 走访 五金市场 周五
      已排
      M1> 集群 五金城
      集群 五金市场
      也叫: 五金城
      L1> 集群 登记 五金城 商户 30
      集群 五金市场 已更新
      M1> 集群 五金市场
      商户: 30
      L1> 待归类
      没有待归类的
      `,
    )
  })

  test('taking back one merge leaves those before it', async () => {
    await play(
      bank,
      `
      L1> 区域 登记 城区
      L1> 归并 城东 到 城区
      城东 就是区域 城区
      M1> 区域 东区
      区域 城区
      也叫: 东区、城东
      L1> 撤销
      已撤销：归并。
      M1> 区域 东区
      区域 城东
      也叫: 东区
      本行客户: 3 户
      L1> 待归类
      没有待归类的
      `,
    )
  })

  test.each([
    ['归并 没有的 到 城东', '区域、集群、行业里都没有"没有的"'],
    ['归并 东区 到 月球', '区域里没有"月球"，没有归并。'],
    ['归并 餐饮 到 城东', '餐饮业是国标行业，不用归类。'],
    ['归并 城东 到 城东', '"城东"就是它自己。'],
    ['区域 登记 城西 别名 城东', '"城东"已经是区域 城东。'],
    ['区域 月球', '没有区域"月球"。'],
  ])('%s changes nothing and says why', async (line, why) => {
    const before = await bank.rows('select * from register_entry order by id')
    await play(bank, `L1> ${line}\n${why}`)
    expect(await bank.rows('select * from register_entry order by id')).toEqual(before)
  })
})

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
