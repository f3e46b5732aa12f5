import { expect, test } from 'vitest'
import { NEW_ID } from '../../src/infra/database/new-id.ts'
import { DATABASES, openTestDatabase } from '../support/open.ts'

test.each(DATABASES)(
  'ids that %s makes are of version 7, of this time and in the order of making',
  async (kind) => {
    const database = await openTestDatabase(kind)
    const before = Date.now()
    const rows = await database.prisma.$queryRawUnsafe<{ id: string }[]>(
      `select ${NEW_ID}::text as id from generate_series(1, 20000)`,
    )
    const ids = rows.map(({ id }) => id)
    expect(new Set(ids).size).toBe(20000)
    for (const id of ids) {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      const madeAt = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
      expect(madeAt).toBeGreaterThanOrEqual(before - 1)
      expect(madeAt).toBeLessThanOrEqual(Date.now() + 1)
    }
    // An embedded database looks at a clock of milliseconds. What is made in one 4096th of a millisecond is in any order.
    const times = ids.map((id) => id.slice(0, 18))
    expect(times).toEqual(times.toSorted())
    await database.close()
  },
)
