import { type Text, text } from '../../../core/text.ts'
import { FACTS, type FactName, factKind, factLabel, rangeOf } from '../../tier-rules/facts.ts'
import {
  type Condition,
  limitOf,
  partsOf,
  type Standard,
  usedBy,
} from '../../tier-rules/standard.ts'

/** What is wrong with a standard, and where: the path to it in the document. */
export interface Fault {
  readonly path: readonly (string | number)[]
  readonly because: Text
}

type Path = Fault['path']

export const fault = (path: Path, zh: string, en: string): Fault => ({
  path,
  because: text(zh, en),
})

/** Loops, names that are taken, and tests that do not fit what they are about. */
export const misfitsOf = (standard: Standard): Fault[] => [
  ...loops(standard),
  ...namesTwice(standard),
  ...misfits(standard),
]

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
    .filter(({ limit }) => !(limit >= range[0] && limit <= range[1]))
    .map(({ of, param, limit }) =>
      fault(
        param === null ? [...path, of] : ['params', param, 'value'],
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

/** The limits of a test of a number, by the word that compares, and the parameter that sets it if one does. */
function numbersIn(
  test: Condition,
  standard: Standard,
): { of: string; param: string | null; limit: number }[] {
  return (['between', 'atLeast', 'atMost', 'above', 'below'] as const).flatMap((of) => {
    const limit = (test as { readonly [of: string]: unknown })[of]
    if (limit === undefined) return []
    const limits = Array.isArray(limit) ? limit : [limit]
    return limits.map((each: number | string) => {
      return { of, param: typeof each === 'string' ? each : null, limit: limitOf(each, standard) }
    })
  })
}
