import type { Language, Text } from '../../core/text.ts'
import { allOf, anyOf, type Result, type Test, type Truth, testOf } from './conditions.ts'
import { FACT_NAMES, type FactName, type Facts, type FactValue, factLabel } from './facts.ts'
import { type Condition, limitOf, type Standard, type Tier } from './standard.ts'

/** What became of one criterion. For a condition on several facts `value` and `limit` are null. */
export interface CriterionResult {
  readonly id: string
  readonly tier: string
  readonly label: Text
  readonly result: Result
  readonly value: FactValue | null
  readonly limit: FactValue | readonly FactValue[] | null
  /** How value and limit are compared. */
  readonly by: 'is' | 'one-of' | 'between' | '≥' | '≤' | '>' | '<' | null
  readonly fact: FactName | null
  /** Which of several ways made it met; null where there is only one. */
  readonly through: Text | null
  /** The facts that nobody recorded and that leave it open. */
  readonly missing: readonly FactName[]
  readonly attainable: boolean
}

export interface TierDecision {
  readonly tier: string
  /** A rule of higher precedence is open, so a missing fact could change the tier. */
  readonly provisional: boolean
  readonly missing: readonly FactName[]
  /** Unrecorded facts that the standard counts as something until they are recorded. */
  readonly assumed: readonly FactName[]
  readonly criteria: readonly CriterionResult[]
  /**
   * What would lift the client: the criteria of a better tier that are not met, or, in a tier that
   * adverse facts lead to, those criteria, which would have to cease. Null at the top.
   */
  readonly next: { readonly tier: string; readonly needs: readonly CriterionResult[] } | null
}

/** The tier of a client with these facts by this standard, and everything that explains it. */
export function decideTier(standard: Standard, recorded: Facts): TierDecision {
  const { assumptions, rules } = readOnce(standard)
  const judged = rules.map((rule) => judge(rule, recorded, standard.assumed))
  const place = judged.findIndex(({ truth }) => truth.result === 'met')
  const before = judged.slice(0, place < 0 ? undefined : place)
  const openBefore = before.filter(({ truth }) => truth.result === 'unknown')
  const tier =
    judged[place]?.tier.tier ?? standard.otherwise[openBefore.length > 0 ? 'open' : 'none']
  return {
    tier,
    provisional: openBefore.length > 0,
    missing: unique(openBefore.flatMap(({ truth }) => truth.missing)),
    assumed: assumptions.filter((name) => (recorded[name] ?? null) === null),
    criteria: judged.flatMap(({ results }) => results),
    next: nextStep(tier, judged, standard),
  }
}

const unique = (names: readonly FactName[]): readonly FactName[] =>
  names.length > 1 ? [...new Set(names)] : names

/** A tier with its criteria read once, and the rule of the tier it must also be met as. */
interface Rule {
  readonly tier: Tier
  readonly criteria: readonly {
    readonly says: Pick<
      CriterionResult,
      'id' | 'tier' | 'label' | 'limit' | 'by' | 'fact' | 'attainable'
    >
    readonly test: Test
    readonly ways: readonly { readonly test: Test; readonly label: Text | null }[]
  }[]
  readonly base: Rule | null
}

interface Read {
  readonly assumptions: readonly FactName[]
  readonly rules: readonly Rule[]
}

const readBefore = new WeakMap<Standard, Read>()

function readOnce(standard: Standard): Read {
  const before = readBefore.get(standard)
  if (before) return before
  const ruleOf = (tier: Tier): Rule => {
    const base = standard.tiers.find((each) => each.tier === tier.alsoAs)
    return {
      tier,
      criteria: tier.criteria.map(({ id, label, test, attainable }) => ({
        says: { id, tier: tier.tier, label, attainable, ...comparisonOf(test, standard) },
        test: testOf(test, standard),
        ways: waysOf(test, standard),
      })),
      base: base ? ruleOf(base) : null,
    }
  }
  const read: Read = {
    assumptions: FACT_NAMES.filter((name) => standard.assumed[name] !== undefined),
    rules: standard.tiers.map(ruleOf),
  }
  readBefore.set(standard, read)
  return read
}

interface Judged {
  readonly tier: Tier
  readonly truth: Truth
  readonly results: readonly CriterionResult[]
}

function judge(rule: Rule, facts: Facts, assumed: Standard['assumed']): Judged {
  const { tier, criteria, base } = rule
  const results = criteria.map(({ says, test, ways }): CriterionResult => {
    const { result, missing } = test(facts)
    const { id, tier: of, label, limit, by, fact, attainable } = says
    const counts = fact === null ? null : (assumed[fact] ?? null)
    return {
      id,
      tier: of,
      label,
      result,
      value: fact === null ? null : (facts[fact] ?? counts),
      limit,
      by,
      fact,
      through:
        result === 'met' && ways.length > 0
          ? (ways.find((way) => way.test(facts).result === 'met')?.label ?? null)
          : null,
      missing: unique(missing),
      attainable,
    }
  })
  const own = tier.when === 'all' ? allOf(results) : anyOf(results)
  return { tier, truth: base ? allOf([own, judge(base, facts, assumed).truth]) : own, results }
}

