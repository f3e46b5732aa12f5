import fc from 'fast-check'
import { addDays, addMonths, type Day, day } from '../../../src/core/calendar/time.ts'
import {
  FACT_NAMES,
  type FactName,
  factKind,
  INDUSTRY_CLASSES,
  rangeOf,
} from '../../../src/features/tier-rules/facts.ts'
import type { Marks } from '../../../src/features/tier-rules/marks.ts'
import type { Condition, Standard } from '../../../src/features/tier-rules/standard.ts'

/** Days on which months and years end unevenly, and ordinary ones. */
export const anyToday: fc.Arbitrary<Day> = fc
  .constantFrom(
    '2026-11-23',
    '2026-02-28',
    '2028-02-29',
    '2026-03-31',
    '2026-03-01',
    '2026-12-31',
    '2027-01-30',
    '2026-04-30',
  )
  .map(day)

const COUNTED: Partial<Record<FactName, number>> = {
  age: 12,
  monthsOperating: 1,
  mortgageMonthsPaid: 1,
}
const LIMITS: Record<string, readonly number[]> = {
  age: [0, 18, 25, 60],
  months: [0, 1, 3, 12, 24, 36],
  yuan: [0, 100_000, 300_000, 500_000, 500_000.5, 800_000],
  ratio: [0, 0.1, 0.3, 0.5, 0.7, 1],
}
const numbers = FACT_NAMES.filter((name) => rangeOf(name) !== null)
const yesNo = FACT_NAMES.filter((name) => factKind(name) === 'yes-no')
const money = FACT_NAMES.filter((name) => factKind(name) === 'yuan')

/** Industries of which the marks of `anyMarks` may speak, or may not. */
export const anyIndustry = fc.option(fc.constantFrom('H', 'H61', 'H62', 'J', 'J68', 'C13', 'K70'))
export const anyMarks: fc.Arbitrary<Marks> = fc.dictionary(
  fc.constantFrom('H', 'H61', 'H62', 'J', 'J68', 'C'),
  fc.constantFrom(...INDUSTRY_CLASSES),
)

/** What is recorded of a client on a day: by fact, with the day that a count starts from, and the industry; often nothing. */
export const anyRecord = (today: Day): fc.Arbitrary<Record<string, unknown>> =>
  fc.record(
    Object.fromEntries([
      ...FACT_NAMES.map((name) => [name, fc.option(recordedValue(name, today))]),
      ['industry', anyIndustry],
    ]),
  )

function recordedValue(name: FactName, today: Day): fc.Arbitrary<unknown> {
  if (name === 'nationality') return fc.constantFrom('CN', 'SG')
  if (name === 'industryClass') return fc.constantFrom(...INDUSTRY_CLASSES)
  const months = COUNTED[name]
  if (months) {
    const near = fc.constantFrom(...(LIMITS[factKind(name)] ?? []))
    return fc
      .tuple(near, fc.integer({ min: -3, max: 3 }))
      .map(([count, off]) => addDays(addMonths(today, -count * months), off))
  }
  if (factKind(name) === 'yes-no') return fc.boolean()
  const least = name === 'netAssets' ? [-200_000] : []
  const near = fc.constantFrom(
    ...least,
    ...(LIMITS[factKind(name)] ?? []).filter((n) => n !== 500_000.5),
  )
  const step = factKind(name) === 'ratio' ? 0 : 1
  return fc.tuple(near, fc.integer({ min: 0, max: step })).map(([value, more]) => value + more)
}

const anyLimit = (fact: FactName): fc.Arbitrary<number | string> => {
  const own = fc.constantFrom(...(LIMITS[factKind(fact)] ?? []))
  return factKind(fact) === 'yuan' ? fc.oneof(own, fc.constantFrom('low', 'high')) : own
}

const anyTest: fc.Arbitrary<Condition> = fc.oneof(
  fc.tuple(fc.constantFrom(...yesNo), fc.boolean()).map(([fact, is]): Condition => ({ fact, is })),
  fc
    .subarray([...INDUSTRY_CLASSES], { minLength: 1, maxLength: 3 })
    .map((oneOf): Condition => ({ fact: 'industryClass', oneOf })),
  fc.constant<Condition>({ fact: 'nationality', oneOf: ['CN', "O'"] }),
  fc
    .constantFrom(...numbers)
    .chain((fact) =>
      fc
        .tuple(fc.constantFrom('atLeast', 'atMost', 'above', 'below'), anyLimit(fact))
        .map(([by, limit]) => ({ fact, [by]: limit }) as unknown as Condition),
    ),
  fc.constant<Condition>({ fact: 'age', between: [25, 60] }),
  fc
    .tuple(fc.subarray(money, { minLength: 2, maxLength: 4 }), anyLimit('savings'))
    .map(([sum, atLeast]): Condition => ({ sum, atLeast })),
)

export const { anyCondition } = fc.letrec<{ anyCondition: Condition; parts: Condition[] }>(
  (tie) => ({
    parts: fc.array(tie('anyCondition'), { minLength: 1, maxLength: 3 }),
    anyCondition: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      { weight: 4, arbitrary: anyTest },
      { weight: 1, arbitrary: fc.constant<Condition>({ use: 'named' }) },
      { weight: 2, arbitrary: tie('parts').map((all): Condition => ({ all })) },
      { weight: 2, arbitrary: tie('parts').map((any): Condition => ({ any })) },
    ),
  }),
)

const LABEL = { zh: '条件', en: 'criterion' }

/** Standards of every shape that evaluation knows; not every one makes sense to a bank. */
export const anyStandard: fc.Arbitrary<Standard> = fc
  .record({
    named: anyTest,
    low: fc.constantFrom(0, 100_000, 300_000),
    high: fc.constantFrom(500_000, 800_000),
    assumed: fc
      .subarray(yesNo)
      .chain((names) =>
        fc
          .tuple(...names.map(() => fc.boolean()))
          .map((values) => Object.fromEntries(names.map((name, place) => [name, values[place]]))),
      ),
    ages: fc.dictionary(
      fc.constantFrom<FactName>('usageRate', 'annualSales', 'maliciousOverdue', 'stableHome'),
      fc.oneof(
        fc.record({ days: fc.constantFrom(1, 45) }),
        fc.record({ months: fc.constantFrom(1, 18) }),
      ),
    ),
    industries: anyMarks,
    rules: fc.array(
      fc.tuple(
        fc.constantFrom('all', 'any'),
        fc.array(anyCondition, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
      ),
      { minLength: 1, maxLength: 5 },
    ),
  })
  .map(({ named, low, high, assumed, ages, industries, rules }) => ({
    kind: 'existing',
    version: 1,
    params: { low: { value: low, label: LABEL }, high: { value: high, label: LABEL } },
    assumed,
    ages: { ...ages },
    industries,
    conditions: { named },
    tiers: rules.map(([when, tests, also], place) => ({
      tier: `T${place}`,
      when: when as 'all' | 'any',
      ...(also && place > 0 && { alsoAs: 'T0' }),
      criteria: tests.map((test, at) => ({
        id: `T${place}.${at}`,
        label: LABEL,
        test,
        attainable: true,
      })),
    })),
    otherwise: { none: 'none', open: 'open' },
    ladder: [],
  }))
