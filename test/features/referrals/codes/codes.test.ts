import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Bank, openBank } from '../../../support/bank.ts'
import { ONE_DATABASE } from '../../../support/open.ts'
import { play } from '../../../support/play.ts'
import { visitorsOf } from '../../../support/visitor.ts'

describe.each(ONE_DATABASE)('codes on %s', (kind) => {
  let bank: Bank
  let visitors: ReturnType<typeof visitorsOf>
  beforeAll(async () => {
    bank = await openBank(kind)
    visitors = visitorsOf(bank)
    for (const [name, status, ends] of [
      ['五一活动', 'running', '2026-11-30'],
      ['年货活动 东城', 'approved', '2027-01-31'],
      ['年货活动 西城', 'approved', '2027-01-31'],
      ['国庆活动', 'ended', '2026-10-10'],
    ]) {
      await bank.rows(
        `insert into campaign (id, name, status, publisher_id, publisher_path, starts_on, ends_on,
           talking_points, audience_paths, audience_staff, regions, industries, clusters, products,
           created_at)
         select gen_random_uuid(), '${name}', '${status}', id, '/HQ/', '2026-09-01', '${ends}', '',
           '{/HQ/}', '{}', '{}', '{}', '{}', '{}', now() from staff where code = 'K1'`,
      )
    }
  })
  afterAll(() => bank.close())

  test('everybody has one for each purpose, the same at every asking', async () => {
    const general = await visitors.linkOf('S1', '我的码')
    expect(await visitors.linkOf('S1', '我的码')).toBe(general)
    const product = await visitors.linkOf('S1', '我的码 结算卡')
    const campaign = await visitors.linkOf('S1', '我的码 五一活动')
    const client = await visitors.linkOf('M1', '转介 张三')
    const both = await visitors.linkOf('M1', '转介 张三 五一活动')
    expect(new Set([general, product, campaign, client, both]).size).toBe(5)
    const page = await (await visitors.from('203.0.113.1').open(campaign)).text()
    expect(page).toContain('<h1>五一活动</h1>')
  })

  test('one for a campaign ends with it; what there is none for says what to say', () =>
    play(
      bank,
      `
      S1> 我的码 五一
      我的转介码 · 五一活动
      有效到 下周一(11/30)。
      S1> 我的码 国庆活动
      没有叫"国庆活动"的活动或产品
      S1> 我的码 年货
      "年货"有几个活动，要哪个的码？
      S1> 2
      我的转介码 · 年货活动
      S1> 我的码 10天
      有效到 下周四(12/3)。
      `,
    ))

  test('ending one asks which; it stays ended, for its owner alone to say', async () => {
    const path = await visitors.linkOf('M3', '我的码')
    await visitors.linkOf('M3', '我的码 结算卡')
    const code = path.slice(1)
    await play(
      bank,
      `
      M2> end code ${code}
      There is no code "${code}" of yours
      S1> 打印页
      摆在柜台或随资料发放
      M3> 停用码
      停用哪一个？
      M3> 1
      码 ${code} 已停用
      M3> 停用 ${code}
      没有您可以用的码
      `,
    )
    expect(await visitors.linkOf('M3', '我的码')).not.toBe(path)
  })

  test('a manager sees no poster of a client of somebody else', async () => {
    const path = await visitors.linkOf('M1', '转介 张三')
    const input = { code: path.slice(1) }
    expect(JSON.stringify(await bank.send('M1', { command: 'code-poster', input }))).toContain(
      '海报',
    )
    expect(JSON.stringify(await bank.send('M2', { command: 'code-poster', input }))).toContain(
      'There is no code',
    )
  })
})
