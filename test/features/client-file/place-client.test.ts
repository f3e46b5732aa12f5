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
      张三：区域 城东 → 城西，行业 无 → 餐饮业。分层已按新行业判定
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
      Tom: region none → East, industry none → 餐饮业; the tier was decided by the new industry
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
    const pending = () =>
      bank.rows(`select "to" from tier_change join client on client.id = client_id
        where client.name = '张三' and status = 'pending'`)
    // The bank's mark of the industry counts where no class is recorded of the client.
    await bank.rows(`update client_facts set industry_class = null where client_id in (
      select id from client where name = '张三') returning 1`)
    expect(await pending()).toEqual([])
    await bank.say('M1', '归类 张三 行业 小贷')
    expect(await pending()).toEqual([{ to: 'F' }])
    await bank.say('M1', '撤销')
    expect(await pending()).toEqual([])
    // What stands on the file is said to be of an industry that the bank bars, and is not any more.
    await bank.say('M1', '归类 张三 行业 放贷铺子')
    await bank.say('L1', '归并 放贷铺子 到 小贷')
    expect(await pending()).toEqual([{ to: 'F' }])
    await play(bank, 'L1> 撤销\n已撤销：归并')
    expect(await pending()).toEqual([])
    await bank.close()
  })
})
