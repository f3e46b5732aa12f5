import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { day } from '../../../src/core/calendar/time.ts'
import { readSources } from '../../../src/features/sources/phrases.ts'
import { keepMonths } from '../../../src/features/sources/quality/keep-month.ts'
import { readWorkbook } from '../../../src/infra/sheets/spreadsheet.ts'
import { type Bank, openBank } from '../../support/bank.ts'
import { DATABASES } from '../../support/open.ts'
import { play } from '../../support/play.ts'

test.each<[string, object | null]>([
  ['', { by: 'source', span: null, of: null }],
  ['上月', { by: 'source', span: '2026-10', of: null }],
  ['集群 今年 一队', { by: 'cluster', span: '2026', of: '一队' }],
  ['按推荐人', { by: 'introducer', span: null, of: null }],
  ['M1 随便 说说', null],
])('sources "%s"', (said, input) => {
  const read = readSources(said, day('2026-11-23'))
  expect(read).toEqual(input ? { kind: 'understood', input } : { kind: 'no' })
})

describe.each(DATABASES)('sources on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
    // Who is on file from before came on file long ago.
    await bank.rows(`update client set entered_at = '2026-03-02T02:00:00Z' returning 1`)
  })
  afterEach(() => bank.close())

  test('tell how far new clients came, by source, market and month, each once', async () => {
    await play(
      bank,
      `
      M1> 来源
      周敏 2026年11月没有新增客户。换个时间看：来源 今年。
      M1> 新客户 李四 13800138000 五金店
      M1> 新客户 周五 13800138001 饭店
      M2> 新客户 吴六 13800138002 茶楼
      M1> 李四 有意向
      M1> 李四 已申请 50万
      M1> 走访 周五 店面不错
      `,
    )
    await bank.rows(
      `update client set source = 'cluster', cluster = '五金市场' where name = '李四' returning 1`,
    )
    await bank.rows(`insert into facility (id, account, client_id, kind, credit_limit, balance, opened_on, confirmed_by, as_of, recorded_at)
      select gen_random_uuid(), 'L-1', id, 'loan', 300000, 300000, '2026-12-03', 'feed', '2026-12-03', now() from client
      where name = '李四' returning 1`)
    await play(
      bank,
      `
      M1> 来源
      周敏 · 来源 · 2026年11月
      新增客户 2 位，联系上 2，有意向 1，申请 1，核实放款 1 位 30万。
      集群
      散客
      M1> 来源 推荐人
      新增的客户都没有登记集群或推荐人。按来源看：来源 2026-11。
      L1> 来源 集群 今年
      一队 · 集群 · 2026年
      五金市场
      L1> sources M2
      Lee · 来源 · 2026年11月
      新增客户 1 位，联系上 0
      L1> 来源 二队
      您的机构里没有"二队"
      `,
    )
    const [card] = await bank.send('L1', {
      command: 'sources',
      input: { span: '2026-11', book: true },
    })
    const file = card?.blocks.find((block) => block.kind === 'file')
    const { sheets } = await readWorkbook('s.xlsx', Buffer.from(file?.base64 ?? '', 'base64'))
    expect(sheets[0]?.rows.slice(1).map(({ cells }) => cells)).toEqual([
      ['2026-11', '一队', '周敏', 'M1', '集群', null, '五金市场', null, 1, 1, 1, 1, 1, 300_000, 10],
      ['2026-11', '一队', '周敏', 'M1', '散客', null, null, null, 1, 1, 0, 0, 0, 0],
      ['2026-11', '一队', 'Lee', 'M2', '散客', null, null, null, 1, 0, 0, 0, 0, 0],
    ])
  })

  test('leave out who was brought along: with an older facility, or as a client of the bank', async () => {
    await play(bank, `M1> 新客户 李四 13800138000 五金店\nM1> 新客户 周五 13800138001 饭店`)
    await bank.rows(`insert into facility (id, account, client_id, kind, credit_limit, balance, opened_on, confirmed_by, as_of, recorded_at)
      select gen_random_uuid(), 'L-1', id, 'loan', 1, 1, '2025-12-03', 'feed', '2026-12-03', now() from client
      where name = '李四' returning 1`)
    await bank.rows(`update client set kind = 'existing' where name = '周五' returning 1`)
    await play(bank, `M1> 来源\n周敏 2026年11月没有新增客户`)
  })

  test('tell managers and introducers of one name apart', async () => {
    await bank.rows(`update staff set name = '周敏' where code = 'M2' returning 1`)
    const found = ['李四', '王五', '吴六']
    for (const [n, name] of found.entries()) {
      await bank.say('M1', `新客户 ${name} 1380013800${n}`)
    }
    // The first two by clients of one name, the third by the first of those as well.
    const introducers = await bank.rows<{ id: string }>(
      `update client set name = '钱多', business_name = case when name = '张三' then '面馆' else '茶楼' end
       where name in ('张三', '王芳') returning id`,
    )
    for (const [n, { id }] of introducers.entries()) {
      await bank.rows(`insert into referral_link (id, code, client_id, created_at)
        values (gen_random_uuid(), 'abcdefg${n}', '${id}', now()) returning 1`)
    }
    for (const [n, name] of found.entries()) {
      await bank.rows(`insert into referral_entry (id, link_id, client_id, status, credit, consent_version, entered_at)
        select gen_random_uuid(), referral_link.id, client.id, 'accepted', 'first', 1, now()
        from referral_link, client where code = 'abcdefg${n % 2}' and client.name = '${name}' returning 1`)
    }
    await play(
      bank,
      `
      L1> 来源 推荐人 M1
      钱多 · 面馆 | 2
      钱多 · 茶楼 | 1
      `,
    )
    const [card] = await bank.send('L1', {
      command: 'sources',
      input: { span: '2026-11', book: true },
    })
    const file = card?.blocks.find((block) => block.kind === 'file')
    const { sheets } = await readWorkbook('s.xlsx', Buffer.from(file?.base64 ?? '', 'base64'))
    const rows = sheets[0]?.rows.slice(1).map(({ cells }) => [...cells.slice(2, 4), cells[8]])
    expect(rows).toEqual([
      ['周敏', 'M1', 1],
      ['周敏', 'M1', 2],
      ['周敏', 'M2', 0],
    ])
  })

  test('are followed by quality: won, won back, lapsed, the best, complete files and worth, by month', async () => {
    const existing = await bank.rows<{ id: string; name: string }>(
      `select client.id, client.name from client join staff on staff.id = owner_id
       where kind = 'existing' and staff.code = 'M1' order by client.name, business_name`,
    )
    const [won, back, lapsed] = existing
    await bank.rows(
      `update client set kind_since = '2026-11-05' where id in ('${won?.id}', '${back?.id}') returning 1`,
    )
    await bank.rows(
      `update client set kind = 'lapsed', kind_since = '2026-11-06' where id = '${lapsed?.id}' returning 1`,
    )
    await bank.rows(`insert into facility (id, account, client_id, kind, credit_limit, balance, opened_on, closed_on, state, confirmed_by, as_of, recorded_at)
      values (gen_random_uuid(), 'L-9', '${back?.id}', 'loan', 1, 0, '2024-12-03', '2025-12-03', 'closed', 'feed', '2026-11-03', now()) returning 1`)
    await bank.say('M1', `补 ${won?.name} 存款余额 30万 年收益 8000`)
    await play(
      bank,
      `
      M1> 客户质量 10月
      周敏 2026年10月没有存量客户的记录
      M1> 客户质量
      周敏 · 客户质量 · 2026年
      存量 3 位，2026-11 净增 +1（新增 1，赢回 1，结清 1）；A、B 占 33.3%，资料齐全 0%。贷款余额 21万，存款 30万，年收益 8,000元（1 位有存款或收益的数）。
      B 潜力 | 1 | 18万 | – | –
      孙丽 · 年收益 8,000元 · 存款 30万
      @ 2026-12-01T05:35:00+08:00
      `,
    )
    const { services } = bank.app
    await keepMonths.run(services, services.moment())
    await keepMonths.run(services, services.moment())
    await bank.rows(
      `update client set kind = 'lapsed', kind_since = '2026-12-01' where id = '${won?.id}' returning 1`,
    )
    await play(
      bank,
      `
      M1> 客户质量 今年
      2026-11 | 3 | +1 | 1 | 1 | 1 | 33.3% | 0% | 21万 | 30万 | 8,000元
      2026-12 | 2 | -1 | 0 | 0 | 1 | 50% | 0% | 21万 | – | –
      L1> 客户质量 一队
      一队 · 客户质量 · 2026年
      机构、经理 | 存量
      周敏 | 2
      L1> 客户质量 二队
      您的机构里没有"二队"
      `,
    )
  })
})
