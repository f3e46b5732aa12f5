import type { FactName, Facts } from './facts.ts'
import { type Condition, limitOf, type Standard } from './standard.ts'

export type Result = 'met' | 'failed' | 'unknown'

/** Three-valued truth (Kleene), with the facts that leave it open. */
export interface Truth {
  readonly result: Result
  readonly missing: readonly FactName[]
}

/** A condition, ready to be asked of any facts. */
export type Test = (facts: Facts) => Truth

const MET: Truth = { result: 'met', missing: [] }
const FAILED: Truth = { result: 'failed', missing: [] }
const open = (missing: readonly FactName[]): Truth => ({ result: 'unknown', missing })
const known = (holds: boolean): Truth => (holds ? MET : FAILED)

/** Failed as soon as one part is, open while one is, else met. */
export const allOf = (parts: readonly Truth[]): Truth => joined(parts, FAILED, MET, (part) => part)

/** Met as soon as one part is, open while one is, else failed. */
export const anyOf = (parts: readonly Truth[]): Truth => joined(parts, MET, FAILED, (part) => part)

/** Looks at no more parts than it takes. */
function joined<Part>(
  parts: readonly Part[],
  decisive: Truth,
  otherwise: Truth,
  truthOf: (part: Part) => Truth,
): Truth {
  let missing: readonly FactName[] | null = null
  for (const part of parts) {
    const truth = truthOf(part)
    if (truth.result === decisive.result) return decisive
    if (truth.result === 'unknown') {
      missing = missing ? [...missing, ...truth.missing] : truth.missing
    }
  }
  return missing ? open(missing) : otherwise
}

/** Reads a condition once, so that asking it of facts is quick. What is assumed stands in for what is not recorded. */
export function testOf(condition: Condition, standard: Standard): Test {
  if ('all' in condition) {
    const tests = condition.all.map((each) => testOf(each, standard))
    return (facts) => joined(tests, FAILED, MET, (test) => test(facts))
  }
  if ('any' in condition) {
    const tests = condition.any.map((each) => testOf(each, standard))
    return (facts) => joined(tests, MET, FAILED, (test) => test(facts))
  }
  if ('use' in condition) {
    const used = standard.conditions[condition.use]
    return used ? testOf(used, standard) : () => FAILED
  }
  if ('sum' in condition) return sumOf(condition, standard)
  const { fact } = condition
  const unrecorded = open([fact])
  const counts = standard.assumed[fact] ?? null
  const holds = holdsOf(condition, standard)
  return (facts) => {
    const value = facts[fact] ?? counts
    return value === null ? unrecorded : known(holds(value))
  }
}

function holdsOf(
  condition: Extract<Condition, { fact: FactName }>,
  standard: Standard,
): (value: boolean | number | string) => boolean {
  if ('is' in condition) return (value) => value === condition.is
  if ('oneOf' in condition) return (value) => condition.oneOf.includes(String(value))
  if ('between' in condition) {
    const [from, to] = condition.between
    return (value) => Number(value) >= from && Number(value) <= to
  }
  if ('atLeast' in condition) {
    const limit = limitOf(condition.atLeast, standard)
    return (value) => Number(value) >= limit
  }
  if ('atMost' in condition) {
    const limit = limitOf(condition.atMost, standard)
    return (value) => Number(value) <= limit
  }
  if ('above' in condition) {
    const limit = limitOf(condition.above, standard)
    return (value) => Number(value) > limit
  }
  const limit = limitOf(condition.below, standard)
  return (value) => Number(value) < limit
}

/** Holds as soon as the recorded parts reach the limit; is open while a part is missing. */
function sumOf({ sum, atLeast }: Extract<Condition, { sum: unknown }>, standard: Standard): Test {
  const limit = limitOf(atLeast, standard)
  return (facts) => {
    const total = sum.reduce((partial, name) => partial + Number(facts[name] ?? 0), 0)
    if (total >= limit) return MET
    const missing = sum.filter((name) => (facts[name] ?? null) === null)
    return missing.length > 0 ? open(missing) : FAILED
  }
}
