import { type FactName, factKind, rangeOf } from '../../tier-rules/facts.ts'
import { type Condition, limitOf, type Standard, type Tier } from '../../tier-rules/standard.ts'

/** The values of one fact: of a number those from `from` to `to`, of others some words. */
export type Values =
  | { readonly from: number; readonly to: number; readonly above: boolean; readonly below: boolean }
  | { readonly words: readonly string[] }

/** Facts that hold together: each within its values, and sums that reach a limit. */
export interface Box {
  readonly facts: ReadonlyMap<FactName, Values>
  readonly sums: readonly { readonly of: readonly FactName[]; readonly atLeast: number }[]
}

/** More ways than this to meet a condition are not followed. */
const MOST_BOXES = 400

/** What is too large to be looked through; it is then taken to be fine. */
class TooMany extends Error {}

/** Every way to meet a condition, without those that contradict themselves; null when there are too many. */
export function boxesOf(test: Condition, standard: Standard): readonly Box[] | null {
  return limited(() => boxes(test, standard))
}

/** Every way to be in a tier by its own rule. */
export function boxesOfTier(tier: Tier, standard: Standard): readonly Box[] | null {
  return limited(() => ruleBoxes(tier, standard))
}

function limited(find: () => readonly Box[]): readonly Box[] | null {
  try {
    return find()
  } catch (error) {
    if (error instanceof TooMany) return null
    throw error
  }
}

function ruleBoxes(tier: Tier, standard: Standard): readonly Box[] {
  const parts = tier.criteria.map(({ test }) => boxes(test, standard))
  const own = tier.when === 'all' ? parts.reduce(both, [EVERYTHING]) : few(parts.flat())
  const base = standard.tiers.find((each) => each.tier === tier.alsoAs)
  return base ? both(own, ruleBoxes(base, standard)) : own
}

const EVERYTHING: Box = { facts: new Map(), sums: [] }

function few(found: readonly Box[]): readonly Box[] {
  if (found.length > MOST_BOXES) throw new TooMany()
  return found
}

const both = (some: readonly Box[], others: readonly Box[]): readonly Box[] =>
  few(some.flatMap((one) => others.flatMap((other) => together(one, other) ?? [])))

function boxes(test: Condition, standard: Standard): readonly Box[] {
  if ('all' in test) {
    return test.all.map((each) => boxes(each, standard)).reduce(both, [EVERYTHING])
  }
  if ('any' in test) return few(test.any.flatMap((each) => boxes(each, standard)))
  if ('use' in test) {
    const used = standard.conditions[test.use]
    return used ? boxes(used, standard) : []
  }
  if ('sum' in test) {
    const sum = { of: test.sum, atLeast: limitOf(test.atLeast, standard) }
    return reachable(EVERYTHING.facts, sum) ? [{ facts: new Map(), sums: [sum] }] : []
  }
  const values = valuesOf(test, standard)
  return isEmpty(values, test.fact) ? [] : [{ facts: new Map([[test.fact, values]]), sums: [] }]
}

/** The values that a test of one fact lets pass. */
function valuesOf(test: Extract<Condition, { fact: FactName }>, standard: Standard): Values {
  if ('is' in test) return { words: [String(test.is)] }
  if ('oneOf' in test) return { words: test.oneOf }
  const [least, most] = rangeOf(test.fact) ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  const span = (from: number, to: number, above = false, below = false): Values => ({
    from: Math.max(from, least),
    to: Math.min(to, most),
    above: above && from >= least,
    below: below && to <= most,
  })
  if ('between' in test) return span(...test.between)
  if ('atLeast' in test) return span(limitOf(test.atLeast, standard), most)
  if ('atMost' in test) return span(least, limitOf(test.atMost, standard))
  if ('above' in test) return span(limitOf(test.above, standard), most, true)
  return span(least, limitOf(test.below, standard), false, true)
}

/** Facts that are counted or are whole yuan have no value between two whole numbers. */
const isWhole = (fact: FactName): boolean => factKind(fact) !== 'ratio'

function isEmpty(values: Values, fact: FactName): boolean {
  if ('words' in values) return values.words.length === 0
  const { from, to, above, below } = values
  if (!isWhole(fact)) return from > to || (from === to && (above || below))
  return firstWhole(from, above) > lastWhole(to, below)
}

