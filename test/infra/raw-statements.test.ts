import { PrismaPg } from '@prisma/adapter-pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Prisma, PrismaClient } from '../../src/generated/client.ts'
import type { Database, Queries } from '../../src/infra/database/index.ts'
import { connectionTo, openPostgres } from '../../src/infra/database/postgres.ts'
import { KEYED } from '../support/keyed.ts'
import { openTestDatabase } from '../support/open.ts'
import { until } from '../support/until.ts'

let database: Database
beforeAll(async () => {
  database = await openTestDatabase('postgres')
})
afterAll(() => database.close())

test('a raw statement of a transaction gives what Prisma gives', async () => {
  const given = {
    day: new Date('2026-11-23T00:00:00Z'),
    now: new Date('2026-11-23T23:59:59.123Z'),
    yuan: 12_345_678_901_234n,
    names: ['张三', 'a,"b\\', '{}'],
    body: { a: [1, null] },
  }
  const ask = (tx: Queries) => tx.$queryRaw<object[]>`
    select ${given.day}::date as day, ${given.now}::timestamptz as now,
      ${given.now}::timestamp as bare, ${given.yuan}::bigint as yuan, 1.50::numeric as rate,
      0.5::float8 as half, 7 as small, true as yes, null::text as none, '张三' as name,
      ${given.names}::text[] as names, array[1, null]::bigint[] as yuans,
      array[${given.day}::date, null] as days, array[${given.now}::timestamptz] as times,
      ${JSON.stringify(given.body)}::jsonb as body, ${'\\x00ff'}::bytea as bytes,
      '0199c0de-0000-7000-8000-000000000001'::uuid as id, array[]::uuid[] as ids,
      ${Prisma.sql`1 + ${2}::int`} as sum`
  const plain = new PrismaClient({ adapter: new PrismaPg(connectionTo(database.url ?? '')) })
  const theirs = await ask(plain)
  await plain.$disconnect()
  expect(theirs).toEqual([expect.objectContaining({ day: given.day, now: given.now })])
  expect(await database.transaction(ask)).toEqual(theirs)
  expect(await ask(database.prisma)).toEqual(theirs)
})

test('rows changed are counted, and text is run as it stands', async () => {
  const counts = await database.transaction(async (tx) => [
    await tx.$executeRaw`insert into setting (key, value) values ('a', '1'), ('b', '2')`,
    await tx.$executeRawUnsafe(`update setting set value = $1::jsonb where key = 'a'`, '3'),
    await tx.$queryRawUnsafe(`select value from setting where key in ('a', 'b') order by key`),
  ])
  expect(counts).toEqual([2, 1, [{ value: 3 }, { value: 2 }]])
})

test('connections that the server ends while they are idle are replaced', async () => {
  const { prisma, close } = await openPostgres(database.url ?? '', KEYED)
  const pids = await Promise.all(
    [1, 2].map(
      () =>
        prisma.$queryRaw<{ pid: number }[]>`select pg_backend_pid() as pid, pg_sleep(0.05)::text`,
    ),
  )
  const ended = await database.prisma.$queryRaw`
    select pg_terminate_backend(pid) from unnest(${pids.flat().map(({ pid }) => pid)}::int[]) as pid`
  expect(ended).toHaveLength(2)
  await until(async () => expect(await prisma.$queryRaw`select 1 as one`).toEqual([{ one: 1 }]))
  await close()
})

test('statements beyond those that are kept prepared are prepared too, and give what they say', async () => {
  const [answers, prepared] = await database.transaction(async (tx) => {
    const all: unknown[] = []
    for (let n = 0; n < 1100; n++) {
      all.push(...(await tx.$queryRawUnsafe<object[]>(`select ${n} as n`)))
    }
    all.push(...(await tx.$queryRawUnsafe<object[]>('select 0 as n')))
    const last = await tx.$queryRaw`
      select statement from pg_prepared_statements where statement = 'select 1099 as n'`
    return [all, last]
  })
  expect(answers).toEqual([...Array.from({ length: 1100 }, (_, n) => ({ n })), { n: 0 }])
  expect(prepared).toEqual([{ statement: 'select 1099 as n' }])
})
