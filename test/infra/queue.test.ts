/** @module-tag slow */

import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../src/infra/database/index.ts'
import { createLog } from '../../src/infra/log.ts'
import { type Queue, startQueue } from '../../src/infra/queue.ts'
import { DATABASES, openTestDatabase } from '../support/open.ts'
import { until } from '../support/until.ts'

/** Of a quick pace. */
const start = (database: Database) =>
  startQueue(database, createLog('silent'), { poll: 0.5, retry: 1, look: 1 })

describe.each(DATABASES)('the queue on %s', (kind) => {
  let database: Database
  let queue: Queue
  beforeEach(async () => {
    database = await openTestDatabase(kind)
    queue = await start(database)
  })
  afterEach(async () => {
    await queue.stop()
    await database.close()
  })

  test('one name and key run once, however often they are asked for', async () => {
    const ran: unknown[] = []
    await queue.work('ring', async (input) => {
      ran.push(input)
    })
    await queue.once('ring', '2026-11-23', { turn: 1 })
    await queue.once('ring', '2026-11-23', { turn: 2 })
    await queue.once('ring', '2026-11-24', { turn: 3 })
    await until(() => expect(ran).toHaveLength(2))
    await queue.once('ring', '2026-11-23', { turn: 4 })
    expect(ran).toEqual(expect.arrayContaining([{ turn: 1 }, { turn: 3 }]))
  })

  test('a job that fails is tried again', async () => {
    let tries = 0
    await queue.work('fails', async () => {
      tries++
      if (tries === 1) throw new Error('once')
    })
    await queue.once('fails', 'a', {})
    await until(() => expect(tries).toBe(2))
  })

  test('a job that takes long is left to its process, and taken up by another once that is gone', async () => {
    const ran: string[] = []
    let end = () => {}
    await queue.work('long', async () => {
      ran.push('one')
      await new Promise<void>((resolve) => {
        end = resolve
      })
    })
    await queue.once('long', 'a', {})
    await until(() => expect(ran).toEqual(['one']))
    const other = await start(database)
    await other.work('long', async () => void ran.push('other'))
    const began = (column: string, ago: string) =>
      database.prisma.$executeRawUnsafe(`
      update pgboss.job set ${column} = ${column} - interval '${ago}' where name = 'long'`)
    await began('started_on', '20 minutes')
    await pause(2500)
    expect(ran).toEqual(['one'])
    // What kill -9 leaves: no sign of life. This process lives, and gives one now and then.
    await until(async () => {
      if (ran.length === 1) await began('heartbeat_on', '2 minutes')
      expect(ran).toEqual(['one', 'other'])
    })
    end()
    await other.stop()
  })

  test('a job enqueued with a transaction exists exactly if it does', async () => {
    const ran: unknown[] = []
    await queue.work('follow-up', async (input) => {
      ran.push(input)
    })
    const undone = database.transaction(async (tx) => {
      await queue.enqueue(tx, 'follow-up', { kept: false })
      throw new Error('undo')
    })
    await expect(undone).rejects.toThrow('undo')
    await database.transaction((tx) => queue.enqueue(tx, 'follow-up', { kept: true }))
    await until(() => expect(ran).toEqual([{ kept: true }]))
  })

  test('a job outlives the process that asked for it', async () => {
    await queue.work('later', async () => {
      throw new Error('not by this one')
    })
    await queue.stop()
    const again = await start(database)
    await again.once('later', 'a', { by: 'the next' })
    await again.stop()
    queue = await start(database)
    const ran: unknown[] = []
    await queue.work('later', async (input) => {
      ran.push(input)
    })
    await until(() => expect(ran).toEqual([{ by: 'the next' }]))
  })
})
