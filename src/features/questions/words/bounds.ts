import { readAmount } from '../../../bot/grammar/amount.ts'
import { readNumber } from '../../../bot/grammar/number.ts'
import type { Bounds, Worth } from '../../clients/filter/rules.ts'
import type { Means } from './word.ts'

/** How a number is compared, by the words of either language. */
const COMPARED: readonly (readonly [RegExp, keyof Bounds])[] = [
  [/^(?:低于|不到|小于|少于|不足|<|under|below|less than)$/, 'below'],
  [/^(?:不低于|不少于|至少|>=|at least)$/, 'atLeast'],
  [/^(?:不超过|不高于|不大于|最多|至多|<=|at most|up to)$/, 'atMost'],
  [/^(?:超过|高于|大于|多于|>|over|above|more than)$/, 'above'],
]

export const COMPARING =
  '不低于|不少于|不超过|不高于|不大于|低于|不到|小于|少于|不足|至少|最多|至多|超过|高于|大于|多于|>=|<=|<|>|under|below|less than|at least|at most|up to|over|above|more than'

const boundsOf = (by: string, value: number): Bounds | null => {
  const side = COMPARED.find(([words]) => words.test(by))?.[1]
  return side ? { [side]: value } : null
}

/** Usage below or above so many percent, or tenths (三成). */
export function usageMeans({
  by = '',
  share = '',
  tenths,
}: Readonly<Record<string, string>>): Means | null {
  const number = readNumber(tenths ?? share)
  if (number === null || number > 100) return null
  const is = boundsOf(by, number / (tenths ? 10 : 100))
  return is && { where: { by: 'usage', is } }
}

/** A credit limit below or above an amount. */
export function limitMeans({
  by = '',
  amount = '',
}: Readonly<Record<string, string>>): Means | null {
  const yuan = readAmount(amount)
  const is = yuan === null ? null : boundsOf(by, yuan)
  return is && { where: { by: 'limit', is } }
}

/** What a client brings, below or above an amount. */
export const worthMeans =
  (of: Worth) =>
  ({ by = '', amount = '' }: Readonly<Record<string, string>>): Means | null => {
    const yuan = readAmount(amount)
    const is = yuan === null ? null : boundsOf(by, yuan)
    return is && { where: { by: 'worth', of, is } }
  }

/** So many days; weeks and months in days, as people count them. */
export function daysMeant(count: string, unit: string): number | null {
  const number = readNumber(count)
  if (number === null || !Number.isInteger(number * 2)) return null
  const each = /^(?:周|星期|礼拜|weeks?)$/.test(unit)
    ? 7
    : /^(?:月|个月|months?)$/.test(unit)
      ? 30
      : 1
  const days = Math.round(number * each)
  return days >= 1 && days <= 3660 ? days : null
}
