import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { noteActs } from '../../src/bot/audit.ts'
import { sealDays, verifyTrail } from '../../src/bot/audit-seals.ts'
import { addDays } from '../../src/core/calendar/time.ts'
import type { Queries } from '../../src/infra/database/index.ts'
import { type Bank, openBank } from '../support/bank.ts'
import { DATABASES } from '../support/open.ts'

const ZONE = 'Asia/Shanghai'

describe.each(DATABASES)('the audit trail, on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
  })
  afterEach(() => bank.close())

  const seal = () => {
    const { now, today } = bank.app.services.moment()
    return bank.database.transaction((tx) => sealDays(tx, { now, today, timezone: ZONE }))
  }
  const verify = () => verifyTrail(bank.database.prisma, ZONE)
  /** As somebody does who owns the database. */
  async function asOwner(statement: string) {
    await bank.rows('alter table act disable trigger act_stays')
    await bank.rows(statement)
    await bank.rows('alter table act enable trigger act_stays')
  }
  async function threeDays() {
    for (const day of [23, 24, 25]) {
      bank.setClock(`2026-11-${day}T09:00:00+08:00`)
      await bank.say('M1', '查 张三')
      await bank.say('M1', '投诉 张三 扣费没说明')
    }
    bank.setClock('2026-11-26T03:41:00+08:00')
    expect(await seal()).toBe(3)
  }

  test.each([
    `delete from act`,
    `update act set staff_id = gen_random_uuid()`,
    `update act set command = 'help'`,
    `update act set at = at - interval '1 day'`,
    `update act set input = '{"client": "李四"}'`,
    `update act set given_out = 0`,
  ])('refuses: %s', async (statement) => {
    await bank.say('M1', '投诉 张三 扣费没说明')
    await expect(bank.rows(statement)).rejects.toThrow('what stands on the audit trail stays')
    expect(await bank.rows('select command from act')).toEqual([{ command: 'complaint' }])
  })

  test('lets an act be taken back, and what was said in it be erased', async () => {
    await threeDays()
    await bank.rows(`update act set undone_at = now()`)
    await bank.rows(
      `update act set input = '{"client": "—"}', erased = true where command = 'complaint'`,
    )
    await expect(bank.rows('update act set erased = false')).rejects.toThrow('stays')
    expect(await verify()).toMatchObject({ days: 3, broken: [], unsealed: 0 })
  })

  test('agrees with its seals as it was written, and the seals stay', async () => {
    await threeDays()
    expect(await seal()).toBe(0)
    const { last, ...rest } = await verify()
    expect(rest).toEqual({ days: 3, purged: 0, broken: [], unsealed: 0 })
    expect(last).toMatchObject({ day: '2026-11-25', hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
    await expect(bank.rows('delete from audit_seal')).rejects.toThrow('a seal')
    await expect(bank.rows(`update audit_seal set acts = 1`)).rejects.toThrow('a seal')
    // What is done today is sealed tomorrow.
    await bank.say('M1', '查 张三')
    expect((await verify()).unsealed).toBe(0)
  })

  const SECOND = `(select id from act order by id limit 1 offset 2)`
  test.each([
    ['an act taken out', `delete from act where id = ${SECOND}`, { kind: 'count', found: 1 }],
    [
      'an act of somebody else',
      `update act set staff_id = '00000000-0000-0000-0000-000000000001' where id = ${SECOND}`,
      { kind: 'changed' },
    ],
    [
      'a result turned',
      `update act set result = 'refused' where id = ${SECOND}`,
      { kind: 'changed' },
    ],
    [
      'what was said rewritten',
      `update act set input = '{"client": "李四"}' where id = ${SECOND}`,
      { kind: 'input', acts: 1 },
    ],
    [
      'what was said rewritten with its hash',
      `update act set input = '{"a": 1}', input_hash = sha256(convert_to('{"a": 1}', 'UTF8'))
       where id = ${SECOND}`,
      { kind: 'changed' },
    ],
  ])('shows %s on its day alone', async (_what, statement, broken) => {
    await threeDays()
    await asOwner(statement)
    expect((await verify()).broken).toEqual([
      expect.objectContaining({ day: '2026-11-24', ...broken }),
    ])
  })

  test('shows an act that was put among the sealed days', async () => {
    await threeDays()
    await bank.rows(`
      insert into act (id, staff_id, channel, command, input, result, undoable, at)
      select gen_random_uuid(), staff_id, channel, command, input, result, undoable, at
      from act where id = ${SECOND}`)
    expect((await verify()).broken).toMatchObject([{ day: '2026-11-24', kind: 'count', found: 3 }])
  })
})

test('a role of PostgreSQL that owns nothing writes the trail and seals it, and changes nothing of it', async () => {
  const bank = await openBank('postgres')
  const role = `narrow_${randomUUID().slice(0, 8)}`
  await bank.rows(`create role ${role}`)
  // As docs/security.md has it.
  await bank.rows(`grant select, insert, update, delete on all tables in schema public to ${role}`)
  await bank.rows(`revoke update, delete, truncate on act, audit_seal from ${role}`)
  await bank.rows(`revoke insert, update, delete, truncate on audit_purge from ${role}`)
  await bank.rows(`grant update (undone_at, input, erased) on act to ${role}`)
  const asRole = <Result>(work: (tx: Queries) => Promise<Result>) =>
    bank.database.transaction(async (tx) => {
      await tx.$executeRawUnsafe(`set local role ${role}`)
      return work(tx)
    })
  const { now, today } = bank.app.services.moment()
  const act = { staff: randomUUID(), channel: 'console', command: 'help', input: {} } as const
  const noted = {
    ...act,
    id: randomUUID(),
    result: 'done',
    undoable: false,
    givenOut: null,
  } as const
  await asRole((tx) => noteActs(tx, [noted], now))
  await asRole((tx) => tx.$executeRaw`update act set undone_at = now()`)
  const tomorrow = addDays(today, 1)
  await asRole((tx) => noteActs(tx, [{ ...noted, id: randomUUID() }], new Date('2020-03-01')))
  expect(await asRole((tx) => sealDays(tx, { now, today: tomorrow, timezone: ZONE }))).toBe(2)
  const purge = (tx: Queries) => tx.$queryRaw<{ acts: number }[]>`
    select purge_audit_day('2020-03-01'::date, ${ZONE}) as acts`
  expect(await asRole(purge), 'a day whose term is over').toEqual([{ acts: 1 }])
  for (const statement of [
    'alter table act disable trigger act_stays',
    'update act set at = now()',
    'update act set input_hash = null',
    'delete from act',
    'truncate act',
    'update audit_seal set acts = 0',
    'delete from audit_seal',
    `insert into audit_purge values ('2020-03-01', '2020-03-01', '2020-03-02', now())`,
  ]) {
    await expect(asRole((tx) => tx.$executeRawUnsafe(statement))).rejects.toThrow(/denied|owner/)
  }
  await bank.rows(`drop owned by ${role}`)
  await bank.rows(`drop role ${role}`)
  await bank.close()
})
