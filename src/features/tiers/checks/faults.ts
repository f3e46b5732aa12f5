import type { Text } from '../../../core/text.ts'
import { tierLabel } from '../../tier-rules/rules.ts'
import type { Condition, Criterion, Standard, Tier } from '../../tier-rules/standard.ts'
import { type Box, boxesOf, boxesOfTier, isCovered } from './boxes.ts'
import { type Fault, fault, misfitsOf } from './misfits.ts'

export type { Fault } from './misfits.ts'

/**
 * Everything that makes a standard useless or ambiguous. What it cannot follow (hundreds of ways to
 * meet one rule) it lets pass; what it names is wrong.
 */
export function faultsOf(standard: Standard): Fault[] {
  const structural = misfitsOf(standard)
  return structural.length > 0 ? structural : [...sameCriteria(standard), ...unreachable(standard)]
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
