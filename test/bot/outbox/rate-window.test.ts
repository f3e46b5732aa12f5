import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { enqueue } from '../../../src/bot/outbox/enqueue.ts'
import { waitsOf } from '../../../src/bot/outbox/rate-window.ts'
import { createConsoleChannel } from '../../../src/channels/console/index.ts'
import { textCard } from '../../../src/core/card.ts'
import type { Channel } from '../../../src/core/chat.ts'
import type { Database } from '../../../src/infra/database/index.ts'
import { createLease, isHeld } from '../../../src/infra/lease.ts'
import { DATABASES, openTestDatabase } from '../../support/open.ts'

const NOW = new Date('2026-11-23T00:00:00Z')
const MINUTE = 60_000

describe.each(DATABASES)('on %s', (kind) => {
  let database: Database
  beforeAll(async () => {
    database = await openTestDatabase(kind)
  })
  afterAll(() => database.close())

  test.each([
    [[], 0, 'nothing was sent'],
    [[10, 20], 0, 'one more is allowed'],
    [[10, 20, 30], 30_000, 'until the first of the minute is past'],
    [[5, 10, 20, 30], 40_000, 'the third of late counts'],
    [[60, 61, 62], 0, 'a minute ago'],
    [[70, 80, 90, 100, 110], 3_600_000 - 110_000, 'as many as the hour allows'],
  ])('what was sent %j seconds ago holds up the next for %d ms: %s', async (ago, wait) => {
    await database.prisma.$executeRaw`delete from message`
    const letter = { channel: 'console', card: textCard('x'), onceKey: null, replaces: null }
    await enqueue(
      database.prisma,
      [...ago, 30].map((seconds, index) => {
        const notBefore = new Date(NOW.getTime() - seconds * 1000)
        return { ...letter, conversation: index < ago.length ? 'one' : 'another', notBefore }
      }),
      NOW,
    )
    await database.prisma.$executeRaw`update message set state = 'sent', sent_at = not_before`
    const channel = createConsoleChannel()
    const windows = [
      { most: 3, perMs: MINUTE },
      { most: 5, perMs: 60 * MINUTE },
    ]
    const paced = { ...channel, can: { ...channel.can, windows } }
    const next = [
      { id: 'a', channel: 'console', conversation: 'one' },
      { id: 'b', channel: 'console', conversation: 'nobody' },
    ]
    const waits = (one: Channel) => waitsOf(database.prisma, next, () => one, NOW)
    expect([...(await waits(paced))]).toEqual(wait ? [['a', wait]] : [])
    expect([...(await waits(channel))]).toEqual([])
  })

  test('a lease is one instance’s until it lapses or is given up', async () => {
    const [one, two] = [createLease(database.prisma, 'bot'), createLease(database.prisma, 'bot')]
    expect([await one.hold(), await two.hold(), await one.hold()]).toEqual([true, false, true])
    expect([await isHeld(database.prisma, 'bot'), await isHeld(database.prisma, 'x')]).toEqual([
      true,
      false,
    ])
    await database.prisma.$executeRaw`update lease set until = now() - interval '1 second'`
    expect([await two.hold(), await one.hold()]).toEqual([true, false])
    await two.release()
    expect(await one.hold()).toBe(true)
  })
})
