import {
  addDays,
  addMonths,
  type Day,
  monthsBetween,
  yearsBetween,
} from '../../../core/calendar/time.ts'
import { listed, quoted } from '../../../infra/database/quoted.ts'
import { ADVERSE, freshFrom } from '../../tier-rules/ages.ts'
import { type FactName, factColumn } from '../../tier-rules/facts.ts'
import { codesByMark } from '../../tier-rules/marks.ts'
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
// A fact that is older than it may be counts as null. Age alone moves nobody, so where that leads elsewhere
// than what is recorded, the tier that was said last holds, marked with `^`: `decidedTierSql`, which says what
// tier-rules/known.ts does.
//
// Facts that grow with time (age, months in business) are not computed for each row: the day that is the limit
// for today is, once, and the column compared with it.

/** Before the name of a tier: it is provisional. */
export const PROVISIONAL = '~'
/** Before the name of a tier: it holds, provisionally, as it hangs on facts that are too old. */
export const ON_OLD_FACTS = '^'

/** The name of a tier in a code. */
export const tierOf = (code: string): string =>
  `ltrim(${code}, ${quoted(PROVISIONAL + ON_OLD_FACTS)})`

/** What stands for a fact in SQL. */
type ColumnOf = (fact: FactName) => string

/**
 * A standard as one SQL expression over `client`, `facts` (a row of `client_facts`, or nulls) and `last`, what was
 * said of the client last (SQL, without marks; null when nothing was): the name of the tier with its mark.
 */
export function decidedTierSql(standard: Standard, today: Day, last: string): string {
  const believed = tierSql(standard, today)
  const ageing = ageingFacts(standard)
  if (ageing.length === 0) return believed
  const old = ageing.map((fact) => oldSql(fact, standard, today)).join(' or ')
  const known = tierSql(standard, today, (fact) =>
    ageing.includes(fact)
      ? `(case when ${oldSql(fact, standard, today)} then null else ${knownSql(fact, standard)} end)`
      : knownSql(fact, standard),
  )
  // Evaluated for those alone of whom a fact is too old.
  return `case when facts.as_of <> '{}' and (${old}) then (
      select case when known = believed or ${last} is null then known
        when ${tierOf('known')} = ${last} then ${quoted(ON_OLD_FACTS)} || ${last}
        else ${quoted(ON_OLD_FACTS)} || ${tierOf('believed')} end
      from (select ${known} as known, ${believed} as believed offset 0) as judged)
    else ${believed} end`
}

/** Facts whose age can make a difference: not those that count as what they age to be. */
const ageingFacts = ({ ages, assumed }: Standard): FactName[] =>
  (Object.keys(ages) as FactName[]).filter(
    (fact) => !(ADVERSE.has(fact) && assumed[fact] === false),
  )

/** Whether a recorded fact is older than it may be; days as text are in the order of the calendar. */
function oldSql(fact: FactName, { ages }: Standard, today: Day): string {
  const from = freshFrom(ages[fact] ?? { days: 1 }, today)
  const recorded = ADVERSE.has(fact)
    ? `${columnOf(fact)} is false`
    : `${columnOf(fact)} is not null`
  return `(${recorded} and coalesce(facts.as_of ->> ${quoted(fact)} < ${quoted(from)} collate "C", false))`
}

/**
 * A standard as one SQL expression over `client` and `facts` (a row of `client_facts`, or nulls): the name of the
 * tier, with `~` before it where it is provisional.
 */
