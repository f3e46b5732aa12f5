import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../src/infra/database/index.ts'
import { createRateLimits } from '../../src/infra/limits/rate-limits.ts'
import { createSharedCounts, forgetCounts } from '../../src/infra/limits/shared-counts.ts'
import { DATABASES, openTestDatabase } from '../support/open.ts'

const LIMITS = { guess: { points: 5, duration: 600 }, text: { points: 3, duration: 60 } }

/** Held up, and for no longer than the span. */
const withinSpan = (seconds: number) => seconds > 0 && seconds <= 60

describe.each(DATABASES)('limits of all instances together on %s', (kind) => {
  let database: Database
  beforeAll(async () => {
    database = await openTestDatabase(kind)
  })
  afterAll(() => database.close())

  const sealed = async (key: string) => `sealed ${key.length}`
  const instance = () => createRateLimits(LIMITS, createSharedCounts(database.prisma, sealed))

  test.each([1, 2, 3])('%i of them let five through, and say how long to wait', async (count) => {
    await database.prisma.$executeRaw`delete from rate_count`
    const instances = Array.from({ length: count }, instance)
    const waits = await Promise.all(
      Array.from({ length: 12 }, (_, n) => instances[n % count]?.take('guess', 'phone')),
    )
    expect(waits.filter((wait) => wait === 0)).toHaveLength(5)
    expect(waits.filter((wait) => wait && wait > 590 && wait <= 600)).toHaveLength(7)
    // Somebody else, and another limit, are not held up.
    expect(await instances[0]?.take('guess', 'another')).toBe(0)
    expect(await instances[0]?.take('text', 'phone')).toBe(0)
  })

  test('one that was started anew knows what the others counted, and a span ends', async () => {
    await database.prisma.$executeRaw`delete from rate_count`
    for (let n = 0; n < 3; n++) expect(await instance().take('text', 'phone')).toBe(0)
    const late = instance()
    expect(await late.take('text', 'phone')).toSatisfy(withinSpan)
    expect(await late.taken('text', 'phone')).toBe(4)
    await database.prisma.$executeRaw`update rate_count set until = now() - interval '1 second'`
    expect(await instance().take('text', 'phone')).toBe(0)
  })

  test.each(['1 millisecond', '1 hour'])(
    'a clock set back by %s holds nobody up for longer',
    async (back) => {
      await database.prisma.$executeRaw`delete from rate_count`
      for (let n = 0; n < 3; n++) expect(await instance().take('text', 'phone')).toBe(0)
      await database.prisma.$executeRaw`update rate_count set until = until + ${back}::interval`
      expect(await instance().take('text', 'phone')).toSatisfy(withinSpan)
    },
  )

  test('no key stands there as it is, and what is over is forgotten', async () => {
    await instance().take('guess', '13800138000')
    const rows = await database.prisma.rateCount.findMany()
    expect(JSON.stringify(rows)).not.toContain('13800138000')
    await database.prisma.$executeRaw`update rate_count set until = now() - interval '1 second'`
    expect(await forgetCounts(database.prisma)).toBe(rows.length)
  })
})
