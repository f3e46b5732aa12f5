import {
  addDays,
  addMonths,
  type Day,
  monthsBetween,
  yearsBetween,
} from '../../../core/calendar/time.ts'
import { listed, quoted } from '../../../infra/database/quoted.ts'
import type { FactName } from '../../tier-rules/facts.ts'
import { type Condition, limitOf, type Standard, type Tier } from '../../tier-rules/standard.ts'

// A standard is data (tier-rules/standard.ts). For a whole book it becomes one SQL expression, so that a
// million clients get their tiers without leaving the database; for one client tier-rules/rules.ts says the
// same with its reasons, and test/features/tiers/batch/tier-sql.test.ts holds the two against each other.
//
// What nobody recorded is null, and SQL's null is what Kleene's logic calls unknown: `false and unknown` is
// false, `true or unknown` is true, and everything else with an unknown part is unknown. So a criterion is
// met, failed or unknown, and so is a rule made of them.
//
// The tiers are tried from the best one down:
// - the rule is met: that tier.
// - the rule fails: on to the next tier; after the last one, `otherwise.none`.
// - the rule is unknown: the client may still belong there. The tier is then the next one whose rule is met
//   (`otherwise.open` where none is), marked with `~` as provisional.
// Nested CASEs evaluate each rule once, and only while no earlier one is met.
//
// Facts that grow with time (age, months in business) are not computed for each row: the day that is the limit
// for today is, once, and the column compared with it.

/** Before the name of a tier: it is provisional. */
export const PROVISIONAL = '~'

/**
 * A standard as one SQL expression over `facts` (a row of `client_facts`, or nulls): the name of the
 * tier, with `~` before it where it is provisional.
 */
export function tierSql(standard: Standard, today: Day): string {
  const { tiers, otherwise } = standard
  const rules = tiers.map((tier) => ({ name: tier.tier, met: ruleSql(tier, standard, today) }))
  const provisional = (from: number): string => {
    const cases = rules
      .slice(from)
      .map(({ name, met }) => `when ${met} then ${quoted(PROVISIONAL + name)}`)
    const open = quoted(PROVISIONAL + otherwise.open)
    return cases.length > 0 ? `case ${cases.join(' ')} else ${open} end` : open
  }
  return rules.reduceRight(
    (final, { name, met }, place) =>
      `case ${met} when true then ${quoted(name)} when false then ${final} else ${provisional(place + 1)} end`,
    quoted(otherwise.none),
  )
}

function ruleSql(tier: Tier, standard: Standard, today: Day): string {
  const own = joined(
    tier.criteria.map(({ test }) => conditionSql(test, standard, today)),
    tier.when === 'all' ? 'and' : 'or',
  )
  const base = standard.tiers.find((each) => each.tier === tier.alsoAs)
  return base ? `(${own} and ${ruleSql(base, standard, today)})` : own
}

const joined = (parts: readonly string[], by: 'and' | 'or'): string => `(${parts.join(` ${by} `)})`

/** A condition as a SQL truth value. */
export function conditionSql(test: Condition, standard: Standard, today: Day): string {
  const part = (each: Condition) => conditionSql(each, standard, today)
  if ('all' in test) return joined(test.all.map(part), 'and')
  if ('any' in test) return joined(test.any.map(part), 'or')
  if ('use' in test) {
    const used = standard.conditions[test.use]
    return used ? part(used) : 'false'
  }
  if ('sum' in test) {
    const atLeast = number(limitOf(test.atLeast, standard))
    const columns = test.sum.map(columnOf)
    const recorded = columns.map((column) => `coalesce(${column}, 0)`)
    // Null as soon as a part is missing, unless the recorded parts reach the limit.
    return `(${recorded.join(' + ')} >= ${atLeast} or ${columns.join(' + ')} >= ${atLeast})`
  }
  const { fact } = test
  if ('is' in test) return truth(fact, test.is, standard)
  if ('oneOf' in test) return `${columnOf(fact)} in (${listed(test.oneOf)})`
  const compare = (by: '>=' | '<=' | '>' | '<', limit: number) => compared(fact, by, limit, today)
  if ('between' in test) {
    const [from, to] = test.between
    return `(${compare('>=', from)} and ${compare('<=', to)})`
  }
  if ('atLeast' in test) return compare('>=', limitOf(test.atLeast, standard))
  if ('atMost' in test) return compare('<=', limitOf(test.atMost, standard))
  if ('above' in test) return compare('>', limitOf(test.above, standard))
  return compare('<', limitOf(test.below, standard))
}

function truth(fact: FactName, is: boolean, { assumed }: Standard): string {
  const column = columnOf(fact)
  const value = assumed[fact] === undefined ? column : `coalesce(${column}, ${assumed[fact]})`
  return is ? value : `not ${value}`
}

const COUNTED_FROM: Partial<
  Record<FactName, { column: string; count: typeof monthsBetween; months: number }>
> = {
  age: { column: 'born_on', count: yearsBetween, months: 12 },
  monthsOperating: { column: 'operating_since', count: monthsBetween, months: 1 },
  mortgageMonthsPaid: { column: 'mortgage_since', count: monthsBetween, months: 1 },
}

/** The column of a fact; a fact that is counted from a day has that day's column. */
export const columnOf = (fact: FactName): string =>
  `facts.${COUNTED_FROM[fact]?.column ?? fact.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`

function compared(fact: FactName, by: '>=' | '<=' | '>' | '<', limit: number, today: Day): string {
  const counted = COUNTED_FROM[fact]
  if (!counted) return `${columnOf(fact)} ${by} ${number(limit)}`
  // A count is at least n when the day it counts from is not after some day.
  const upward = by === '>=' || by === '>'
  const least = by === '>=' || by === '<' ? Math.ceil(limit) : Math.floor(limit) + 1
  const latest = latestDay(
    (from) => counted.count(from, today) >= least,
    today,
    -least * counted.months,
  )
  return `${columnOf(fact)} ${upward ? '<=' : '>'} ${quoted(latest)}::date`
}

/** The last day that something holds for which holds for all earlier ones; found near a guess. */
function latestDay(holds: (from: Day) => boolean, today: Day, months: number): Day {
  let last = addMonths(today, months)
  while (!holds(last)) last = addDays(last, -1)
  while (holds(addDays(last, 1))) last = addDays(last, 1)
  return last
}

const number = (value: number): string =>
  Number.isInteger(value) ? `${value}::bigint` : `${quoted(String(value))}::float8`
