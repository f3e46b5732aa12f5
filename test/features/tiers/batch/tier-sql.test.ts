import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testOf } from '../../../../src/features/tier-rules/conditions.ts'
import { FACT_NAMES } from '../../../../src/features/tier-rules/facts.ts'
import { decideTier } from '../../../../src/features/tier-rules/rules.ts'
import { SHIPPED_PROSPECT } from '../../../../src/features/tier-rules/shipped-prospect.ts'
import { SHIPPED_EXISTING } from '../../../../src/features/tier-rules/shipped-standards.ts'
import { factsThen } from '../../../../src/features/tier-rules/store.ts'
import { columnOf, conditionSql, tierSql } from '../../../../src/features/tiers/batch/tier-sql.ts'
import type { Database } from '../../../../src/infra/database/index.ts'
import { DATABASES, openTestDatabase } from '../../../support/open.ts'
import { anyCondition, anyRecord, anyStandard, anyToday } from '../../tier-rules/any-standard.ts'

const RECORDS = 60

describe.each(DATABASES)('on %s', (name) => {
  let database: Database
  beforeAll(async () => {
    database = await openTestDatabase(name)
  })
  afterAll(() => database.close())

  /** The columns of what is recorded, and what SQL makes of each of them. */
  async function inSql<T>(expression: string, records: readonly Record<string, unknown>[]) {
    const rows = records.map((record) =>
      Object.fromEntries(
        FACT_NAMES.map((fact) => [columnOf(fact).replace('facts.', ''), record[fact]]),
      ),
    )
    const said = await database.prisma.$queryRawUnsafe<{ said: T }[]>(
      `select ${expression} as said
       from jsonb_populate_recordset(null::client_facts, $1::jsonb) with ordinality as facts
       order by ordinality`,
      JSON.stringify(rows),
    )
    return said.map((row) => row.said)
  }

  test.each([
    ['any standard', anyStandard, 25],
    ['the shipped standards', fc.constantFrom(SHIPPED_EXISTING, SHIPPED_PROSPECT), 10],
  ])(
    '%s says in SQL what it says in TypeScript, of any facts',
    async (_what, standards, numRuns) => {
      const cases = fc.tuple(standards, anyToday).chain(([standard, today]) =>
        fc.record({
          standard: fc.constant(standard),
          today: fc.constant(today),
          records: fc.array(anyRecord(today), { minLength: RECORDS, maxLength: RECORDS }),
        }),
      )
      await fc.assert(
        fc.asyncProperty(cases, async ({ standard, today, records }) => {
          const expected = records.map((record) => {
            const { tier, provisional } = decideTier(standard, factsThen(record, today))
            return provisional ? `~${tier}` : tier
          })
          expect(await inSql<string>(tierSql(standard, today), records)).toEqual(expected)
        }),
        { numRuns },
      )
    },
  )

  test('any condition is met, failed or open in SQL as it is in TypeScript', async () => {
    const cases = anyToday.chain((today) =>
      fc.record({
        today: fc.constant(today),
        standard: anyStandard,
        conditions: fc.array(anyCondition, { minLength: 20, maxLength: 20 }),
        records: fc.array(anyRecord(today), { minLength: RECORDS, maxLength: RECORDS }),
      }),
    )
    const result = { met: true, failed: false, unknown: null }
    await fc.assert(
      fc.asyncProperty(cases, async ({ today, standard: drawn, conditions, records }) => {
        const standard = { ...drawn, assumed: {} }
        const all = conditions.map((each) => conditionSql(each, standard, today))
        const expected = records.map((record) =>
          conditions.map((each) => result[testOf(each, standard)(factsThen(record, today)).result]),
        )
        expect(await inSql(`jsonb_build_array(${all.join(', ')})`, records)).toEqual(expected)
      }),
      { numRuns: 16 },
    )
  })
})
