import type { Language, Text } from '../../core/text.ts'
import { FACT_NAMES, type FactName, type Facts, type FactValue, factLabel } from './facts.ts'
import { type Condition, limitOf, type Standard, type Tier } from './standard.ts'

export type Result = 'met' | 'failed' | 'unknown'

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

/** Three-valued truth (Kleene), with the facts that leave it open. */
interface Truth {
  readonly result: Result
  readonly missing: readonly FactName[]
}

const MET: Truth = { result: 'met', missing: [] }
const FAILED: Truth = { result: 'failed', missing: [] }
const open = (missing: readonly FactName[]): Truth => ({ result: 'unknown', missing })
const known = (holds: boolean): Truth => (holds ? MET : FAILED)

function allOf(parts: readonly Truth[]): Truth {
  if (parts.some(({ result }) => result === 'failed')) return FAILED
  const missing = parts.flatMap((part) => part.missing)
  return parts.every(({ result }) => result === 'met') ? MET : open(missing)
}

function anyOf(parts: readonly Truth[]): Truth {
  if (parts.some(({ result }) => result === 'met')) return MET
  const missing = parts.flatMap((part) => part.missing)
  return parts.every(({ result }) => result === 'failed') ? FAILED : open(missing)
}

/** Whether a condition holds for these facts. */
export function evaluate(condition: Condition, facts: Facts, standard: Standard): Truth {
  if ('all' in condition) return allOf(condition.all.map((each) => evaluate(each, facts, standard)))
  if ('any' in condition) return anyOf(condition.any.map((each) => evaluate(each, facts, standard)))
  if ('use' in condition) {
    const used = standard.conditions[condition.use]
    return used ? evaluate(used, facts, standard) : FAILED
  }
  if ('sum' in condition) return evaluateSum(condition, facts, standard)
  const value = facts[condition.fact] ?? null
  if (value === null) return open([condition.fact])
  if ('is' in condition) return known(value === condition.is)
  if ('oneOf' in condition) return known(condition.oneOf.includes(String(value)))
  const number = Number(value)
  if ('between' in condition) {
    return known(number >= condition.between[0] && number <= condition.between[1])
  }
  if ('atLeast' in condition) return known(number >= limitOf(condition.atLeast, standard))
  if ('atMost' in condition) return known(number <= limitOf(condition.atMost, standard))
  if ('above' in condition) return known(number > limitOf(condition.above, standard))
  return known(number < limitOf(condition.below, standard))
}

/** Holds as soon as the recorded parts reach the limit; is open while a part is missing. */
function evaluateSum(
  { sum, atLeast }: Extract<Condition, { sum: unknown }>,
  facts: Facts,
  standard: Standard,
): Truth {
  const total = sum.reduce((partial, name) => partial + Number(facts[name] ?? 0), 0)
  if (total >= limitOf(atLeast, standard)) return MET
  const missing = sum.filter((name) => (facts[name] ?? null) === null)
  return missing.length > 0 ? open(missing) : FAILED
}

/** The tier of a client with these facts by this standard, and everything that explains it. */
export function decideTier(standard: Standard, recorded: Facts): TierDecision {
  const assumed = FACT_NAMES.filter(
    (name) => (recorded[name] ?? null) === null && standard.assumed[name] !== undefined,
  )
  const facts: Facts = {
    ...recorded,
    ...Object.fromEntries(assumed.map((name) => [name, standard.assumed[name]])),
  }
  const judged = standard.tiers.map((tier) => judge(tier, facts, standard))
  const place = judged.findIndex(({ truth }) => truth.result === 'met')
  const before = judged.slice(0, place < 0 ? undefined : place)
  const openBefore = before.filter(({ truth }) => truth.result === 'unknown')
  const tier =
    judged[place]?.tier.tier ?? standard.otherwise[openBefore.length > 0 ? 'open' : 'none']
  return {
    tier,
    provisional: openBefore.length > 0,
    missing: unique(openBefore.flatMap(({ truth }) => truth.missing)),
    assumed,
    criteria: judged.flatMap(({ results }) => results),
    next: nextStep(tier, judged, standard),
  }
}

const unique = (names: readonly FactName[]): FactName[] => [...new Set(names)]

interface Judged {
  readonly tier: Tier
  readonly truth: Truth
  readonly results: readonly CriterionResult[]
}

function judge(tier: Tier, facts: Facts, standard: Standard): Judged {
  const results = tier.criteria.map(({ id, label, test, attainable }): CriterionResult => {
    const { result, missing } = evaluate(test, facts, standard)
    const shown = shownOf(test, facts, standard)
    const through = throughOf(test, facts, standard)
    return {
      id,
      tier: tier.tier,
      label,
      result,
      ...shown,
      through,
      missing: unique(missing),
      attainable,
    }
  })
  const own = tier.when === 'all' ? allOf(results) : anyOf(results)
  const base = standard.tiers.find((each) => each.tier === tier.alsoAs)
  const truth = base ? allOf([own, judge(base, facts, standard).truth]) : own
  return { tier, truth, results }
}

/** The first way of several by which a condition holds: by its own name, or that of its fact. */
function throughOf(test: Condition, facts: Facts, standard: Standard): Text | null {
  const used = 'use' in test ? standard.conditions[test.use] : test
  if (!used || !('any' in used)) return null
  const met = used.any.find((each) => evaluate(each, facts, standard).result === 'met')
  if (met?.label) return met.label
  return met && 'fact' in met ? factLabel(met.fact) : null
}

/** The value and the limit that a test of one fact is about. */
function shownOf(
  test: Condition,
  facts: Facts,
  standard: Standard,
): Pick<CriterionResult, 'value' | 'limit' | 'by' | 'fact'> {
  if (!('fact' in test)) return { value: null, limit: null, by: null, fact: null }
  const { fact } = test
  const value = facts[fact] ?? null
  if ('is' in test) return { value, limit: test.is, by: 'is', fact }
  if ('oneOf' in test) return { value, limit: test.oneOf, by: 'one-of', fact }
  if ('between' in test) return { value, limit: test.between, by: 'between', fact }
  if ('atLeast' in test) return { value, limit: limitOf(test.atLeast, standard), by: '≥', fact }
  if ('atMost' in test) return { value, limit: limitOf(test.atMost, standard), by: '≤', fact }
  if ('above' in test) return { value, limit: limitOf(test.above, standard), by: '>', fact }
  return { value, limit: limitOf(test.below, standard), by: '<', fact }
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
