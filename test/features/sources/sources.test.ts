import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { day } from '../../../src/core/calendar/time.ts'
import { readSources } from '../../../src/features/sources/phrases.ts'
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
      ['2026-11', '一队', '周敏', '集群', null, '五金市场', null, 1, 1, 1, 1, 1, 300_000, 10],
      ['2026-11', '一队', '周敏', '散客', null, null, null, 1, 1, 0, 0, 0, 0],
      ['2026-11', '一队', 'Lee', '散客', null, null, null, 1, 0, 0, 0, 0, 0],
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
})
