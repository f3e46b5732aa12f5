import { Engine, type NestedCondition, type RuleProperties } from 'json-rules-engine'
import pg from 'pg'
import {
  addMonths,
  type Day,
  monthsBetween,
  day as toDayOf,
} from '../../../src/core/calendar/time.ts'
import { testOf } from '../../../src/features/tier-rules/conditions.ts'
import { FACT_NAMES, type Facts } from '../../../src/features/tier-rules/facts.ts'
import {
  type Condition,
  limitOf,
  type Standard,
} from '../../../src/features/tier-rules/standard.ts'
import { columnOf } from '../../../src/features/tiers/batch/tier-sql.ts'

/**
 * What an expert writes for the shipped standard: one `update` by `case` over the same tables, each
 * rule stated once, provisional where an earlier one is open.
 */
export function handWritten(today: Day): string {
  const months = (count: number) => `'${addMonths(today, -count)}'::date`
  return `
    update client_tier as held
    set tier = said.tier, decided = said.tier, provisional = said.provisional, standard_version = 1,
      since = case when held.tier = said.tier then held.since else '${today}'::date end
    from (
      select client_id,
        case when f then 'F' when e then 'E' when a then 'A'
          when housed and credit_limit >= 500000 and usage_rate <= 0.5 then 'B'
          when housed and credit_limit > 500000 and credit_limit <= 800000 and usage_rate > 0.5 then 'C'
          when operating_since <= ${months(12)} and stable_home then 'D' else 'unclassified' end as tier,
        case when f then false when f is null then true when e then false when e is null then true
          when a then false when a is null then true
          when housed and credit_limit >= 500000 and usage_rate <= 0.5 then false
          when (housed and credit_limit >= 500000 and usage_rate <= 0.5) is null then true
          when housed and credit_limit > 500000 and credit_limit <= 800000 and usage_rate > 0.5 then false
          when (housed and credit_limit > 500000 and credit_limit <= 800000 and usage_rate > 0.5) is null then true
          when operating_since <= ${months(12)} and stable_home then false
          else (operating_since <= ${months(12)} and stable_home) is null end as provisional
      from client_facts as facts cross join lateral (
        select
          coalesce(credit_poor_high_risk, false) or industry_class = 'barred'
            or coalesce(malicious_overdue, false) or coalesce(judgment_debtor, false)
            or coalesce(evading_debt, false) or coalesce(loan_loss, false)
            or coalesce(restructured_not_repaying, false) or coalesce(transferred_not_repaying, false)
            or coalesce(named_by_risk, false)
            or industry_class = 'cautious' and (coalesce(malicious_overdue, false)
              or coalesce(major_litigation, false) or coalesce(vices, false)) as f,
          not coalesce(malicious_overdue, false) and not coalesce(major_litigation, false)
            and not coalesce(vices, false) and (coalesce(trend_declining, false)
              or industry_class = 'cautious' or coalesce(named_by_marketing, false)) as e,
          separate_finances and sound_governance and operating_since <= ${months(36)}
            and general_taxpayer and net_assets >= 3000000 and annual_sales >= 5000000
            and debt_ratio <= 0.7 and annual_invoiced >= 3000000 and credit_limit >= 800000 as a,
          operating_since <= ${months(12)} and (
              owns_home_in_province and home_value >= 300000
              or title_held_by_family and mortgage_since <= ${months(12)}
              or mortgage_since > ${months(12)} and car_value >= 100000
              or not home_has_title_deed and home_market_value >= 500000
              or home_value <= 300000 and (coalesce(home_value, 0) + coalesce(savings, 0)
                  + coalesce(car_value, 0) + coalesce(policy_value, 0) >= 300000
                or home_value + savings + car_value + policy_value >= 300000))
            or operating_since <= ${months(3)} and offers_collateral and collateral_ltv <= 0.7 as housed
      ) as rules
    ) as said
    where said.client_id = held.client_id
      and (held.decided, held.provisional) is distinct from (said.tier, said.provisional)`
}

/** Rows of all clients' facts, with what was said of them last, a few thousand at a time. */
async function* stream(url: string, limit: number) {
  const client = new pg.Client({ connectionString: url, options: '-c timezone=UTC' })
  await client.connect()
  const facts = FACT_NAMES.map((name) => `${columnOf(name)} as "${name}"`).join(', ')
  await client.query('begin')
  await client.query(
    `declare book no scroll cursor for select ${facts}, held.decided, held.provisional
     from client_facts as facts join client_tier as held using (client_id) limit ${limit}`,
  )
  for (;;) {
    const { rows } = await client.query('fetch 5000 from book')
    if (rows.length === 0) break
    yield rows as Record<string, unknown>[]
  }
  await client.query('rollback')
  await client.end()
}

