import { text } from '../../core/text.ts'
import { type FactName, factLabel } from './facts.ts'
import type { Condition, Criterion } from './standard.ts'

export const criterion = (
  id: string,
  zh: string,
  en: string,
  test: Condition,
  attainable = true,
): Criterion => ({ id, label: text(zh, en), test, attainable })

/** A criterion that is one adverse fact. */
export const adverse = (id: string, fact: FactName): Criterion => {
  const { zh, en } = factLabel(fact)
  return criterion(id, zh, en, { fact, is: true })
}
