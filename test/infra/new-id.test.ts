import { expect, test } from 'vitest'
import { NEW_ID } from '../../src/infra/database/new-id.ts'
import { DATABASES, openTestDatabase } from '../support/open.ts'

test.each(DATABASES)(
  'ids that %s makes are of version 7 and of this time; those of PostgreSQL in the order of making',
  async (kind) => {
    const database = await openTestDatabase(kind)
    const before = Date.now()
    const rows = await database.prisma.$queryRawUnsafe<{ id: string }[]>(
      `select ${NEW_ID}::text as id from generate_series(1, 2000)`,
    )
    const ids = rows.map(({ id }) => id)
    expect(new Set(ids).size).toBe(2000)
    for (const id of ids) {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      const madeAt = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
      expect(madeAt).toBeGreaterThanOrEqual(before - 1)
      expect(madeAt).toBeLessThanOrEqual(Date.now() + 1)
    }
    // An embedded database looks at a clock of milliseconds. Of two looks at a finer one each may now and
    // then fall into a millisecond of its own.
    const out = ids.filter((id, place) => place > 0 && id < (ids[place - 1] ?? ''))
    if (kind === 'postgres') expect(out.length).toBeLessThan(200)
    await database.close()
  },
)
