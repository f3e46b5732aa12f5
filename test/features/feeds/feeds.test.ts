import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { creditCodeOf, organisationCodeOf } from '../../../src/core/identity/identity-numbers.ts'
import { newId } from '../../../src/core/ids.ts'
import { feedRoutes } from '../../../src/features/feeds/feed-page.ts'
import { loadFeed } from '../../../src/features/feeds/load-feed.ts'
import { inLanes } from '../../../src/features/feeds/merge/lanes.ts'
import { type Feed, readSaid, type Said } from '../../../src/features/feeds/rules.ts'
import { endTokens, makeToken } from '../../../src/features/feeds/tokens/store.ts'
import { namesTwice } from '../../../src/features/feeds/twice/store.ts'
import { addEntries } from '../../../src/features/risk/list/store.ts'
import { secretKey } from '../../../src/infra/database/encryption/secret.ts'
import { type Bank, MONDAY, openBank } from '../../support/bank.ts'
import { DATABASES } from '../../support/open.ts'

test.each<[string, Said]>([
  ['facilities-20261127-full.csv', { day: '2026-11-27' as Said['day'], mode: 'full', rows: null }],
  ['# 2026-11-27 全量 rows=1234', { day: '2026-11-27' as Said['day'], mode: 'full', rows: 1234 }],
  ['授信_增量_2026年11月27.csv', { day: '2026-11-27' as Said['day'], mode: 'changes', rows: null }],
  ['13800138000.csv', { day: null, mode: null, rows: null }],
])('what %s says of a feed', (words, said) => {
  expect(readSaid(words)).toEqual(said)
})

test('parts are done so many at a time, and after a fault no other is begun', async () => {
  const begun: number[] = []
  let [under, most] = [0, 0]
  const done = inLanes(2, [1, 2, 3, 4, 5], async (part) => {
    begun.push(part)
    most = Math.max(most, ++under)
    await Promise.resolve()
    under -= 1
    if (part === 3) throw new Error('third')
  })
  await expect(done).rejects.toThrow('third')
  expect([most, under, begun.includes(5)]).toEqual([2, 0, false])
})

/** 国, as GB18030 has it: what a core system on a mainframe sends. */
const GB = Buffer.from([0xb9, 0xfa])

