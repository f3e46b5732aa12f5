/** @module-tag long */

import { beforeEach, describe, expect, test } from 'vitest'
import { newId } from '../src/core/ids.ts'
import type { Database } from '../src/infra/database/index.ts'
import { openPostgres } from '../src/infra/database/postgres.ts'
import { bankOn, CLIENTS } from './support/bank.ts'
import { KEYED } from './support/keyed.ts'
import { DATABASES, openTestDatabase } from './support/open.ts'
import { startService } from './support/service.ts'
import { until } from './support/until.ts'

describe.each(DATABASES)('a service on %s', (kind) => {
  let reopen: () => Promise<Database>
  beforeEach(async () => {
    const database = await openTestDatabase(kind)
    const { url } = database
    // One that is embedded stays open: opened anew it is by the tests of the command line.
    reopen = async () => (url ? openPostgres(url, KEYED) : { ...database, async close() {} })
    const bank = await bankOn(database, CLIENTS)
    await database.prisma.$executeRaw`
      update account set channel = 'web', conversation = 'web:' || external_id`
    await bank.close()
  })

  const sent = (database: Database) => database.prisma.message.count({ where: { state: 'sent' } })
  const MORNING = { MORNING_AT: '08:07' }
  const at = (time: string) => () => new Date(`2026-11-23T${time}+08:00`)

  test('that starts late in the morning catches the push up, once, also over a restart', async () => {
    for (const time of ['08:30:00', '09:00:00']) {
      const database = await reopen()
      const { app } = await startService(database, MORNING, at(time))
      await until(async () => expect(await sent(database)).toBe(2))
      await app.stop()
    }
    const database = await reopen()
    expect(await database.prisma.message.count()).toBe(2)
    await database.close()
  })

  test.each(['07:30:00', '13:00:00'])('that starts at %s does not push', async (time) => {
    const database = await reopen()
    const { app } = await startService(database, MORNING, at(time))
    // The job runs at either time, and finds that it is not the one for it.
    const ran = () =>
      database.prisma.$queryRaw`
        select 1 as ran from pgboss.job where name = 'push-morning' and state = 'completed'`
    await until(async () => expect(await ran()).toEqual([{ ran: 1 }]))
    await app.stop()
    const again = await reopen()
    const lists = { onceKey: { startsWith: 'morning:' } }
    expect(await again.prisma.message.count({ where: lists })).toBe(0)
    await again.close()
  })

  test('answers at its start what the last process stored and did not answer', async () => {
    const before = await reopen()
    await before.prisma.received.create({
      data: {
        id: newId(),
        channel: 'web',
        externalId: newId(),
        conversation: 'web:M1',
        sender: 'M1',
        shared: false,
        says: { kind: 'text', text: '查 张三' },
        receivedAt: at('07:00:00')(),
      },
    })
    await before.close()
    const database = await reopen()
    const { app } = await startService(database, {}, at('07:01:00'))
    // It does not wait for that with its start.
    await expect
      .poll(async () => JSON.stringify(await database.prisma.message.findMany()))
      .toContain('顺发五金店')
    await app.stop()
  })

  test('says that it is there', async () => {
    const { app, url } = await startService(await reopen())
    expect(await (await fetch(`${url}/healthz`)).text()).toBe('ok')
    await app.stop()
  })
})
