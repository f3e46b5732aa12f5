import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { DatabaseFault } from '../../src/infra/database/index.ts'
import { openPostgres } from '../../src/infra/database/postgres.ts'
import { freePort } from '../support/free-port.ts'
import { createDatabase } from '../support/postgres.ts'
import { openProxy, type Way } from '../support/proxy.ts'

let url: string
let proxy: Way
beforeEach(async () => {
  url = await createDatabase(inject('postgres'), inject('template'))
  proxy = await openProxy(url)
})
afterEach(() => proxy.close())

test('every session ends by itself what a vanished process would leave', async () => {
  const database = await openPostgres(url)
  const rows = await database.prisma.$queryRaw`
    select name, setting from pg_settings where name in ('lock_timeout', 'TimeZone',
      'idle_in_transaction_session_timeout', 'tcp_keepalives_idle', 'tcp_user_timeout') order by 1`
  expect(rows).toEqual([
    { name: 'TimeZone', setting: 'UTC' },
    { name: 'idle_in_transaction_session_timeout', setting: '60000' },
    { name: 'lock_timeout', setting: '20000' },
    { name: 'tcp_keepalives_idle', setting: '30' },
    { name: 'tcp_user_timeout', setting: '30000' },
  ])
  await database.close()
})

test('connections whose packets are swallowed are given up, and new ones serve', async () => {
  const database = await openPostgres(proxy.url)
  const ask = () => database.prisma.$queryRaw`select 1 as one`
  await Promise.all(Array.from({ length: 10 }, ask))
  proxy.swallow()
  const began = performance.now()
  const asked = await Promise.allSettled(Array.from({ length: 10 }, ask))
  expect(asked.map(({ status }) => status)).toContain('rejected')
  expect(await ask()).toEqual([{ one: 1 }])
  expect(performance.now() - began).toBeLessThan(60_000)
  await database.close()
}, 90_000)

test('a statement over the whole book may take longer than any other', async () => {
  const database = await openPostgres(`${url}`)
  const slow = database.wholeBook.$queryRaw`select pg_sleep(42)::text as slept`
  await expect(database.prisma.$queryRaw`select pg_sleep(60)::text`).rejects.toThrow('timeout')
  expect(await slow).toEqual([{ slept: '' }])
  await database.close()
}, 90_000)

test('a server that nobody finds is a sentence with its host and the setting, and no stack', async () => {
  const nobody = `postgresql://postgres:secret@127.0.0.1:${await freePort()}/bank`
  const fault = await openPostgres(nobody).catch((error: unknown) => error)
  expect(fault).toBeInstanceOf(DatabaseFault)
  expect(String(fault)).toContain('DATABASE_URL')
  expect(String(fault)).toContain(new URL(nobody).host)
  expect(String(fault)).toContain('ECONNREFUSED')
  expect(String(fault)).not.toContain('secret')
})

test.each([
  ['a wrong password', { password: 'wrong' }, /28P01|nothing/],
  ['no such database', { pathname: '/nowhere' }, /3D000/],
])('%s is a sentence at once, however long one would wait', async (_what, other, code) => {
  const own = Object.assign(new URL(url), other)
  // Test servers may trust whoever comes from this machine.
  const opened = await openPostgres(own.href, { waitMs: 60_000, say() {} }).then(
    async (database) => database.close().then(() => 'nothing'),
    (error: unknown) => String(error),
  )
  expect(opened).toMatch(code)
})

test('a server that comes up a little later is waited for, with a sentence each time', async () => {
  const port = new URL(proxy.url).port
  await proxy.close()
  const said: string[] = []
  const opening = openPostgres(proxy.url, { waitMs: 30_000, say: (each) => said.push(each) })
  await expect.poll(() => said.length).toBe(1)
  expect(said[0]).toContain(port)
  proxy = await openProxy(url, Number(port))
  await (await opening).close()
  expect(said.length).toBeLessThan(4)
}, 30_000)

// Wherever in the course of the migrations it is lost.
test.each([0, 200, 1000, 2500, 4000])(
  'a connection lost after %i bytes of the migrations is a sentence, and the next start goes on',
  async (bytes) => {
    const empty = await createDatabase(inject('postgres'), 'template0')
    const way = await openProxy(empty)
    way.cutAfter(bytes)
    await expect(openPostgres(way.url)).rejects.toThrow(DatabaseFault)
    way.cutAfter(null)
    const database = await openPostgres(way.url)
    expect(await database.prisma.received.count()).toBe(0)
    await database.close()
    await way.close()
  },
  60_000,
)

test('a table that is being read is waited for, and readers of it do not wait for that', async () => {
  const own = new pg.Client({ connectionString: url })
  await own.connect()
  await own.query(`update _prisma_migrations set rolled_back_at = now()
    where migration_name like '%event_attempts'`)
  await own.query('alter table received drop column attempts, drop column set_aside_at')
  await own.query('begin')
  await own.query('select count(*) from received')
  const opening = openPostgres(url)
  // A reader that comes while it waits is held up for some seconds at most.
  const reader = new pg.Client({ connectionString: url })
  await reader.connect()
  const began = performance.now()
  while (performance.now() - began < 8000) {
    const asked = performance.now()
    await reader.query('select count(*) from received')
    expect(performance.now() - asked).toBeLessThan(5000)
    await pause(200)
  }
  await own.query('commit')
  const database = await opening
  expect(await database.prisma.received.count()).toBe(0)
  await database.close()
  await Promise.all([own.end(), reader.end()])
}, 60_000)