export function tierSql(
  standard: Standard,
  today: Day,
  column: ColumnOf = (fact) => knownSql(fact, standard),
): string {
  const { tiers, otherwise } = standard
  const rules = tiers.map((tier) => ({
    name: tier.tier,
    met: ruleSql(tier, standard, today, column),
  }))
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

function ruleSql(tier: Tier, standard: Standard, today: Day, column: ColumnOf): string {
  const own = joined(
    tier.criteria.map(({ test }) => conditionSql(test, standard, today, column)),
    tier.when === 'all' ? 'and' : 'or',
  )
  const base = standard.tiers.find((each) => each.tier === tier.alsoAs)
  return base ? `(${own} and ${ruleSql(base, standard, today, column)})` : own
}

const joined = (parts: readonly string[], by: 'and' | 'or'): string => `(${parts.join(` ${by} `)})`

/** A condition as a SQL truth value. */
export function conditionSql(
  test: Condition,
  standard: Standard,
  today: Day,
  column: ColumnOf = (fact) => knownSql(fact, standard),
): string {
  const part = (each: Condition) => conditionSql(each, standard, today, column)
  if ('all' in test) return joined(test.all.map(part), 'and')
  if ('any' in test) return joined(test.any.map(part), 'or')
  if ('use' in test) {
    const used = standard.conditions[test.use]
    return used ? part(used) : 'false'
  }
  if ('sum' in test) {
    const atLeast = number(limitOf(test.atLeast, standard))
    const columns = test.sum.map(column)
    const recorded = columns.map((each) => `coalesce(${each}, 0)`)
    // Null as soon as a part is missing, unless the recorded parts reach the limit.
    return `(${recorded.join(' + ')} >= ${atLeast} or ${columns.join(' + ')} >= ${atLeast})`
  }
  const { fact } = test
  if ('is' in test) return truth(column(fact), test.is, standard.assumed[fact])
  if ('oneOf' in test) return `${column(fact)} in (${listed(test.oneOf)})`
  const compare = (by: '>=' | '<=' | '>' | '<', limit: number) =>
    compared(fact, by, limit, today, column)
  if ('between' in test) {
    const [from, to] = test.between
    return `(${compare('>=', from)} and ${compare('<=', to)})`
  }
  if ('atLeast' in test) return compare('>=', limitOf(test.atLeast, standard))
  if ('atMost' in test) return compare('<=', limitOf(test.atMost, standard))
  if ('above' in test) return compare('>', limitOf(test.above, standard))
  return compare('<', limitOf(test.below, standard))
}

function truth(column: string, is: boolean, assumed: boolean | undefined): string {
  const value = assumed === undefined ? column : `coalesce(${column}, ${assumed})`
  return is ? value : `not ${value}`
}

const COUNTED_FROM: Partial<Record<FactName, { count: typeof monthsBetween; months: number }>> = {
  age: { count: yearsBetween, months: 12 },
  monthsOperating: { count: monthsBetween, months: 1 },
  mortgageMonthsPaid: { count: monthsBetween, months: 1 },
}

/** The column of a fact; a fact that is counted from a day has that day's column. */
export const columnOf = (fact: FactName): string => `facts.${factColumn(fact)}`

/** What counts as a fact, over `facts` and `client`: of the class of an industry, the mark where none is recorded. */
export function knownSql(fact: FactName, { industries }: Standard): string {
  if (fact !== 'industryClass') return columnOf(fact)
  const cases = codesByMark(industries).flatMap(([mark, codes]) =>
    codes.length > 0
      ? [`when client.industry_code in (${listed(codes)}) then ${quoted(mark)}`]
      : [],
  )
  return `coalesce(${columnOf(fact)}, case ${cases.join(' ')} end)`
}

function compared(
  fact: FactName,
  by: '>=' | '<=' | '>' | '<',
  limit: number,
  today: Day,
  column: ColumnOf,
): string {
  const counted = COUNTED_FROM[fact]
  if (!counted) return `${column(fact)} ${by} ${number(limit)}`
  // A count is at least n when the day it counts from is not after some day.
  const upward = by === '>=' || by === '>'
  const least = by === '>=' || by === '<' ? Math.ceil(limit) : Math.floor(limit) + 1
  const latest = latestDay(
    (from) => counted.count(from, today) >= least,
    today,
    -least * counted.months,
  )
  return `${column(fact)} ${upward ? '<=' : '>'} ${quoted(latest)}::date`
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
