import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Card } from '../../src/core/card.ts'
import { type Bank, openBank } from '../support/bank.ts'
import { DATABASES } from '../support/open.ts'
import { play } from '../support/play.ts'

describe.each(DATABASES)('the overview of tiers on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind)
    await play(
      bank,
      `
      M1> 补 张三 用信率 80%
      B 潜力 → D 普惠
      M3> 补 钱进 授信 60万 用信 20% 有省内住房
      D 普惠 → B 潜力
      M1> 补 孙丽 指标下滑
      `,
    )
    // A move of last month does not count.
    await bank.rows(`insert into tier_change (id, client_id, "from", "to", standard_version, changed_on)
      select gen_random_uuid(), id, 'C', 'D', 1, '2026-10-31' from client where name = 'Tom' returning 1`)
  })
  afterAll(() => bank.close())

  const tablesOf = ([card]: Card[]) =>
    (card?.blocks ?? []).flatMap((block) => (block.kind === 'table' ? [block] : []))
  const counted = (where: string) =>
    bank.rows<{ tier: string; count: number }>(
      `select client_tier.tier, count(*)::int as count from client
       join client_tier on client_id = client.id join staff on staff.id = owner_id
       join unit on unit.id = unit_id
       where client.kind = 'existing' and ${where} group by 1 order by 1`,
    )

  test.each([
    ['L1', "unit.code = 'T1'", ['周敏', 'Lee']],
    ['H1', "unit.path like '/HQ/B1/%'", ['一队', '二队']],
    ['K1', 'true', ['城东支行']],
    ['R1', 'true', ['城东支行']],
  ])('%s sees their own part, and the numbers are the database’s', async (code, where, parts) => {
    const answer = await bank.say(code, '分层 概览')
    const [tiers] = tablesOf(answer)
    const total = tiers?.rows.at(-1) ?? []
    const shown = (tiers?.columns ?? []).slice(1, -1).map((tier, place) => {
      return { tier: tier === '未分层' ? 'unclassified' : tier, count: Number(total[place + 1]) }
    })
    expect(shown).toEqual(await counted(where))
    expect(tiers?.rows.slice(0, -1).map(([name]) => name)).toEqual(parts)
    const pictures = answer[0]?.blocks.filter((block) => block.kind === 'picture') ?? []
    expect(pictures).toHaveLength(2)
    for (const picture of pictures) {
      const png = Buffer.from(picture.kind === 'picture' ? picture.png : '', 'base64')
      expect(png.subarray(1, 4).toString()).toBe('PNG')
    }
  })

  test('the month’s moves are those that took effect, in one’s own part', async () => {
    const [, lead] = tablesOf(await bank.say('L1', '分层概览'))
    expect(lead?.rows).toEqual([['B 潜力', 'D 普惠', '1']])
    const [, head] = tablesOf(await bank.say('H1', '分层 概览'))
    expect(head?.rows).toEqual([
      ['B 潜力', 'D 普惠', '1'],
      ['D 普惠', 'B 潜力', '1'],
    ])
  })

  test('a unit of one’s own can be looked into, another’s not', async () => {
    await play(
      bank,
      `
      K1> 分层 概览
      [城东支行]
      K1> [城东支行]
      城东支行 · 分层概览
      K1> [二队]
      二队 · 分层概览
      何勇
      L1> 分层 概览 二队
      您能看的机构里没有"二队"。
      M1> 分层 概览
      "分层 概览"不在您的岗位功能里，由团队主管、分支机构负责人、营销管理
      K1> tier overview 一队
      一队 · 分层概览
      `,
    )
  })
})
