import { type Refusal, refuse } from '../../../core/decision.ts'
import { type Text, text } from '../../../core/text.ts'
import type { FactName } from '../../tier-rules/facts.ts'
import { tierLabel } from '../../tier-rules/rules.ts'
import type { Condition, Criterion, Standard } from '../../tier-rules/standard.ts'
import { faultsOf } from '../checks/faults.ts'
import {
  CellFault,
  findFact,
  readBetween,
  readNumberFor,
  readWords,
  readYesNo,
} from './read-cells.ts'
import { sayCondition } from './say-standard.ts'
import { plain } from './sheets.ts'

/** One value of a standard that is to be changed, as it was said. */
export interface Change {
  /** A tier, or a criterion by its id. */
  readonly at: string
  /** A fact and its new limit; at a criterion the limit alone will do. */
  readonly said: string
}

/** The criteria of a standard that a change may mean; none when it is about something else. */
export function meantBy(standard: Standard, { at, said }: Change): readonly Criterion[] {
  const wanted = plain(at)
  const byId = standard.tiers
    .flatMap(({ criteria }) => criteria)
    .filter(({ id }) => plain(id) === wanted)
  if (byId.length > 0) return byId
  const tier = standard.tiers.find(({ tier }) => {
    const names = [tier, tierLabel(tier, 'zh'), tierLabel(tier, 'en')]
    return [...names, ...names.map((each) => each.replace(/^\S+ /, ''))].map(plain).includes(wanted)
  })
  const split = factAndLimit(said)
  if (!tier || !split) return []
  return tier.criteria.filter(({ test }) => 'fact' in test && test.fact === split.fact)
}

/** "净资产 500万" as a fact and what is left; null when it begins with none. */
export function factAndLimit(said: string): { fact: FactName; limit: string } | null {
  const ends = [...said.matchAll(/\s+|$|(?=[\d≥≤><=])/g)].map(({ index }) => index)
  for (const end of ends.reverse()) {
    const fact = findFact(said.slice(0, end))
    if (fact) return { fact, limit: said.slice(end).trim() }
  }
  return null
}

/** The standard with the criterion's limit as it was said, and how that reads. */
export function withLimit(
  standard: Standard,
  criterion: Criterion,
  said: string,
): { readonly standard: Standard; readonly was: Text; readonly is: Text } | Refusal {
  const split = factAndLimit(said)
  const limit = (
    split && 'fact' in criterion.test && split.fact === criterion.test.fact ? split.limit : said
  ).replace(/^[≥≤><=]+\s*/, '')
  let changed: Standard | null
  try {
    changed = changedTo(standard, criterion, limit)
  } catch (error) {
    if (!(error instanceof CellFault)) throw error
    const { zh, en } = error.because
    return refuse(`${criterion.id}：${zh}。`, `${criterion.id}: ${en}.`)
  }
  if (!changed) {
    return refuse(
      `${criterion.id} 有几个分项，一句话改不了。请发"标准 导出"，在表格里改。`,
      `${criterion.id} has several parts. Say "standard export" and change it in the workbook.`,
    )
  }
  const [fault] = faultsOf(changed)
  if (fault) {
    const { zh, en } = fault.because
    return refuse(`没有改：${zh}。`, `Not changed: ${en}.`)
  }
  const now = changed.tiers
    .flatMap(({ criteria }) => criteria)
    .find(({ id }) => id === criterion.id)
  const told = (test: Condition, by: Standard) =>
    text(sayCondition(test, by, 'zh'), sayCondition(test, by, 'en'))
  return {
    standard: changed,
    was: told(criterion.test, standard),
    is: told(now?.test ?? criterion.test, changed),
  }
}

/** Null for a criterion of several parts. Throws `CellFault`. */
function changedTo(standard: Standard, criterion: Criterion, limit: string): Standard | null {
  const { test } = criterion
  const replaced = (next: Condition): Standard => {
    const label = text(sayCondition(next, standard, 'zh'), sayCondition(next, standard, 'en'))
    return {
      ...standard,
      tiers: standard.tiers.map((tier) => ({
        ...tier,
        criteria: tier.criteria.map((each) =>
          // A label may name the old limit.
          each === criterion ? { ...each, test: next, label } : each,
        ),
      })),
    }
  }
  if ('sum' in test)
    return replaced({ ...test, atLeast: numberFor(test.sum[0] ?? 'savings', limit) })
  if (!('fact' in test)) return null
  const { fact } = test
  if ('is' in test) return replaced({ ...test, is: readYesNo(limit) })
  if ('oneOf' in test) return replaced({ ...test, oneOf: readWords(limit) })
  if ('between' in test) return replaced({ ...test, between: readBetween(fact, limit) })
  const by = (['atLeast', 'atMost', 'above', 'below'] as const).find((each) => each in test)
  const old = by && (test as { readonly [by: string]: unknown })[by]
  const value = numberFor(fact, limit)
  if (typeof old !== 'string')
    return replaced({ fact, [by ?? 'atLeast']: value } as unknown as Condition)
  const param = standard.params[old]
  if (!param) return null
  return { ...standard, params: { ...standard.params, [old]: { ...param, value } } }
}

function numberFor(fact: FactName, limit: string): number {
  const value = readNumberFor(fact, limit)
  if (value === null) throw new CellFault(`"${limit}" 不是数`, `"${limit}" is not a number`)
  return value
}
