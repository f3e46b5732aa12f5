import { expect, test } from 'vitest'
import { CLOSED_BECAUSE, NO_NEXT } from '../../../../src/features/tasks/rules.ts'
import { DATABASES, openTestDatabase } from '../../../support/open.ts'

test.each(DATABASES)(
  '%s takes the reasons for having no next task that the code knows, and no other',
  async (kind) => {
    const database = await openTestDatabase(kind)
    const rows = await database.prisma.$queryRaw<{ of: string; check: string }[]>`
    select conrelid::regclass::text as of, pg_get_constraintdef(oid) as check from pg_constraint
     where contype = 'c' and pg_get_constraintdef(oid) like '%no_next%' order by 1`
    await database.close()
    const taken = rows.map(({ of, check }) => [
      of,
      [...check.matchAll(/'([\w-]+)'/g)].map(([, word]) => word),
    ])
    expect(taken).toEqual([
      ['outcome', NO_NEXT],
      ['task', CLOSED_BECAUSE],
      ['visit', NO_NEXT],
    ])
  },
)
