import { describe, expect, test } from 'vitest'
import { openBank } from '../../support/bank.ts'
import { DATABASES } from '../../support/open.ts'
import { play } from '../../support/play.ts'

describe.each(DATABASES)('where a client belongs, on %s', (kind) => {
  test('is recorded in a line, value by value, and what was before is said', async () => {
    const bank = await openBank(kind)
    await play(
      bank,
      `
      M1> 归类 张三 区域 城东 集群 五金市场
      张三：区域 无 → 城东，集群 无 → 五金市场
      M1> 归类 张三 行业 餐饮 区域 城西
      张三：区域 城东 → 城西，行业 无 → 餐饮业
      M1> 归类 张三 集群 无
      张三：集群 五金市场 → 无
      M1> 归类 张三 区域 城西
      张三 的归类没有变化
      M1> 归类 张三
      张三 的归类没有变化
      M1> 归类 张三 区域 城北 50万 行业 餐饮
      区域"城北 50万"不能确定，是什么？其他内容已记下，只回这一项即可。
      M1> 城北
      张三：区域 城西 → 城北
      M1> 归类 张三 区域 城西
      张三：区域 城北 → 城西
      M1> 归类 王芳 区域 城东
      有 2 位客户符合"王芳"
      M3> 归类 张三 区域 城南
      您的客户里没有找到"张三"
      M2> place Tom region East industry catering
      Tom: region none → East, industry none → 餐饮业
      S1> 归类 张三 区域 城南
      不在您的岗位功能里
      `.replace('      M1> 2\n      隆盛\n', ''),
    )
    expect(
      await bank.rows(
        `select name, region, industry, cluster from client
         where region is not null or industry is not null or cluster is not null order by name`,
      ),
    ).toEqual([
      { name: 'Tom', region: 'East', industry: '餐饮业', cluster: null },
      { name: '张三', region: '城西', industry: '餐饮业', cluster: null },
    ])
    await bank.close()
  })
})
