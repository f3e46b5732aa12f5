import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Bank, openBank } from '../../../support/bank.ts'
import { ONE_DATABASE } from '../../../support/open.ts'
import { play } from '../../../support/play.ts'

describe.each(ONE_DATABASE)('the rule of points on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
  })
  afterEach(() => bank.close())

  test('is off as shipped, and in force once somebody else of marketing confirms it', async () => {
    await play(
      bank,
      `
      K1> 谢礼
      没有谢礼规则，谁都不计积分
      K1> 谢礼 规则 今年 留信息 10 联系 20 放款 100 预算 5万 每月 500 给 客户、员工 范围 城东支行
      已请 叶青 确认，14 天内有效；确认前不生效
      K1> 谢礼
      没有谢礼规则
      K2<
      方刚 请第二人确认：
      城东支行 转介谢礼，2026-01-01 至 2026-12-31：留信息 10 分、联系 20 分、放款 100 分；客户、员工可得；每人每月最多 500 分；预算 50000 分
      K2> 待确认
      K2> [确认]
      已确认，已生效
      K2> points
      城东支行
      已计 0 分，还剩 50000 分
      K2> [修改]
      K1> points rule this year loan 200 budget 60000 for staff unit B1
      已请 叶青 确认
      K2> 待确认
      K2> [确认]
      K2> 谢礼
      放款 200 分；员工可得；每人不设上限；预算 60000 分
      K1> 谢礼 规则 12/1-12/31 放款 5 预算 100 给 员工
      已有一条谢礼规则，同一天不能有两条
      K1> 谢礼 停用
      谢礼规则已停用：今天发生的还计，明天起不再计分
      K1> 谢礼 规则 12/1-12/31 放款 5 预算 100 给 员工
      已请 叶青 确认
      `,
    )
  })

  test('asks what is unclear, and says what cannot be', async () => {
    await play(
      bank,
      `
      K1> 谢礼 规则 明年 放款 很多 给 员工
      预算一共多少积分
      K1> 算了
      K1> 谢礼 规则 放款 100 预算 1000 给 员工
      从哪天开始
      K1> 2027-01-01
      到哪天
      K1> 2027-03-31
      已请 叶青 确认
      K1> 谢礼 规则 明年 放款 -5 预算 1000 给 员工
      积分不能是负数（-5）。
      K1> 谢礼 规则 2025年 放款 5 预算 1000 给 员工
      已经过去
      K1> 谢礼 规则 2028年 放款 5 预算 1000 给 员工 范围 火星支行
      没有机构"火星支行"
      M1> 谢礼
      `,
    )
    expect(await bank.rows('select 1 from points_rule')).toEqual([])
  })
})
