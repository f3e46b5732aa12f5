import { type Text, text } from '../../../core/text.ts'
import { FACTS, type FactName, factKind, factLabel, rangeOf } from '../facts.ts'
import { tierLabel } from '../rules.ts'
import {
  type Condition,
  type Criterion,
  limitOf,
  partsOf,
  type Standard,
  type Tier,
  usedBy,
} from '../standard.ts'
import { type Box, boxesOf, boxesOfTier, isCovered } from './boxes.ts'

/** What is wrong with a standard, and where: the path to it in the document. */
export interface Fault {
  readonly path: readonly (string | number)[]
  readonly because: Text
}

type Path = Fault['path']

/**
 * Everything that makes a standard useless or ambiguous. What it cannot follow (hundreds of ways to
 * meet one rule) it lets pass; what it names is wrong.
 */
export function faultsOf(standard: Standard): Fault[] {
  const structural = [...loops(standard), ...namesTwice(standard), ...misfits(standard)]
  return structural.length > 0 ? structural : [...sameCriteria(standard), ...unreachable(standard)]
}

const fault = (path: Path, zh: string, en: string): Fault => ({ path, because: text(zh, en) })

/** Named conditions and tiers that lead back to themselves. */
function loops({ conditions, tiers }: Standard): Fault[] {
  const inLoop = (name: string, next: (name: string) => readonly string[]): boolean => {
    const seen = new Set<string>()
    const follow = (each: string): boolean => {
      if (each === name && seen.size > 0) return true
      if (seen.has(each)) return false
      seen.add(each)
      return next(each).some(follow)
    }
    return follow(name)
  }
  const uses = (name: string) => (conditions[name] ? usedBy(conditions[name]) : [])
  const bases = (name: string) => tiers.find((each) => each.tier === name)?.alsoAs ?? []
  return [
    ...Object.keys(conditions)
      .filter((name) => inLoop(name, uses))
      .map((name) =>
        fault(
          ['conditions', name],
          `条件组 ${name} 绕回了自己`,
          `the condition ${name} leads back to itself`,
        ),
      ),
    ...tiers.flatMap(({ tier }, index) =>
      inLoop(tier, (name) => [bases(name)].flat())
        ? [
            fault(
              ['tiers', index, 'alsoAs'],
              `层级 ${tier} 绕回了自己`,
              `the tier ${tier} leads back to itself`,
            ),
          ]
        : [],
    ),
  ]
}

/** Tiers and criteria whose name is taken, or means something else. */
function namesTwice({ tiers }: Standard): Fault[] {
  const ids = tiers.flatMap(({ criteria }, index) =>
    criteria.map(({ id }, place) => ({ id, path: ['tiers', index, 'criteria', place, 'id'] })),
  )
  const names = tiers.map(({ tier }, index) => ({ id: tier, path: ['tiers', index, 'tier'] }))
  const twice = (all: typeof ids) =>
    all
      .filter(({ id }, place) => all.findIndex((each) => each.id === id) < place)
      .map(({ id, path }) => fault(path, `"${id}" 已经用过`, `"${id}" is taken already`))
  const marked = names
    .filter(({ id }) => !/^[\p{L}\p{N}][\p{L}\p{N} +_-]*$/u.test(id))
    .map(({ id, path }) =>
      fault(path, `层级名 "${id}" 只能用文字和数字`, `"${id}": letters and digits only`),
    )
  return [...twice(ids), ...twice(names), ...marked]
}

/** Tests that do not fit their fact, and limits that it never reaches. */
function misfits(standard: Standard): Fault[] {
  const { conditions, tiers, assumed } = standard
  const roots: [Path, Condition][] = [
    ...Object.entries(conditions).map(([name, test]): [Path, Condition] => [
      ['conditions', name],
      test,
    ]),
    ...tiers.flatMap(({ criteria }, index) =>
      criteria.map(({ test }, place): [Path, Condition] => [
        ['tiers', index, 'criteria', place, 'test'],
        test,
      ]),
    ),
  ]
  const wrongly = Object.keys(assumed) as FactName[]
  return [
    ...roots.flatMap(([path, test]) => misfitsIn(path, test, standard)),
    ...wrongly
      .filter((name) => factKind(name) !== 'yes-no')
      .map((name) =>
        fault(
          ['assumed', name],
          `${factLabel(name).zh} 不是"是/否"，不能假定`,
          `${factLabel(name).en} is no yes or no and cannot be assumed`,
        ),
      ),
  ]
}