const COUNTED = ['age', 'monthsOperating', 'mortgageMonthsPaid'] as const

/** Facts as the driver gives them: amounts are text there, and counts are days. */
function plainFacts(row: Record<string, unknown>, today: Day): Facts {
  const facts = { ...row }
  for (const [name, value] of Object.entries(row)) {
    if (typeof value === 'string' && /^-?\d+$/.test(value)) facts[name] = Number(value)
  }
  for (const name of COUNTED) {
    const from = row[name]
    if (from instanceof Date) {
      const months = monthsBetween(toDayOf(from.toISOString().slice(0, 10)), today)
      facts[name] = name === 'age' ? Math.floor(months / 12) : months
    }
  }
  return facts as Facts
}

/** The rules read once into closures that explain nothing: the tier, and whether an earlier one is open. */
export function closuresOf(standard: Standard): (facts: Facts) => readonly [string, boolean] {
  const rules = standard.tiers.map(({ tier, when, criteria }) => ({
    tier,
    test: testOf({ [when]: criteria.map(({ test }) => test) } as unknown as Condition, standard),
  }))
  return (facts) => {
    let provisional = false
    for (const { tier, test } of rules) {
      const { result } = test(facts)
      if (result === 'unknown') provisional = true
      if (result === 'met') return [tier, provisional]
    }
    return [standard.otherwise.none, provisional]
  }
}

/** Those closures, the book through a cursor: how many decisions differ. */
export async function byClosures(
  url: string,
  standard: Standard,
  today: Day,
  limit: number,
): Promise<number> {
  const decide = closuresOf(standard)
  let differ = 0
  for await (const rows of stream(url, limit)) {
    for (const row of rows) {
      const [said, provisional] = decide(plainFacts(row, today))
      if (said !== row['decided'] || provisional !== row['provisional']) differ++
    }
  }
  return differ
}

/** The same through `json-rules-engine`, which knows no third value: how many tiers differ. */
export async function byRulesEngine(
  url: string,
  standard: Standard,
  today: Day,
  limit: number,
): Promise<number> {
  const engine = new Engine(
    standard.tiers.map(({ tier, when, criteria }, place): RuleProperties => {
      const parts = criteria.map(({ test }) => nested(test, standard))
      return {
        conditions: when === 'all' ? { all: parts } : { any: parts },
        event: { type: tier },
        priority: standard.tiers.length - place,
        onSuccess: () => {
          engine.stop()
        },
      }
    }),
    { allowUndefinedFacts: true },
  )
  let differ = 0
  for await (const rows of stream(url, limit)) {
    for (const row of rows) {
      const facts: Record<string, unknown> = { ...plainFacts(row, today) }
      for (const [name, counts] of Object.entries(standard.assumed)) facts[name] ??= counts
      const { events } = await engine.run(facts)
      if ((events[0]?.type ?? standard.otherwise.none) !== row['decided']) differ++
    }
  }
  return differ
}

function nested(test: Condition, standard: Standard): NestedCondition {
  const part = (each: Condition) => nested(each, standard)
  if ('all' in test) return { all: test.all.map(part) }
  if ('any' in test) return { any: test.any.map(part) }
  if ('use' in test) return part(standard.conditions[test.use] ?? { any: [] })
  // It has no sums; the first part stands in, which is less work.
  if ('sum' in test) return number(test.sum[0] ?? '', 'greaterThanInclusive', 300_000)
  const { fact } = test
  if ('is' in test) return { fact, operator: 'equal', value: test.is }
  if ('oneOf' in test) return { fact, operator: 'in', value: [...test.oneOf] }
  if ('between' in test) return number(fact, 'greaterThanInclusive', test.between[0])
  if ('atLeast' in test)
    return number(fact, 'greaterThanInclusive', limitOf(test.atLeast, standard))
  if ('atMost' in test) return number(fact, 'lessThanInclusive', limitOf(test.atMost, standard))
  if ('above' in test) return number(fact, 'greaterThan', limitOf(test.above, standard))
  return number(fact, 'lessThan', limitOf(test.below, standard))
}

const number = (fact: string, operator: string, value: number): NestedCondition => ({
  fact,
  operator,
  value,
})
