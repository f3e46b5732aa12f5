/** @module-tag slow */

import { PGlite } from '@electric-sql/pglite'
import { PrismaPGlite } from 'pglite-prisma-adapter'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PrismaClient } from '../../src/generated/client.ts'
import { pgliteAdapter } from '../../src/infra/database/pglite-adapter.ts'

let pglite: PGlite
let prisma: PrismaClient
beforeAll(async () => {
  pglite = await PGlite.create()
  await pglite.exec(
    'create table setting (key text primary key, value jsonb, updated_at timestamptz)',
  )
  prisma = new PrismaClient({ adapter: pgliteAdapter(pglite) })
})
afterAll(async () => {
  await prisma.$disconnect()
  await pglite.close()
})

const prepared = async (): Promise<string[]> => {
  const { rows } = await pglite.query<{ statement: string }>(
    'select statement from pg_prepared_statements where from_sql = false',
  )
  return rows.map(({ statement }) => statement)
}

test('gives what the package gives', async () => {
  const at = new Date('2026-11-23T23:59:59.123Z')
  const ask = (client: PrismaClient) => client.$queryRaw<object[]>`
    select ${at}::date as day, ${at}::timestamptz as now, ${at}::timestamp as bare,
      ${12_345_678_901_234n}::bigint as yuan, 1.50::numeric as rate, ${0.5}::float8 as half,
      ${7}::int as small, ${true}::bool as yes, ${null}::text as none, ${'张三'} as name,
      ${['张三', 'a,"b\\', '{}']}::text[] as names, array[1, null]::bigint[] as yuans,
      array[${at}::date, null] as days, ${JSON.stringify({ a: [1, null] })}::jsonb as body,
      ${new Uint8Array([0, 255])}::bytea as bytes,
      ${'0199c0de-0000-7000-8000-000000000001'}::uuid as id, array[]::uuid[] as ids`
  const plain = new PrismaClient({ adapter: new PrismaPGlite(pglite) })
  const theirs = await ask(plain)
  expect(theirs).toEqual([expect.objectContaining({ name: '张三', now: at })])
  for (let time = 0; time < 7; time++) expect(await ask(prisma)).toEqual(theirs)
  expect(await prisma.$transaction((tx) => ask(tx as PrismaClient))).toEqual(theirs)
})

test('prepares a statement once, and says once what is very long', async () => {
  for (let time = 0; time < 3; time++) await prisma.$queryRaw`select ${time}::int as time`
  expect((await prepared()).filter((each) => each.includes('as time'))).toHaveLength(1)
  const long = `select 1 as one -- ${'长'.repeat(20_000)}`
  expect(await prisma.$queryRawUnsafe(long)).toEqual([{ one: 1 }])
  expect((await prepared()).filter((each) => each.includes('as one'))).toEqual([])
})

test('counts the rows that were changed', async () => {
  const insert = (key: string) => prisma.$executeRaw`insert into setting (key) values (${key})`
  expect([await insert('a'), await insert('b')]).toEqual([1, 1])
  expect(await prisma.$executeRaw`delete from setting`).toBe(2)
})

test('what fails undoes its transaction, and is said again as before', async () => {
  const divide = (by: number) => prisma.$queryRaw`select 1 / ${by}::int as share`
  await expect(divide(0)).rejects.toThrow('division by zero')
  expect(await divide(1)).toEqual([{ share: 1 }])
  const twice = prisma.$transaction(async (tx) => {
    await tx.$executeRaw`insert into setting (key) values ('twice')`
    await tx.$executeRaw`insert into setting (key) values ('twice')`
  })
  await expect(twice).rejects.toMatchObject({
    meta: { driverAdapterError: { cause: { originalCode: '23505' } } },
  })
  expect(await prisma.$queryRaw`select key from setting`).toEqual([])
  await expect(prisma.$queryRaw`select nowhere from setting`).rejects.toThrow('nowhere')
})

test('keeps five hundred, and then begins anew', async () => {
  for (let place = 0; place < 501; place++) await prisma.$queryRawUnsafe(`select ${place} as place`)
  expect((await prepared()).length).toBeLessThanOrEqual(500)
  expect(await prisma.$queryRawUnsafe('select 3 as place')).toEqual([{ place: 3 }])
})
