import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { askForGaps } from '../../../src/features/coverage/ask-for-coverage.ts'
import { type Bank, openBank } from '../../support/bank.ts'
import { DATABASES } from '../../support/open.ts'
import { play } from '../../support/play.ts'

describe.each(DATABASES)('key products on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
    await bank.rows(`update client_tier set tier = case name when '张三' then 'A' else 'B' end
      from client where client.id = client_id and kind = 'existing' and business_name in
        ('顺发五金店', '福源饭店', '隆盛制衣厂') returning 1`)
    await bank.rows(
      `update client_tier set tier = 'C' from client where client.id = client_id and kind = 'existing'
        and coalesce(business_name, '') not in ('顺发五金店', '福源饭店', '隆盛制衣厂') returning 1`,
    )
  })
  afterEach(() => bank.close())

  const night = () => askForGaps.run(bank.app.services, bank.app.services.moment())
  const asked = () =>
    bank.rows<{ name: string; product: string; note: string | null; status: string }>(
      `select business_name as name, product, note, status from task join client on client.id = client_id
       where reason = 'uncovered' order by task.created_at, business_name`,
    )

  test('are named by marketing, and the coverage is told from a manager to the bank', () =>
    play(
      bank,
      `
      M1> 重点产品
      还没有指定重点产品。
      M1> 产品覆盖
      周敏没有要覆盖重点产品的客户。发"重点产品"看
      K1> 重点产品 F 结算卡
      没有可以营销的层级"F"，有：A、B、C、D、E。没有改动。
      K1> 重点产品 A 结算卡、飞机票
      产品目录里没有"飞机票"，有：
      K1> 重点产品 话术 结算卡 开户免年费
      结算卡 还不是重点产品，先说"重点产品 A 结算卡"。
      K1> 重点产品 A
      这一层要覆盖哪些产品？
      K1> 结算卡、代发
      A 类客户
      结算卡
      代发工资
      K1> 重点产品 B 结算卡
      K1> 重点产品 话术 结算卡 开户免年费
      结算卡 · 开户免年费
      M1> 产品 张三 +代发工资
      M1> 产品覆盖
      周敏 · 产品覆盖
      重点产品覆盖率 25%，缺口 3 个。
      缺口
      张三 · 顺发五金店 · A — 缺 结算卡
      王芳 · 福源饭店 · B — 缺 结算卡
      H1> 产品覆盖
      城东支行 · 产品覆盖
      一队
      L1> coverage M2
      Lee没有要覆盖重点产品的客户
      L1> 产品覆盖 二队
      您的机构里没有"二队"
      M1> 产品覆盖 M2
      您可以看自己的产品覆盖
      K1> 重点产品 A 无
      B 类客户
      结算卡 · 开户免年费
      M1> 重点产品 A 收单
      不在您的岗位功能里
      `,
    ))

  test('that are lacking make a cross-sell task at the rhythm of the playbook, until they are held', async () => {
    await play(
      bank,
      `K1> 重点产品 A 结算卡、代发\nK1> 重点产品 B 结算卡\nK1> 重点产品 话术 结算卡 免年费`,
    )
    await bank.rows(
      `update client set do_not_contact = '客户不愿意' where business_name = '福源饭店' returning 1`,
    )
    await night()
    await night()
    const first = [
      { name: '隆盛制衣厂', product: 'settlement-card', note: '免年费', status: 'open' },
      { name: '顺发五金店', product: 'settlement-card', note: '免年费', status: 'open' },
    ]
    expect(await asked()).toEqual(expect.arrayContaining(first))
    expect(await asked()).toHaveLength(2)
    await play(bank, `M1> 今日\n可推荐结算卡：免年费`)
    await play(bank, `L1> 指标 本月 M1 产品覆盖 2\nM1> 产品 张三 +结算卡\nM1> 指标\n产品覆盖 1/2`)
    await night()
    expect((await asked()).map(({ status }) => status).sort()).toEqual(['done', 'open'])
    // The next product of that client comes when the rhythm has gone round.
    bank.setClock('2027-01-25T08:00:00+08:00')
    await night()
    expect((await asked()).at(-1)).toMatchObject({
      name: '顺发五金店',
      product: 'payroll',
      note: null,
    })
  })

  test('are not offered beyond the contact ceiling', async () => {
    await play(bank, `K1> 重点产品 A 结算卡`)
    await bank.rows(`update client set contacts = array['2026-11-20', '2026-11-18', '2026-11-12', '2026-11-05']::date[]
      where name = '张三' returning 1`)
    await night()
    expect(await asked()).toEqual([])
    bank.setClock('2026-12-07T08:00:00+08:00')
    await night()
    expect(await asked()).toHaveLength(1)
  })
})
