import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FOLLOWERS, OWN } from '../../../src/features/duplicates/merge-store.ts'
import { secret } from '../../../src/infra/database/encryption/secret.ts'
import { type Bank, openBank } from '../../support/bank.ts'
import { ONE_DATABASE } from '../../support/open.ts'
import { play } from '../../support/play.ts'

const CODE = '91110000600037341L'
const TWICE = [
  {
    name: '张三',
    business: '红星五金',
    phone: '+8613800138000',
    owner: 'M1',
    kind: 'existing' as const,
    facts: { credit_limit: 600_000, usage_rate: 0.2 },
    tasks: [{ kind: 'call', due_on: '2026-11-23', reason: 'quiet', priority: 45 }],
  },
  {
    name: '张三',
    business: '红星 五金',
    phone: '+8613900139000',
    owner: 'M1',
    facts: { annual_sales: 900_000 },
    more: { address: '五金市场 3 号', credit_code: CODE },
    tasks: [
      { kind: 'call', due_on: '2026-11-23', reason: 'entry', priority: 45 },
      { kind: 'visit', due_on: '2026-11-24', reason: 'care', priority: 40 },
    ],
  },
  { name: '李四', business: '面馆', phone: '+8613700137000', owner: 'M3' },
]

describe.each(ONE_DATABASE)('two files of one person, on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind, TWICE)
  })
  afterEach(() => bank.close())

  /** Everything that is on file of clients, but for when it was written. */
  async function everything() {
    const tables = [...new Set([...FOLLOWERS.map(({ table }) => table), ...OWN])]
    const rows = await Promise.all(
      ['client', ...tables]
        .filter((table) => table !== 'client_merge' && table !== 'fact_entry')
        .map(async (table) => [
          table,
          await bank.rows(
            `select to_jsonb(t) as row from ${table} as t order by to_jsonb(t)::text`,
          ),
        ]),
    )
    return Object.fromEntries(rows)
  }
  const one = async <T>(sql: string) => (await bank.rows<T>(sql))[0]

  test('are found by name and business in any spelling, and made one', () =>
    play(
      bank,
      `
      M1> 查重
      张三
      红星五金
      张三
      红星 五金
      同名同店
      M1> [合并]
      保留
      红星五金
      并入
      红星 五金
      M1> [合并]
      已合并
      M1> 查重
      没有发现重复的客户。
      M1> 查 张三
      红星五金
      `,
    ))

  test('keep both histories: numbers, tasks of each kind once, what one alone knew', async () => {
    await bank.say('M1', '合并 张三')
    await bank.press('M1', '合并')
    expect(await bank.rows('select name from client order by name')).toHaveLength(2)
    expect(
      await bank.rows(`
        select number from client_phone join client on client.id = client_id
        where name = '张三' order by preferred desc`),
    ).toEqual([{ number: '+8613800138000' }, { number: '+8613900139000' }])
    expect(await bank.rows(`select kind, status, no_next from task order by kind, status`)).toEqual(
      [
        { kind: 'call', status: 'cancelled', no_next: 'merged' },
        { kind: 'call', status: 'open', no_next: null },
        { kind: 'visit', status: 'open', no_next: null },
      ],
    )
    expect(
      await one(`
        select kind, phone, address, credit_limit::int, annual_sales::int
        from client join client_facts on client_id = client.id where name = '张三'`),
    ).toEqual({
      ...{ kind: 'existing', phone: '+8613800138000', address: '五金市场 3 号' },
      ...{ credit_limit: 600_000, annual_sales: 900_000 },
    })
  })

  test('are as they were once the merge is undone', async () => {
    const before = await everything()
    await bank.say('M1', '合并 张三')
    await bank.press('M1', '合并')
    expect(await everything()).not.toEqual(before)
    await play(
      bank,
      `
      M1> 撤销
      已撤销：张三 的合并。
      `,
    )
    expect(withoutTimes(await everything())).toEqual(withoutTimes(before))
  })

  test('are taken apart by a lead later, and what was done since stays', async () => {
    await bank.say('M1', '合并 张三')
    await bank.press('M1', '合并')
    await bank.say('M1', '需求 张三 结算卡')
    bank.setClock('2027-01-11T09:00:00+08:00')
    await play(
      bank,
      `
      M1> 拆开 张三
      不在您的岗位功能里
      L1> 拆开 张三
      已拆开：张三 和 张三 又是两份档案
      L1> 拆开 李四
      没有找到"李四"
      `,
    )
    expect(
      await bank.rows(`
        select business_name as business, phone, (select count(*)::int from need
          where client_id = client.id) as needs
        from client where name = '张三' order by needs desc`),
    ).toEqual([
      { business: '红星五金', phone: '+8613800138000', needs: 1 },
      { business: '红星 五金', phone: '+8613900139000', needs: 0 },
    ])
  })

  test('are not taken apart while somebody else has a number of the other', async () => {
    await bank.say('M1', '合并 张三')
    await bank.press('M1', '合并')
    for (const [name, code] of [
      ['张三', null],
      ['李四', CODE],
    ] as const) {
      await bank.database.prisma.$executeRaw`
        update client set credit_code = ${secret('credit-code', code)} where name = ${name}`
    }
    expect(JSON.stringify(await bank.say('L1', '拆开 张三'))).toContain('在 李四 的档案上')
  })

  test('that are two people are not offered again', () =>
    play(
      bank,
      `
      M1> 查重
      同名同店
      M1> [不是同一人]
      记下了：张三 和 张三 是两个人，不再提示。
      M1> 查重
      没有发现重复的客户。
      `,
    ))

  test('of two managers become one by their lead, and the one who loses a client hears of it', async () => {
    const two = await bank.rows<{ id: string }>(
      `select id from client where name in ('张三', '李四') and phone <> '+8613900139000' order by name`,
    )
    const [kept, merged] = two.map(({ id }) => id)
    const intent = { command: 'merge-clients', input: { keptId: kept, mergedId: merged } }
    expect(JSON.stringify(await bank.send('M1', intent))).toContain('没有找到')
    expect(JSON.stringify(await bank.send('K1', intent))).toContain('已合并')
  })
})

/** The trigger of the phones and the act leave their own time; everything else is as before. */
const withoutTimes = (all: Record<string, unknown>): unknown =>
  JSON.parse(JSON.stringify(all, (key, value) => (key === 'as_of' ? undefined : value)))

test.each(ONE_DATABASE)('every table that points to a client is known, on %s', async (kind) => {
  const bank = await openBank(kind, [])
  const pointing = await bank.rows<{ at: string }>(`
    select conrelid::regclass || '.' || attname as at
    from pg_constraint join pg_attribute on attrelid = conrelid and attnum = any(conkey)
    where contype = 'f' and confrelid = 'client'::regclass`)
  const known = [
    ...FOLLOWERS.map(({ table, of }) => `${table}.${of}`),
    ...OWN.map((table) => `${table}.client_id`),
    ...['not_duplicate.one_id', 'not_duplicate.other_id'],
  ]
  expect(pointing.map(({ at }) => at).sort()).toEqual(known.toSorted())
  await bank.close()
})