describe.each(DATABASES)('feeds of the core system, on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind)
  })
  afterAll(() => bank.close())

  const load = (
    feed: Feed,
    lines: readonly (string | Buffer)[],
    more: { name?: string; yes?: boolean } = {},
  ) => {
    async function* bytes() {
      for (const line of lines) yield Buffer.concat([Buffer.from(line), Buffer.from('\n')])
    }
    const { name = '', yes = false } = more
    return loadFeed(bank.app.services, { feed, name, bytes: bytes(), said: {}, yes, share: null })
  }
  const stateOf = async (name: string) =>
    (
      await bank.rows<Record<string, unknown>>(`
        select kind, credit_limit::int as limit, usage_rate as usage, as_of ->> 'usageRate' as of
        from client left join client_facts on client_id = client.id where name = '${name}'`)
    )[0]

  const HEADINGS = '手机,账号,类型,所属授信,额度,余额,到期日,状态'
  const ROWS = [
    '13490010004,A001,授信,,500000,100000,2027-11-30,正常',
    '13490010004,D001,借据,A001,100000,100000,2026-12-10,正常',
    '13490010006,A002,贷款,,300000,300000,2027-06-30,正常',
    '13999999999,A003,贷款,,300000,300000,2027-06-30,正常',
    '13490010007,A004,贷款,,三十万,300000,2027-06-30,正常',
  ]

  test('a full feed makes clients, and says what it did not understand', async () => {
    const report = await load('facilities', ['# 2026-11-22 全量', HEADINGS, ...ROWS, '#end 5'])
    expect(report).toMatchObject({
      ...{
        day: '2026-11-22',
        mode: 'full',
        rows: 5,
        unmatched: 1,
        rejected: 1,
        changed: 3,
        ended: 0,
      },
      faults: [{ line: 7, because: { en: '"三十万" should be an amount in yuan' } }, { line: 6 }],
    })
    expect(await stateOf('赵强')).toEqual({
      ...{ kind: 'existing', limit: 500_000, usage: 0.2, of: '2026-11-22' },
    })
    const [due] = await bank.rows(`
      select loan_due_on::text as due from client where name = '赵强'`)
    expect(due).toEqual({ due: '2026-12-10' })
  })

  test('the same again is a repeat, for a later day it renews the age, an older one is refused', async () => {
    const same = ['# 2026-11-22 全量', HEADINGS, ...ROWS, '#end 5']
    expect(await load('facilities', same)).toBeNull()
    const later = ['# 2026-11-23 全量', HEADINGS, ...ROWS, '#end 5']
    expect(await load('facilities', later)).toMatchObject({ changed: 0, ended: 0 })
    expect(await stateOf('赵强')).toMatchObject({ of: '2026-11-23' })
    await expect(load('facilities', [...same, ''].slice(0, -1).concat('#end 5'))).rejects.toThrow()
    await expect(load('facilities', same)).rejects.toThrow('2026-11-22 的更旧')
    await expect(load('facilities', ['# 2026-11-24 全量', HEADINGS, '#end'])).rejects.toThrow(
      '还没到',
    )
    await expect(load('facilities', ['# 全量', HEADINGS, '#end'])).rejects.toThrow('业务日期')
    await expect(load('facilities', ['# 2026-11-23 全量', '手机,余额'])).rejects.toThrow(
      '账号、额度',
    )
  })

  test('half a file ends nothing and changes nothing', async () => {
    bank.setClock('2026-11-24T06:00:00+08:00')
    const half = ['# 2026-11-24 全量', HEADINGS, ROWS[0] ?? '', '#end 5']
    await expect(load('facilities', half)).rejects.toThrow('应有 5 行，实际 1 行')
    expect(await stateOf('赵强')).toMatchObject({ of: '2026-11-23' })
    const open = ['# 2026-11-24 全量', HEADINGS, ROWS[0] ?? '']
    expect(await load('facilities', open)).toMatchObject({ ended: 0, waiting: 0 })
    expect(await stateOf('Tom')).toMatchObject({ kind: 'existing' })
  })

  test('more than may end waits for a person; what a lead confirmed is asked about', async () => {
    await bank.rows(`
      insert into facility (id, client_id, account, kind, credit_limit, balance, confirmed_by, as_of,
        staff_id, recorded_at)
      select gen_random_uuid(), client.id, 'L777', 'loan', 100000, 100000, 'lead', '2026-11-23',
        staff.id, now()
      from client, staff where client.name = '孙丽' and staff.code = 'L1'`)
    await bank.told()
    const lines = ['# 2026-11-24 全量', HEADINGS, ROWS[0] ?? '', '#end 1']
    expect(await load('facilities', lines)).toMatchObject({ ended: 0, waiting: 2, unknown: 1 })
    const told = await bank.told()
    expect(told.map(({ code }) => code).sort()).toEqual(['L1', 'M1'])
    expect(told[0]?.text).toContain('核心系统里没有 孙丽 的这笔放款')
    const again = [...lines.slice(0, 1), `${HEADINGS},备注`, ...lines.slice(2)]
    expect(await load('facilities', again, { yes: true })).toMatchObject({ ended: 2, waiting: 0 })
    expect(await stateOf('Tom')).toMatchObject({ kind: 'lapsed' })
    expect(await stateOf('孙丽')).toMatchObject({ kind: 'existing' })
  })

  test('facts come with their day and no author, in GB18030; of a later day they stand', async () => {
    const lines = [
      Buffer.concat([Buffer.from('phone,annualSales,maliciousOverdue,usageRate,'), GB]),
      '13490010001,"6,000,000",0,30%,x',
      '13490010002,,1,1.5,x',
    ]
    const name = 'facts_20261123_changes.csv'
    expect(await load('facts', lines, { name })).toMatchObject({ rows: 2, changed: 1, rejected: 1 })
    const [sales] = await bank.rows(`
      select annual_sales::int as sales, as_of ->> 'annualSales' as of, usage_rate as usage
      from client_facts join client on client.id = client_id where name = '张三'`)
    expect(sales).toEqual({ sales: 6_000_000, of: '2026-11-23', usage: 0.3 })
    await bank.rows(`
      update client_facts set as_of = as_of || '{"annualSales": "2026-11-24"}' from client
      where client.id = client_id and name = '张三'`)
    const older = ['phone,annualSales', '13490010001,1']
    expect(await load('facts', older, { name: 'facts-20261123-changes' })).toMatchObject({
      changed: 0,
    })
    const [entry] = await bank.rows(`
      select staff_id as by, act_id as act from fact_entry where fact = 'annualSales'`)
    expect(entry).toEqual({ by: null, act: null })
  })

  test('an account that another client holds stays where it is, and the row is named; of two rows the later counts', async () => {
    const row = '13490010007,A001,授信,,1,1,2027-11-30,正常'
    expect(await load('facilities', ['# 2026-11-24 增量', HEADINGS, row, row])).toMatchObject({
      ...{ changed: 0, unmatched: 0, rejected: 2 },
      faults: [
        { line: 3, because: { zh: '后面还有同一账号的一行，采用了后面那行' } },
        { line: 4, because: { zh: '账号在另一位客户名下，没有改动，请核对' } },
      ],
    })
    expect(await stateOf('赵强')).toMatchObject({ limit: 500_000 })
  })

  test('of a client who is named twice the later line counts, and the earlier and nobody’s are named', async () => {
    const rows = ['13490010004,1', '13999999998,5', '13490010004,2', '13999999999,5']
    const lines = ['# 2026-11-24 增量', 'phone,savings', ...rows]
    expect(await load('facts', lines)).toMatchObject({
      ...{ changed: 1, unmatched: 2, rejected: 1 },
      faults: [
        { line: 3, because: { zh: '后面还有同一位客户的一行，采用了后面那行' } },
        ...[{ line: 4 }, { line: 6 }],
      ],
    })
    const [found] = await bank.rows(`
      select savings::int, as_of ->> 'savings' as of,
        (select count(*)::int from fact_entry where client_id = client.id and fact = 'savings') as noted
      from client join client_facts on client_id = client.id where name = '赵强'`)
    expect(found).toEqual({ savings: 2, of: '2026-11-24', noted: 1 })
  })

  test('clients get their number in the core system, and are found by it', async () => {
    const clients = ['# 2026-11-24 增量', '手机,客户号,地址', '13490010001,c0001,人民路 1 号']
    expect(await load('clients', clients)).toMatchObject({ changed: 1 })
    const facts = ['# 2026-11-24 增量', '客户号,netAssets', 'C0001,5000000']
    expect(await load('facts', facts)).toMatchObject({ changed: 1, unmatched: 0 })
  })

  test('whether a client is named twice is known before, whatever the numbers', async () => {
    const twice = async (...keys: readonly (readonly ['core-number' | 'phone', string])[]) => {
      const loadId = newId()
      for (const [line, [kind, number]] of keys.entries()) {
        const key = kind === 'phone' ? secretKey(kind, number) : number
        await bank.database.prisma.$executeRaw`
          insert into feed_row (load_id, line, key_kind, key, cells)
          values (${loadId}::uuid, ${line}, ${kind}, ${key}, '{}')`
      }
      return namesTwice(bank.database.prisma, loadId, ['core-number', 'phone'])
    }
    expect(await twice(['core-number', 'C0001'], ['phone', '+8613490010004'])).toBe(false)
    expect(await twice(['core-number', 'C0001'], ['phone', '+8613490010001'])).toBe(true)
    expect(await twice(['phone', '+8613999999998'], ['phone', '+8613999999998'])).toBe(false)
  })

  test('whom a feed of clients names and nobody knows comes on file, or it is said why not', async () => {
    const [risk] = await bank.rows<{ id: string }>(`select id from staff where code = 'R1'`)
    await addEntries(
      bank.database.prisma,
      bank.app.services.bank.keyedHash,
      [
        {
          identities: [{ kind: 'phone', value: '+8613490020007' }],
          reason: '虚假流水',
          until: null,
        },
      ],
      { staffId: risk?.id ?? '', actId: newId(), now: new Date(MONDAY) },
    )
    const hash = bank.app.services.bank.keyedHash('phone:+8613490020008')
    await bank.rows(
      `insert into erased_key (hash, erased_at) values ('${hash}', now()) returning hash`,
    )
    const rows = [
      '客户号,姓名,手机,信用代码,企业名称,工号',
      'C1001,陈新,13490020001,,陈新水果,m1',
      'C1001,陈新,13490020001,,陈新水果店,M1',
      'C1002,,13490020002,,,M1',
      'C1003,无主,13490020003,,,',
      'C1004,无此人,13490020004,,,M9',
      'C1005,归主管,13490020005,,,L1',
      `C0001,两人,13490010007,${creditCodeOf(`91990000${organisationCodeOf('MA000001')}`)},,M1`,
      'C1007,在名单,13490020007,,,M1',
      'C1008,已删除,13490020008,,,M1',
    ]
    const report = await load('clients', ['# 2026-11-24 增量', ...rows])
    expect(report).toMatchObject({ entered: 1, changed: 1, unmatched: 0, rejected: 8 })
    expect(report?.faults.map(({ line, because }) => [line, because.zh])).toEqual([
      [3, '后面还有同一位客户的一行，采用了后面那行'],
      [5, '没有这位客户，也没有姓名，没有登记'],
      [6, '没有这位客户，也没有客户经理工号，没有登记'],
      [7, '没有这位客户，客户经理工号也不在册，没有登记'],
      [8, '没有这位客户，工号不是客户经理，没有登记'],
      [9, '几个号码是不同客户的，没有改动，请核对'],
      [10, '没有这位客户，且在负面清单上，没有登记'],
      [11, '没有这位客户，本人要求删除过资料，没有登记'],
    ])
    const entered = `
      select kind, source, staff.code as owner, core_number as number, tier is not null as tiered,
        business_name as shop,
        (select array_agg(reason) from task where client_id = client.id and status = 'open') as tasks
      from client join staff on staff.id = owner_id left join client_tier on client_id = client.id
      where client.name = '陈新'`
    const known = { source: 'list', owner: 'M1', number: 'C1001', tiered: true, shop: '陈新水果店' }
    expect(await bank.rows(entered)).toEqual([{ ...known, kind: 'prospect', tasks: ['entry'] }])
    const lines = [
      '# 2026-11-24 增量',
      '客户号,账号,额度,余额,到期日',
      'C1001,A100,200000,0,2027-11-30',
    ]
    expect(await load('facilities', lines)).toMatchObject({ changed: 1, unmatched: 0 })
    expect((await bank.rows<{ kind: string }>(entered)).map(({ kind }) => kind)).toEqual([
      'existing',
    ])
  })

  test('of two at once the second is refused, and the first loses nothing', async () => {
    const open = `select account from facility where state = 'open' order by account`
    const before = await bank.rows<{ account: string }>(open)
    const [begun, others] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const rows = before.map(({ account }) => `13490010004,${account},贷款,,1,1,2027-11-30,正常\n`)
    async function* slowly() {
      yield Buffer.from(`# 2026-11-24 全量\n${HEADINGS}\n`)
      begun.resolve()
      await others.promise
      yield Buffer.from(`${rows.join('')}#end ${rows.length}\n`)
    }
    const given = { feed: 'facilities', name: '', bytes: slowly(), said: {} } as const
    const first = loadFeed(bank.app.services, { ...given, yes: true, share: null })
    await begun.promise
    await expect(
      load('facts', ['# 2026-11-24 增量', 'phone,savings', '13490010001,1']),
    ).rejects.toThrow('另一份数据正在读入')
    others.resolve()
    expect(await first).toMatchObject({ ended: 0 })
    expect(await bank.rows(open)).toEqual(before)
  })

  test('a token sends its feed and nothing else, until it is ended', async () => {
    const tx = bank.database.prisma
    const now = new Date('2026-11-24T00:00:00Z')
    const token = await makeToken(tx, 'facts', now)
    const routes = feedRoutes(bank.app.services, { bytes: 2000, share: 0.02 })
    const put = (feed: string, body: string, bearer = token) =>
      routes.request(`/${feed}?day=2026-11-24&mode=changes`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${bearer}` },
        body,
      })
    const body = 'phone,savings\n13490010001,120000\n'
    expect((await put('facts', body, 'feed-facts-x')).status).toBe(401)
    expect((await put('clients', body)).status).toBe(401)
    const answer = await put('facts', body)
    expect([answer.status, await answer.json()]).toMatchObject([200, { changed: 1 }])
    expect((await put('facts', `${body}${'x,1\n'.repeat(1000)}`)).status).toBe(413)
    expect((await put('facts', 'phone\n1')).status).toBe(422)
    expect(await endTokens(tx, 'facts', now)).toBe(1)
    expect((await put('facts', body)).status).toBe(401)
  })
})
