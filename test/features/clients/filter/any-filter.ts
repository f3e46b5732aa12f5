import fc from 'fast-check'
import { NAMED_PERIODS, type Period } from '../../../../src/core/calendar/period.ts'
import { addDays, type Day } from '../../../../src/core/calendar/time.ts'
import { newId } from '../../../../src/core/ids.ts'
import {
  type Condition,
  type Filtered,
  WORTHS,
} from '../../../../src/features/clients/filter/rules.ts'
import { CLIENT_KINDS, CLIENT_SOURCES } from '../../../../src/features/clients/rules.ts'

/** What clients of the property may be of: ids of staff with their units, of entries, and so on. */
export interface World {
  readonly today: Day
  readonly owners: readonly { readonly id: string; readonly unitPath: string }[]
  readonly entries: Readonly<Record<'region' | 'cluster' | 'industry', readonly string[]>>
  /** By each of which a client of an entry is found, in order. */
  readonly foundBy: ReadonlyMap<string, readonly string[]>
}

const TIERS = ['A', 'B', 'C', 'F', 'premium', 'unclassified']
const PRODUCTS = ['payroll', 'settlement-card', 'pos']
const SHARES = [0, 0.1, 0.3, 0.5, 0.8, 1]
const YUAN = [0, 100_000, 500_000, 800_000, 1_200_000]
/** Days around the limits of the periods below. */
const NEAR = [-400, -91, -60, -59, -31, -30, -7, -6, -1, 0, 1, 6, 7, 30, 31, 90]

const some = <T>(values: readonly T[]) => fc.subarray([...values], { minLength: 1 })
const maybe = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values))

/** A client of that world; `ended` are products held once. */
export const anyClient = ({ today, owners, entries, foundBy }: World) => {
  const found = (entry: string | null) => (entry === null ? [] : (foundBy.get(entry) ?? []))
  const around = maybe(NEAR).map((days) => (days === null ? null : addDays(today, days)))
  return fc
    .record({
      owner: fc.constantFrom(...owners),
      kind: fc.constantFrom(...CLIENT_KINDS),
      tier: maybe(TIERS),
      held: fc.subarray(PRODUCTS),
      // The last day on which it was held, or null: it is.
      until: maybe([-1, 0, 1]),
      usage: maybe(SHARES),
      limit: maybe(YUAN),
      deposits: maybe(YUAN),
      income: maybe([-10_000, ...YUAN]),
      creditEndsOn: around,
      loanDueOn: around,
      region: maybe(entries.region),
      cluster: maybe(entries.cluster),
      industry: maybe(entries.industry),
      source: fc.constantFrom(...CLIENT_SOURCES),
      lastContactOn: around,
      enteredOn: fc
        .constantFrom(...NEAR.filter((days) => days <= 0))
        .map((days) => addDays(today, days)),
      nextTaskOn: around,
      address: maybe(['城东路8号']),
      savings: maybe([10_000]),
    })
    .map(({ owner, held, until, region, cluster, industry, address, savings, ...rest }) => {
      const missing = (address === null ? 1 : 0) + (savings === null ? 1 : 0)
      const client: Filtered = {
        ...rest,
        id: newId(),
        products: until === null || until >= 0 ? held : [],
        places: { region: found(region), cluster: found(cluster), industry: found(industry) },
        ownerId: owner.id,
        unitPath: owner.unitPath,
        missing: rest.kind === 'lapsed' ? null : missing,
      }
      return {
        client,
        of: { region, cluster, industry },
        held,
        until: until === null ? null : addDays(today, until),
        address,
        savings,
      }
    })
}
export type AnyClient = ReturnType<typeof anyClient> extends fc.Arbitrary<infer Each> ? Each : never

const anyPeriod = (today: Day): fc.Arbitrary<Period> =>
  fc.oneof(
    fc.constantFrom(...NAMED_PERIODS),
    fc.constantFrom({ ahead: 0 }, { ahead: 30 }, { back: 1 }, { back: 7 }),
    fc
      .tuple(fc.constantFrom(...NEAR), fc.nat(60))
      .map(([days, long]) => ({ from: addDays(today, days), until: addDays(today, days + long) })),
  )

const anyBounds = (values: readonly number[]) => {
  const limit = fc.constantFrom(...values)
  return fc.oneof(
    limit.map((atLeast) => ({ atLeast })),
    limit.map((above) => ({ above })),
    limit.map((below) => ({ below })),
    fc.tuple(limit, limit).map(([atLeast, atMost]) => ({ atLeast, atMost })),
  )
}

/** Any condition on such clients. */
export const anyCondition = ({ today, owners, entries }: World): fc.Arbitrary<Condition> => {
  const named = (ids: readonly string[]) => some(ids.map((id) => ({ id, name: '某' })))
  const paths = owners.map(({ unitPath }) => unitPath)
  return fc.oneof(
    some(TIERS).map((among) => ({ by: 'tier', among }) as const),
    some(CLIENT_KINDS).map((among) => ({ by: 'kind', among }) as const),
    some(CLIENT_SOURCES).map((among) => ({ by: 'source', among }) as const),
    fc
      .tuple(fc.constantFrom(...PRODUCTS), fc.boolean())
      .map(([code, held]) => ({ by: 'product', code, held }) as const),
    anyBounds(SHARES).map((is) => ({ by: 'usage', is }) as const),
    anyBounds(YUAN).map((is) => ({ by: 'limit', is }) as const),
    fc
      .tuple(fc.constantFrom(...WORTHS), anyBounds(YUAN))
      .map(([of, is]) => ({ by: 'worth', of, is }) as const),
    anyPeriod(today).map((each) => ({ by: 'credit-ends', in: each }) as const),
    anyPeriod(today).map((each) => ({ by: 'loan-due', in: each }) as const),
    anyPeriod(today).map((each) => ({ by: 'entered', in: each }) as const),
    ...(['region', 'cluster', 'industry'] as const).map((register) =>
      named(entries[register]).map((among) => ({ by: 'place', register, among }) as const),
    ),
    fc.constantFrom(...paths).map((path) => ({ by: 'unit', path, name: '某' }) as const),
    named(owners.map(({ id }) => id)).map((among) => ({ by: 'owner', among }) as const),
    fc.constantFrom(1, 7, 30, 60).map((days) => ({ by: 'uncontacted', days }) as const),
    fc.boolean().map((is) => ({ by: 'complete', is }) as const),
    fc.boolean().map((is) => ({ by: 'next-task', is }) as const),
  )
}
