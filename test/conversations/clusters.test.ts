import { afterEach, beforeEach, describe, test } from 'vitest'
import { type Bank, openBank } from '../support/bank.ts'
import { DATABASES } from '../support/open.ts'
import { play } from '../support/play.ts'

describe.each(DATABASES)('a cluster, on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
  })
  afterEach(() => bank.close())

  test('is registered, shows whom the bank serves there, and its visit makes tasks', async () => {
    await play(
      bank,
      `
      M1> 集群
      还没有集群。
      L1> 集群 登记 五金市场 类型 市场 商户 20 联系人 王主任 13800138000 别名 五金城
      已登记集群 五金市场。
      M1> 归类 张三 集群 五金城
      M1> 归类 赵强 集群 五金市场
      M3> 归类 钱进 集群 五金市场
      M1> 集群 五金城
      类型: 市场
      也叫: 五金城
      联系人: 王主任 138 0013 8000
      商户: 20
      本行客户: 3 户，存量 2，A/B 类 1，您能看到 2
      覆盖: 15%
      没有记录：地址、下次走访
      M1> 集群 走访 五金市场 周五
      已排 周五(11/27) 走访集群 五金市场
      M1> 集群 五金市场
      下次走访: 周五(11/27)（2 户有走访任务）
      M1> 撤销
      M1> 集群 五金市场
      没有记录：地址、下次走访
      L1> 集群 登记 五金市场 地址 城东路8号
      集群 五金市场 已更新。
      L1> 集群 五金市场
      地址: 城东路8号
      商户: 20
      L1> 集群 登记 建材城 别名 五金城
      "五金城"已经是集群 五金市场 的名称
      L1> 集群 登记 建材城 类型 大棚
      类型"大棚"不能确定
      [市场] [商场] [园区] [协会] [连锁]
      L1> 商场
      已登记集群 建材城
      L1> 集群 登记 钢材城 商户 几十家
      商户数"几十家"不能确定，是什么？比如 320。
      L1> 算了
      L1> 集群 建材
      没有集群"建材"
      M2> visit cluster 五金市场
      You have no clients in the cluster 五金市场
      K1> 集群
      五金市场 | 市场 | 3 | 20 | 15%`,
    )
  })
})
