import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays, type Day } from '../../../../src/core/calendar/time.ts'
import type { Age, Ages } from '../../../../src/features/tier-rules/ages.ts'
import { testOf } from '../../../../src/features/tier-rules/conditions.ts'
import { FACT_NAMES } from '../../../../src/features/tier-rules/facts.ts'
import { decideKnown } from '../../../../src/features/tier-rules/known.ts'
import { withMark } from '../../../../src/features/tier-rules/marks.ts'
import { decideTier } from '../../../../src/features/tier-rules/rules.ts'
import { SHIPPED_PROSPECT } from '../../../../src/features/tier-rules/shipped-prospect.ts'
import { SHIPPED_EXISTING } from '../../../../src/features/tier-rules/shipped-standards.ts'
import type { Standard } from '../../../../src/features/tier-rules/standard.ts'
import { factsThen } from '../../../../src/features/tier-rules/store.ts'
import {
  columnOf,
  conditionSql,
  decidedTierSql,
  tierSql,
} from '../../../../src/features/tiers/batch/tier-sql.ts'
import type { Database } from '../../../../src/infra/database/index.ts'
import { DATABASES, openTestDatabase } from '../../../support/open.ts'
import { anyCondition, anyRecord, anyStandard, anyToday } from '../../tier-rules/any-standard.ts'

const RECORDS = 60

/** What is known of a client by what is recorded and by the mark of the industry. */
const knownOf = (
  record: Readonly<Record<string, unknown>>,
  { industries }: Standard,
  today: Day,
  knownOn = {},
) => {
  const { industry = null, ...recorded } = record
  return withMark(
    { facts: factsThen(recorded, today), knownOn },
    industry as string | null,
    industries,
  )
}

describe.each(DATABASES)('on %s', (name) => {
  let database: Database
  beforeAll(async () => {
    database = await openTestDatabase(name)
  })
  afterAll(() => database.close())

  /** The columns of what is recorded, and what SQL makes of each of them. */
  async function inSql<T>(
    expression: string,
    records: readonly Record<string, unknown>[],
    lasts: readonly (string | null)[] = records.map(() => null),
  ) {
    const rows = records.map((record) => ({
      ...Object.fromEntries(
        FACT_NAMES.map((fact) => [columnOf(fact).replace('facts.', ''), record[fact]]),
      ),
      as_of: record['asOf'] ?? {},
    }))
    const said = await database.prisma.$queryRawUnsafe<{ said: T }[]>(
      `select ${expression} as said
       from jsonb_populate_recordset(null::client_facts, $1::jsonb) with ordinality as facts
       join unnest($2::text[]) with ordinality as said (last, place) on place = ordinality
       join unnest($3::text[]) with ordinality as client (industry_code, number) on number = ordinality
       order by ordinality`,
      JSON.stringify(rows),
      lasts,
      records.map((record) => record['industry'] ?? null),
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
            const { tier, provisional } = decideTier(
              standard,
              knownOf(record, standard, today).facts,
            )
            return provisional ? `~${tier}` : tier
          })
          expect(await inSql<string>(tierSql(standard, today), records)).toEqual(expected)
        }),
        { numRuns },
      )
    },
  )

  test('facts that are too old count as unknown and move nobody, in SQL as in TypeScript', async () => {
    const aging = fc.constantFrom<Age>({ days: 1 }, { days: 45 }, { months: 18 })
    const ages = fc.record(Object.fromEntries(FACT_NAMES.map((name) => [name, aging])))
    const standards = fc
      .tuple(anyStandard, ages)
      .map(([standard, all]) => ({ ...standard, ages: all as Ages }))
    const cases = fc.tuple(standards, anyToday).chain(([standard, today]) => {
      const on = fc.option(fc.constantFrom(0, 2, 45, 46, 600).map((days) => addDays(today, -days)))
      const known = fc.record({
        record: anyRecord(today),
        knownOn: fc.record(Object.fromEntries(FACT_NAMES.map((name) => [name, on]))),
        last: fc.option(fc.constantFrom('T0', 'T1', 'T2', 'none', 'open')),
      })
      return fc.record({
        standard: fc.constant(standard),
        today: fc.constant(today),
        clients: fc.array(known, { minLength: RECORDS, maxLength: RECORDS }),
      })
    })
    let held = 0
    await fc.assert(
      fc.asyncProperty(cases, async ({ standard, today, clients }) => {
        const expected = clients.map(({ record, knownOn, last }) => {
          const days = Object.entries(knownOn).filter(([, day]) => day !== null)
          const known = knownOf(record, standard, today, Object.fromEntries(days))
          const about = { knownOn: known.knownOn, today, decided: last }
          const decided = decideKnown(standard, known.facts, about)
          const mark = decided.old.length > 0 ? '^' : decided.provisional ? '~' : ''
          held += decided.old.length > 0 ? 1 : 0
          return `${mark}${decided.tier}`
        })
        const said = await inSql<string>(
          decidedTierSql(standard, today, 'last'),
          clients.map(({ record, knownOn }) => ({ ...record, asOf: knownOn })),
          clients.map(({ last }) => last),
        )
        expect(said).toEqual(expected)
      }),
      { numRuns: 20 },
    )
    expect(held).toBeGreaterThan(100)
  })

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
          conditions.map(
            (each) => result[testOf(each, standard)(knownOf(record, standard, today).facts).result],
          ),
        )
        expect(await inSql(`jsonb_build_array(${all.join(', ')})`, records)).toEqual(expected)
      }),
      { numRuns: 16 },
    )
  })
})