const firstWhole = (from: number, above: boolean) =>
  above ? Math.floor(from) + 1 : Math.ceil(from)
const lastWhole = (to: number, below: boolean) => (below ? Math.ceil(to) - 1 : Math.floor(to))

function common(one: Values, other: Values): Values {
  if ('words' in one || 'words' in other) {
    const words = 'words' in one ? one.words : []
    const allowed = 'words' in other ? other.words : []
    return { words: words.filter((each) => allowed.includes(each)) }
  }
  const from = Math.max(one.from, other.from)
  const to = Math.min(one.to, other.to)
  return {
    from,
    to,
    above: [one, other].some((each) => each.from === from && each.above),
    below: [one, other].some((each) => each.to === to && each.below),
  }
}

/** Both boxes at once; null when they contradict each other. */
function together(one: Box, other: Box): Box | null {
  const facts = new Map(one.facts)
  for (const [fact, values] of other.facts) {
    const before = facts.get(fact)
    const left = before ? common(before, values) : values
    if (isEmpty(left, fact)) return null
    facts.set(fact, left)
  }
  const sums = [...one.sums, ...other.sums]
  return sums.every((sum) => reachable(facts, sum)) ? { facts, sums } : null
}

/** Whether the parts of a sum can be so large. A part that nobody recorded counts as nothing. */
function reachable(facts: Box['facts'], { of, atLeast }: Box['sums'][number]): boolean {
  const most = of.map((fact) => {
    const values = facts.get(fact)
    if (values && 'to' in values) return values.to
    return rangeOf(fact)?.[1] ?? 0
  })
  return most.reduce((sum, part) => sum + part, 0) >= atLeast
}

/** What is looked at of a box before it is given up as not covered. */
const MOST_STEPS = 3000

/**
 * Whether whatever lies in the box lies in one of the others too, so that those never miss it. A
 * fact that only another box asks for may be unrecorded, and then that one does not hold.
 */
export function isCovered(box: Box, others: readonly Box[]): boolean {
  let steps = 0
  const covered = (left: Box, place: number): boolean => {
    if (++steps > MOST_STEPS) return false
    const at = others.findIndex((other, index) => index >= place && concerns(other, left))
    const other = others[at]
    if (!other) return false
    return outside(left, other).every((piece) => covered(piece, at + 1))
  }
  return covered(box, 0)
}

const concerns = (other: Box, box: Box): boolean =>
  [...other.facts.keys()].every((fact) => box.facts.has(fact)) &&
  other.sums.every((sum) =>
    box.sums.some(
      (own) =>
        own.atLeast >= sum.atLeast &&
        own.of.every((fact) => sum.of.includes(fact)) &&
        sum.of.every((fact) => own.of.includes(fact) || (rangeOf(fact)?.[0] ?? -1) >= 0),
    ),
  )

/** The pieces of a box that lie outside another, which asks for none but the box's own facts. */
function outside(box: Box, other: Box): Box[] {
  const pieces: Box[] = []
  let inside = box.facts
  for (const [fact, values] of other.facts) {
    const own = inside.get(fact)
    if (!own) continue
    for (const piece of less(own, values)) {
      if (!isEmpty(piece, fact))
        pieces.push({ facts: new Map([...inside, [fact, piece]]), sums: box.sums })
    }
    const left = common(own, values)
    if (isEmpty(left, fact)) return [box]
    inside = new Map([...inside, [fact, left]])
  }
  return pieces
}

/** Some values without others: what lies below and what lies above, or the words that are left. */
function less(values: Values, without: Values): Values[] {
  if ('words' in values) {
    const gone = 'words' in without ? without.words : []
    return [{ words: values.words.filter((each) => !gone.includes(each)) }]
  }
  if ('words' in without) return [values]
  return [
    common(values, { ...ALL, to: without.from, below: !without.above }),
    common(values, { ...ALL, from: without.to, above: !without.below }),
  ]
}

const ALL = {
  from: Number.NEGATIVE_INFINITY,
  to: Number.POSITIVE_INFINITY,
  above: false,
  below: false,
}
