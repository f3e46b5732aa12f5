/** @module-tag long */

import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { describe, expect, inject, test } from 'vitest'
import { openPostgres } from '../../src/infra/database/postgres.ts'
import { lived } from '../support/lived.ts'
import { createDatabase } from '../support/postgres.ts'
import { openProxy } from '../support/proxy.ts'
import { until } from '../support/until.ts'

const create = () => createDatabase(inject('postgres'), inject('template'))

/** A twentieth of what the service allows a statement. */
const IMPATIENT = { waitMs: 0, queryMs: 2000, say() {} }

// They take the seconds that the product waits, so they wait beside each other.
describe.concurrent('PostgreSQL', () => {
  test('connections whose packets are swallowed are given up, and new ones serve', async () => {
    const proxy = await openProxy(await create())
    const database = await openPostgres(proxy.url, IMPATIENT)
    const ask = () => database.prisma.$queryRaw`select 1 as one`
    await until(() => Promise.all(Array.from({ length: 10 }, ask)))
    proxy.swallow()
    const took = lived()
    const asked = await Promise.allSettled(Array.from({ length: 10 }, ask))
    expect(asked.map(({ status }) => status)).toContain('rejected')
    await until(async () => expect(await ask()).toEqual([{ one: 1 }]))
    expect(took()).toBeLessThan(10_000)
    await database.close()
    await proxy.close()
  })

  test('a statement over the whole book may take longer than any other', async () => {
    const database = await openPostgres(await create(), IMPATIENT)
    const slow = database.wholeBook.$queryRaw`select pg_sleep(3)::text as slept`
    await expect(database.prisma.$queryRaw`select pg_sleep(20)::text`).rejects.toThrow('timeout')
    expect(await slow).toEqual([{ slept: '' }])
    await database.close()
  })

  test('a table that is being read is waited for, and readers of it do not wait for that', async () => {
    const url = await create()
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
    await reader.query(`set statement_timeout = '5s'`)
    const began = performance.now()
    while (performance.now() - began < 8000) {
      await reader.query('select count(*) from received')
      await pause(200)
    }
    await own.query('commit')
    const database = await opening
    expect(await database.prisma.received.count()).toBe(0)
    await database.close()
    await Promise.all([own.end(), reader.end()])
  })
})