/** The several ways by which a condition may hold: each by its own name, or that of its fact. */
function waysOf(test: Condition, standard: Standard): Rule['criteria'][number]['ways'] {
  const used = 'use' in test ? standard.conditions[test.use] : test
  if (!used || !('any' in used)) return []
  return used.any.map((each) => ({
    test: testOf(each, standard),
    label: each.label ?? ('fact' in each ? factLabel(each.fact) : null),
  }))
}

/** How a test of one fact compares it, and with what. */
function comparisonOf(
  test: Condition,
  standard: Standard,
): Pick<CriterionResult, 'limit' | 'by' | 'fact'> {
  if (!('fact' in test)) return { limit: null, by: null, fact: null }
  const { fact } = test
  if ('is' in test) return { limit: test.is, by: 'is', fact }
  if ('oneOf' in test) return { limit: test.oneOf, by: 'one-of', fact }
  if ('between' in test) return { limit: test.between, by: 'between', fact }
  if ('atLeast' in test) return { limit: limitOf(test.atLeast, standard), by: '≥', fact }
  if ('atMost' in test) return { limit: limitOf(test.atMost, standard), by: '≤', fact }
  if ('above' in test) return { limit: limitOf(test.above, standard), by: '>', fact }
  return { limit: limitOf(test.below, standard), by: '<', fact }
}

function nextStep(
  current: string,
  judged: readonly Judged[],
  standard: Standard,
): TierDecision['next'] {
  const { ladder } = standard
  const own = judged.find(({ tier }) => tier.tier === current)
  if (own && !ladder.includes(current)) return without(own, judged, standard)
  for (const name of ladder.slice(ladder.indexOf(current) + 1)) {
    const target = judged.find(({ tier }) => tier.tier === name)
    if (!target) continue
    const base = judged.find(({ tier }) => tier.tier === target.tier.alsoAs)
    const needs = [...(base?.results ?? []), ...target.results].filter(
      ({ result }) => result !== 'met',
    )
    const blocked = needs.some(({ result, attainable }) => result === 'failed' && !attainable)
    if (!blocked && needs.length > 0) return { tier: name, needs }
  }
  return null
}

/** Out of a tier that adverse facts lead to: what holds would have to cease. */
function without(own: Judged, judged: readonly Judged[], standard: Standard): TierDecision['next'] {
  const later = judged.slice(judged.indexOf(own) + 1)
  const then = later.find(({ truth }) => truth.result === 'met')
  const needs = own.results.filter(({ result, attainable }) => result === 'met' && attainable)
  return { tier: then?.tier.tier ?? standard.otherwise.none, needs }
}

/** Who approves moves into and out of a tier; of two that are concerned risk decides. */
export type ApproverRole = 'marketing' | 'risk'
export const APPROVED_BY: Readonly<Record<ApproverRole, readonly string[]>> = {
  risk: ['F'],
  marketing: ['A', 'E'],
}

/** Who approves a move; null when it holds at once, as a first tier and moves among B, C, D do. */
export function approverOf(from: string | null, to: string): ApproverRole | null {
  if (from === null || from === to) return null
  const concerned = (role: ApproverRole) =>
    APPROVED_BY[role].includes(from) || APPROVED_BY[role].includes(to)
  return concerned('risk') ? 'risk' : concerned('marketing') ? 'marketing' : null
}

const TIER_NAMES: Readonly<Record<string, Text>> = {
  A: { zh: 'A 重点', en: 'A key' },
  B: { zh: 'B 潜力', en: 'B potential' },
  C: { zh: 'C 维护', en: 'C maintained' },
  D: { zh: 'D 普惠', en: 'D inclusive' },
  E: { zh: 'E 调整', en: 'E adjust' },
  F: { zh: 'F 淘汰', en: 'F exit' },
  unclassified: { zh: '未分层', en: 'unclassified' },
  premium: { zh: '优质目标', en: 'premium target' },
  ordinary: { zh: '普通目标', en: 'ordinary target' },
  none: { zh: '非目标', en: 'not a target' },
  undetermined: { zh: '待判定', en: 'undetermined' },
}

/** A tier as people call it; one that the bank added by its own name. */
export const tierLabel = (tier: string, language: Language): string =>
  TIER_NAMES[tier]?.[language] ?? tier
