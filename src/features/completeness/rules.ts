import { type Text, text } from '../../core/text.ts'
import { type FactName, factLabel } from '../tier-rules/facts.ts'
import { type Condition, partsOf, type Standard, usedBy } from '../tier-rules/standard.ts'

/** Something that a complete file says: a part of the file, or an answer that the standard needs. */
export interface Item {
  /** What it is counted and named by. */
  readonly key: string
  readonly label: Text
  /** Of an answer, the conditions that have to be decided; null of a part of the file. */
  readonly conditions: readonly Condition[] | null
}

/** What every file is to have, by kind of client. */
const BASICS: Readonly<Record<Standard['kind'], readonly string[]>> = {
  prospect: ['phone', 'address'],
  existing: ['phone', 'address', 'idNumber'],
}
const BASIC_LABELS: Readonly<Record<string, Text>> = {
  phone: text('电话', 'phone'),
  address: text('地址', 'address'),
  idNumber: text('证件号', 'ID number'),
}

/**
 * What a complete file of a kind of client says: its basics, and of the standard every question that
 * is not answered by what counts until somebody records it. Criteria on the same facts are one question.
 */
export function itemsOf(standard: Standard): Item[] {
  const basics = BASICS[standard.kind].map((key) => ({
    key,
    label: BASIC_LABELS[key] ?? text(key, key),
    conditions: null,
  }))
  const asked = standard.tiers.flatMap(({ criteria }) =>
    criteria.flatMap((criterion) => {
      const facts = factsIn(criterion.test, standard)
      if (facts.every((fact) => standard.assumed[fact] !== undefined)) return []
      const [only] = facts
      const label = facts.length === 1 && only ? factLabel(only) : criterion.label
      return [{ key: facts.join('+'), label, condition: criterion.test }]
    }),
  )
  const questions = [...Map.groupBy(asked, ({ key }) => key)].map(([key, all]) => ({
    key,
    label: all[0]?.label ?? text(key, key),
    conditions: all.map(({ condition }) => condition),
  }))
  return [...basics, ...questions]
}

/** The facts that a condition asks for, each once, in a set order. */
function factsIn(test: Condition, standard: Standard): FactName[] {
  const used = usedBy(test).flatMap((name) => {
    const condition = standard.conditions[name]
    return condition ? factsIn(condition, standard) : []
  })
  const own = 'fact' in test ? [test.fact] : 'sum' in test ? test.sum : []
  const parts = partsOf(test).flatMap((part) => factsIn(part, standard))
  return [...new Set([...own, ...used, ...parts])].sort()
}

/** How complete a client's file is. */
export interface Completeness {
  readonly total: number
  readonly missing: readonly Item[]
  /** What is missing may change the tier. */
  readonly tierHangs: boolean
}

/** Files of a part of the bank, counted. */
export interface ThinCount {
  readonly name: string
  readonly clients: number
  readonly complete: number
  /** Not complete, and a tier hangs on it. */
  readonly hanging: number
}

export const shareOf = ({ clients, complete }: Pick<ThinCount, 'clients' | 'complete'>): number =>
  clients === 0 ? 1 : complete / clients
