import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { purge } from '../../../src/features/referrals/privacy/purge.ts'
import { type Bank, MONDAY, openBank } from '../../support/bank.ts'
import { DATABASES } from '../../support/open.ts'
import { play } from '../../support/play.ts'
import { visitorsOf } from '../../support/visitor.ts'
import { bookOf, send } from '../import/book.ts'

const VISITOR = { name: '李四', business: '五金店', need: '进货', consent: 'yes' }

describe.each(DATABASES)('what visitors were promised is kept, on %s', (kind) => {
  let bank: Bank
  let visitors: ReturnType<typeof visitorsOf>
  beforeAll(async () => {
    bank = await openBank(kind)
    visitors = visitorsOf(bank)
  })
  beforeEach(async () => {
    bank.setClock(MONDAY)
    await bank.told()
  })
  afterAll(() => bank.close())

  /** Somebody's thank-you page, below the pages' own path. */
  async function thanksOf(code: string, phone: string, address: string): Promise<string> {
    const path = await visitors.linkOf(code, '我的码')
    const answer = await visitors.from(address).leave(path, { ...VISITOR, phone })
    return answer.headers.get('location')?.replace(/^\/r/, '') ?? ''
  }
  const traces = (phone: string) =>
    bank.rows(
      `select 1 from client where phone = '${phone}'
       union all select 1 from referral_entry where phone = '${phone}'`,
    )

  /** Whoever is above presses the button of the request that waits. */
  async function confirm(code: string): Promise<void> {
    const [asked] = await bank.rows<{ id: string }>(`select id from erasure where status = 'asked'`)
    const input = { erasureId: asked?.id }
    const [card] = await bank.send(code, { command: 'confirm-erasure', input })
    expect(JSON.stringify(card)).toContain('已删除，不能恢复')
    await bank.app.working.settled()
    expect(await bank.rows('select 1 from redaction')).toEqual([])
  }

  test('consent is kept with its version and moment', async () => {
    await thanksOf('M3', '13800137000', '203.0.113.1')
    const [entry] = await bank.rows(
      `select consent_version as version, entered_at as at from referral_entry
       order by id desc limit 1`,
    )
    expect(entry).toEqual({ version: 2, at: new Date('2026-11-23T00:10:20.000Z') })
  })

  test('who withdraws is deleted, and the manager is told not to call', async () => {
    const thanks = await thanksOf('M1', '13800137001', '203.0.114.1')
    const visitor = visitors.from('203.0.114.1')
    expect(await (await visitor.open(`${thanks}/withdraw`)).text()).toContain('撤回并删除')
    await bank.told()
    const gone = await visitor.post(`${thanks}/withdraw`, '')
    expect(await gone.text()).toContain('已撤回')
    await play(bank, 'M1<\n转介来的 李四 撤回了同意，资料已经删除，请不要再联系。')
    expect(await traces('+8613800137001')).toEqual([])
    expect(
      await bank.rows(`select 1 from message where strpos(card::text, '138 0013 7001') > 0`),
    ).toEqual([])
    expect(await (await visitor.open(thanks)).text()).toContain('已撤回')
    await visitor.post(`${thanks}/withdraw`, '')
    expect(await bank.told()).toEqual([])
  })

  test('who wrote a wrong number withdraws, and fills the form in again', async () => {
    const thanks = await thanksOf('M1', '13800137091', '203.0.114.9')
    const visitor = visitors.from('203.0.114.9')
    expect(await (await visitor.open(thanks)).text()).toContain('写错了，或改主意了')
    const gone = await (await visitor.post(`${thanks}/withdraw`, '')).text()
    const again = gone.match(/href="\/r(\/[a-z0-9]{8})">写错了：重新填写/)?.[1] ?? ''
    await bank.told()
    await visitor.leave(again, { ...VISITOR, phone: '13800137092' })
    await play(bank, 'M1<\n李四 · 五金店 · 138 0013 7092 刚留下联系方式')
    expect(await traces('+8613800137091')).toEqual([])
    await bank.rows(`update client set name = '改过' where phone = '+8613800137092' returning 1`)
  })

  test('of an existing client only the entry goes, and its task', async () => {
    const thanks = await thanksOf('M2', '13490010001', '203.0.115.1')
    await visitors.from('203.0.115.1').post(`${thanks}/withdraw`, '')
    await play(bank, 'M1<\n张三 撤回了转介页上的留言，相应任务已取消')
    const [left] = await bank.rows<{ clients: number; tasks: number }>(
      `select count(distinct client.id)::int as clients, count(task.id)::int as tasks
       from client left join task on client_id = client.id and task.kind = 'referral'
         and status = 'open' where client.phone = '+8613490010001'`,
    )
    expect(left).toEqual({ clients: 1, tasks: 0 })
  })

  test('on request a manager has a prospect deleted, after the lead confirmed', async () => {
    await thanksOf('M1', '13800137002', '203.0.116.1')
    await bank.rows(`update client set name = '要删' where phone = '+8613800137002'`)
    await play(
      bank,
      `
      M1> 转介 要删
      要删 的转介码
      M2> 删除 要删
      None
      M1> 删除 要删 本人要求
      已请 谢英 确认
      `.replace('None', ''),
    )
    await confirm('L1')
    expect(await traces('+8613800137002')).toEqual([])
    const [link] = await bank.rows(
      `select revoked_at is not null as revoked from referral_link
       where num_nonnulls(staff_id, client_id) = 0`,
    )
    expect(link).toEqual({ revoked: true })
  })

  test('what was said of somebody in chat goes with them, and nothing else of the words does', async () => {
    await bank.say('M1', '新客户 卞小鹤 13800137009 小鹤早餐')
    await bank.say('M1', '走访 卞小鹤 小鹤早餐生意不错，电话 138-0013-7009')
    await bank.say('M1', '查 7009')
    await bank.say('M1', '改 卞小鹤 备用电话 财务 13800137019 微信 bianhe88')
    await bank.say('M1', '家人 卞小鹤 配偶 李四 13800137029')
    await bank.say('M1', '备注 张三 由卞小鹤介绍，她电话 13800137009')
    await bank.say('M1', '走访 张三 门口遇到卞小鹤，聊了进货')
    await bank.say('M3', '新客户 Ma 13800137010')
    await bank.say('M3', '需求 Ma 收单 marketing 急')
    const kept = (words: string) =>
      bank.rows<{ kept: string }>(
        `select 'card' as kept from message where strpos(card::text, '${words}') > 0
         union all select 'said' from received where strpos(says::text, '${words}') > 0
         union all select 'noted' from act where strpos(input::text, '${words}') > 0`,
      )
    const everywhere = new Set((await kept('卞小鹤')).map((row) => row.kept))
    expect([...everywhere].sort()).toEqual(['card', 'noted', 'said'])
    await play(bank, 'M1> 删除 卞小鹤 本人要求\n已请 谢英 确认')
    await confirm('L1')
    const numbers = ['13800137009', '138 0013 7009', '138-0013-7009', '13800137019', '13800137029']
    for (const words of ['卞小鹤', '小鹤早餐', 'bianhe88', ...numbers]) {
      expect(await kept(words), words).toEqual([])
    }
    const notes = await bank.rows<{ note: string }>(
      `select text as note from client_note union all select note from visit
       union all select after ->> 'text' from file_change where subject = 'client_note'`,
    )
    expect(notes.map(({ note }) => note).sort()).toEqual([
      '由—介绍，她电话 —',
      '由—介绍，她电话 —',
      '门口遇到—，聊了进货',
    ])
    await bank.say('M1', '备注 张三 店里有台 Max 烤箱')
    await play(bank, 'M3> 删除 Ma 本人要求\n已请 石磊 确认')
    await confirm('L2')
    expect(await kept('13800137010')).toEqual([])
    expect(
      await bank.rows(`select text from client_note`),
      'a name of two letters is no word of a note on somebody else',
    ).toContainEqual({ text: '店里有台 Max 烤箱' })
    expect((await kept('marketing')).length).toBeGreaterThan(0)
    const [broken] = await bank.rows(`select 1 from message where card ->> 'blocks' is null`)
    expect(broken).toBeUndefined()
  })

  test('whoever was deleted comes on file again by their own will alone: no book and no colleague brings them', async () => {
    await bank.say('M1', '新客户 贺兰山 13800137040 兰山面馆')
    await bank.say('M1', '改 贺兰山 身份证 11010519491231002X')
    await play(bank, 'M1> 删除 贺兰山 本人要求\n已请 谢英 确认')
    await confirm('L1')
    const onFile = () => bank.rows(`select source from client where name = '贺兰山'`)
    const book = await bookOf(
      ['客户姓名', '手机号', '身份证号'],
      ['贺兰山', '13800137049', '11010519491231002X'],
      ['马小虎', '13800137048', ''],
    )
    expect(await send(bank, 'M1', book)).toMatch(/新客户.*1/s)
    await bank.app.working.settled()
    const [row] = await bank.rows(`select verdict, reason from import_row where number = 1`)
    expect(row).toEqual({ verdict: 'rejected', reason: 'erased' })
    await play(
      bank,
      `
      M2> 新客户 Helan 13800137040
      had their file deleted
      M3> 新客户 别人 13800137047 水果
      已登记新客户
      `,
    )
    expect(await onFile()).toEqual([])
    await play(
      bank,
      `
      M1> 新客户 贺兰山 13800137040 兰山面馆
      要求删除过资料，还没有登记
      M1> [1 本人同意]
      已登记新客户：贺兰山
      `,
    )
    expect(await onFile()).toEqual([{ source: 'walk-in' }])
    // Their number is like any other now, and what it was asked with is forgotten.
    await bank.say('M1', '撤销')
    await play(bank, 'M1> 新客户 贺兰山 13800137040 兰山面馆\n已登记新客户')
    const { services } = bank.app
    // A visitor of a referral page says so by leaving their number.
    const hash = services.bank.keyedHash('phone:+8613800137041')
    await bank.rows(
      `insert into erased_key (hash, erased_at) values ('${hash}', now()) returning 1`,
    )
    await thanksOf('M1', '13800137041', '203.0.118.1')
    expect(await bank.rows(`select 1 from erased_key where hash = '${hash}'`)).toEqual([])
  })

  test('each night what is not needed any more is deleted: hashes and keys after two days, people after two years', async () => {
    await thanksOf('M1', '13800137003', '203.0.117.1')
    await bank.say('M1', '今日')
    bank.setClock('2026-11-27T03:41:00+08:00')
    const { services } = bank.app
    await purge(services, services.moment())
    const [hashes] = await bank.rows(
      `select count(device)::int as devices, count(network)::int as networks,
         (select count(*)::int from referral_key) as keys,
         (select count(*)::int from client where phone = '+8613800137003') as people
       from referral_entry`,
    )
    expect(hashes).toEqual({ devices: 0, networks: 0, keys: 0, people: 1 })
    bank.setClock('2028-11-25T03:41:00+08:00')
    await purge(services, services.moment())
    expect(await traces('+8613800137003')).toEqual([])
    const [rest] = await bank.rows(
      `select count(*)::int as clicks, (select count(*)::int from client) as clients,
         (select count(*) filter (where status = 'accepted')::int from referral_entry) as entries
       from referral_click`,
    )
    expect(rest).toMatchObject({ clicks: 0, clients: 9 })
    expect((rest as { entries: number }).entries).toBeGreaterThan(0)
  })
})
