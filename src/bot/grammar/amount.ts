import { AMOUNTS } from './scan/kinds/amounts.ts'
import { findAll, type Reading, viewOf } from './scan/piece.ts'
import { readTyped } from './scan/typed-line.ts'

/** What may stand beside an amount and says nothing of it. */
const BESIDE = /^\s?(?:左右|上下|around)?$/i

/** What a text that is nothing but an amount comes to; null: it is none, or says more than one. */
export function amountAlone(typed: string): Reading<'amount'> | null {
  const { text } = readTyped(typed)
  const [found, ...more] = findAll(viewOf(text, null), AMOUNTS)
  if (found?.kind !== 'amount' || more.length > 0 || found.tells) return null
  const whole = /^-?$/.test(text.slice(0, found.start)) && BESIDE.test(text.slice(found.end))
  return whole ? found : null
}

/**
 * Whole yuan of a text that is an amount and nothing else; null for nonsense, and for a bare number below a
 * thousand, which may mean as many 万.
 */
export function readAmount(typed: string): number | null {
  const found = amountAlone(typed)
  return found && 'value' in found ? found.value : null
}
