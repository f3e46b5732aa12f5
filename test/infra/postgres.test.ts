/** @module-tag slow */

import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { DatabaseFault } from '../../src/infra/database/fault.ts'
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
  const database = await openPostgres(proxy.url)
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

test('a server that comes up a little later is waited for, with a sentence each time', {
  tags: ['slow'],
  timeout: 30_000,
}, async () => {
  const port = new URL(proxy.url).port
  await proxy.close()
  const said: string[] = []
  const opening = openPostgres(proxy.url, { waitMs: 30_000, say: (each) => said.push(each) })
  await expect.poll(() => said.length).toBe(1)
  expect(said[0]).toContain(port)
  proxy = await openProxy(url, Number(port))
  await (await opening).close()
  expect(said.length).toBeLessThan(4)
})

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
)
