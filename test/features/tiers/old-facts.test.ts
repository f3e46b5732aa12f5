import { describe, expect, test } from 'vitest'
import { night } from '../../../src/features/tasks/care/run-night.ts'
import { retierAll } from '../../../src/features/tiers/batch/retier-all.ts'
import { openBank } from '../../support/bank.ts'
import { DATABASES } from '../../support/open.ts'
import { play } from '../../support/play.ts'

const FRESH = `jsonb_build_object('usageRate', '2026-11-20', 'annualSales', '2026-11-20',
  'netAssets', '2026-11-20', 'debtRatio', '2026-11-20', 'annualInvoiced', '2026-11-20',
  'maliciousOverdue', '2026-11-20')`

describe.each(DATABASES)('facts that nobody renews, on %s', (kind) => {
  test('a year without a feed moves no tier; the managers are asked, marketing sees how many', async () => {
    const bank = await openBank(kind)
    // One client is as good as can be, one exits, the others are as their figures have it.
    await bank.rows(`update client_facts set as_of = ${FRESH}`)
    await bank.rows(`
      update client_facts set sound_governance = true, general_taxpayer = true, net_assets = 5000000,
        annual_sales = 9000000, debt_ratio = 0.3, annual_invoiced = 9000000
      from client where client.id = client_id and name = '张三'`)
    await bank.rows(`
      update client_facts set malicious_overdue = true from client
      where client.id = client_id and name = 'Tom'`)
    const { database } = bank
    const tiers = () =>
      bank.rows<{ name: string; tier: string; decided: string; old: boolean }>(`
        select name || coalesce(business_name, '') as name, tier, decided,
          old_facts_since is not null as old
        from client join client_tier on client_id = client.id order by 1`)
    await retierAll(database, bank.app.services.moment().today)
    await bank.rows(`update client_tier set tier = decided`)
    const before = await tiers()
    expect(before.map(({ tier }) => tier).sort()).toEqual(
      ['A', 'C', 'D', 'D', 'F', 'F', 'undetermined'].sort(),
    )
    for (const day of ['2026-12-15', '2027-03-01', '2027-06-21', '2027-11-23']) {
      bank.setClock(`${day}T08:10:00+08:00`)
      await retierAll(database, bank.app.services.moment().today)
      const now = await tiers()
      expect(now.map(({ name, tier, decided }) => ({ name, tier, decided }))).toEqual(
        before.map(({ name, tier, decided }) => ({ name, tier, decided })),
      )
    }
    const old = (await tiers()).filter((each) => each.old).map(({ name }) => name)
    expect(old).toContain('王芳福源饭店')
    expect(old.some((name) => name.startsWith('Tom'))).toBe(false)
    await night(bank.app.services, bank.app.services.moment())
    const asked = await bank.rows<{ name: string }>(`
      select name || coalesce(business_name, '') as name from task join client on client.id = client_id
      where reason = 'old-facts' and status = 'open' order by 1`)
    expect(asked.map(({ name }) => name)).toEqual(old)
    await play(
      bank,
      `
      M1> 分层 福源饭店
      C 维护（暂定）
      资料过期，分层暂按原来的，请更新：用信率 80%（截至 2026年11月20日）。
      K1> 分层概览
      ${old.length} 位的资料过期，分层暂按原来的，已请客户经理更新。
      M1> 补 福源饭店 用信率 30%
      已记
      B 潜力
      `,
    )
    const [renewed] = (await tiers()).filter(({ name }) => name === '王芳福源饭店')
    expect(renewed).toMatchObject({ tier: 'B', old: false })
    await bank.close()
  })
})