function misfitsIn(path: Path, test: Condition, standard: Standard): Fault[] {
  const key = 'all' in test ? 'all' : 'any'
  const parts = partsOf(test).flatMap((each, place) =>
    misfitsIn([...path, key, place], each, standard),
  )
  if ('sum' in test) {
    return test.sum
      .filter((name) => factKind(name) !== 'yuan')
      .map((name) =>
        fault(
          [...path, 'sum'],
          `${factLabel(name).zh} 不是金额，不能相加`,
          `${factLabel(name).en} is no amount and cannot be added up`,
        ),
      )
  }
  if (!('fact' in test)) return parts
  const { fact } = test
  const { zh, en } = factLabel(fact)
  if ('is' in test) {
    return factKind(fact) === 'yes-no'
      ? []
      : [fault([...path, 'is'], `${zh} 不是"是/否"`, `${en} is no yes or no`)]
  }
  if ('oneOf' in test) {
    const strange = test.oneOf.filter((word) => !FACTS[fact][0].safeParse(word).success)
    if (strange.length === 0) return []
    const words = strange.join('、')
    return [
      fault([...path, 'oneOf'], `${zh} 没有 "${words}"`, `${en} is never "${strange.join(', ')}"`),
    ]
  }
  const range = rangeOf(fact)
  if (!range) {
    return [fault(path, `${zh} 不是数，不能比大小`, `${en} is no number and has no size`)]
  }
  return numbersIn(test, standard)
    .filter(([, limit]) => !(limit >= range[0] && limit <= range[1]))
    .map(([of, limit]) =>
      fault(
        [...path, of],
        `${zh} 的限值 ${limit} 超出 ${range.join(' 到 ')}`,
        `the limit ${limit} of ${en} is outside ${range.join(' to ')}`,
      ),
    )
    .concat(
      'between' in test && test.between[0] > test.between[1]
        ? [fault([...path, 'between'], `${zh} 的下限大于上限`, `${en}: from is above to`)]
        : [],
    )
}

/** The limits of a test of a number, by the word that compares. */
function numbersIn(test: Condition, standard: Standard): [string, number][] {
  return (['between', 'atLeast', 'atMost', 'above', 'below'] as const).flatMap((of) => {
    const limit = (test as { readonly [of: string]: unknown })[of]
    if (limit === undefined) return []
    const limits = Array.isArray(limit) ? limit : [limit]
    return limits.map((each): [string, number] => [of, limitOf(each, standard)])
  })
}

/** Two criteria of a tier of which one is never decided otherwise than the other. */
function sameCriteria(standard: Standard): Fault[] {
  return standard.tiers.flatMap(({ criteria }, index) => {
    const ways = criteria.map(({ test }) => boxesOf(test, standard))
    return criteria.flatMap(({ id }, place) => {
      const twin = ways.findIndex((each, at) => at < place && isSame(each, ways[place] ?? null))
      const other = criteria[twin]
      return other
        ? [
            fault(
              ['tiers', index, 'criteria', place],
              `${id} 和 ${other.id} 永远是同一个结果`,
              `${id} and ${other.id} can never differ`,
            ),
          ]
        : []
    })
  })
}

const isSame = (some: readonly Box[] | null, others: readonly Box[] | null): boolean =>
  some !== null &&
  others !== null &&
  some.length > 0 &&
  others.length > 0 &&
  some.every((each) => isCovered(each, others)) &&
  others.every((each) => isCovered(each, some))

/** Criteria that cannot hold together, and tiers that nobody reaches past the earlier ones. */
function unreachable(standard: Standard): Fault[] {
  const rules = standard.tiers.map((tier) => ({ tier, ways: boxesOfTier(tier, standard) }))
  return rules.flatMap(({ tier, ways }, index) => {
    if (ways === null) return []
    const name = { zh: tierLabel(tier.tier, 'zh'), en: tierLabel(tier.tier, 'en') }
    if (ways.length === 0) return [contradiction(tier, index, name, standard)]
    const earlier = rules.slice(0, index)
    const known = earlier.flatMap((each) => each.ways ?? [])
    if (!ways.every((each) => isCovered(each, known))) return []
    const twin = earlier.find((each) => isSame(each.ways, ways))
    return [
      twin
        ? fault(
            ['tiers', index],
            `层级 ${name.zh} 和 ${tierLabel(twin.tier.tier, 'zh')} 的条件永远是同一个结果`,
            `the rules of ${name.en} and ${tierLabel(twin.tier.tier, 'en')} can never differ`,
          )
        : fault(
            ['tiers', index],
            `没有客户能到 ${name.zh}：符合条件的都已归入前面的层级`,
            `no client can be in ${name.en}: an earlier tier takes everybody who meets it`,
          ),
    ]
  })
}

function contradiction(tier: Tier, index: number, name: Text, standard: Standard): Fault {
  const { criteria } = tier
  const pair = (one: Criterion, other: Criterion) => {
    const test: Condition = one === other ? one.test : { all: [one.test, other.test] }
    return boxesOf(test, standard)?.length === 0
  }
  const place = criteria.findIndex((each, at) =>
    criteria.slice(0, at + 1).some((before) => pair(before, each)),
  )
  const found = criteria[place]
  const other = criteria.slice(0, place + 1).find((before) => found && pair(before, found))
  if (tier.when === 'all' && found && other) {
    const path = ['tiers', index, 'criteria', place]
    return other === found
      ? fault(path, `${found.id} 不可能满足`, `${found.id} can never be met`)
      : fault(
          path,
          `${found.id} 和 ${other.id} 不能同时满足，没有客户能到 ${name.zh}`,
          `${found.id} and ${other.id} contradict each other: no client can be in ${name.en}`,
        )
  }
  return fault(
    ['tiers', index],
    `${name.zh} 的条件互相矛盾，没有客户能到`,
    `the criteria of ${name.en} contradict each other: no client can be in it`,
  )
}
