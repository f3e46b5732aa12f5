import { mod11_2 } from 'cdigit'
import { isDay } from '../calendar/time.ts'

/**
 * A resident identity number (GB 11643-1999): six digits of region, the birthday, three digits of
 * sequence, and a check character by ISO 7064 MOD 11-2.
 */
export const isIdNumber = (text: string): boolean =>
  /^\d{17}[\dX]$/.test(text) &&
  isDay(`${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`) &&
  mod11_2.validate(text)

/** The identity number with its check character, from the seventeen digits before it. */
export const idNumberOf = (seventeen: string): string => mod11_2.generate(seventeen)

/** GB 32100-2015: digits and letters without I, O, S, V, Z, and the weight of each place. */
const CODE_CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const WEIGHTS = Array.from({ length: 17 }, (_, place) => 3 ** place % 31)

/** A unified social credit code (GB 32100-2015), check character included. */
export const isCreditCode = (text: string): boolean =>
  new RegExp(`^[${CODE_CHARACTERS}]{18}$`).test(text) && creditCodeOf(text.slice(0, 17)) === text

/** The credit code with its check character, from the seventeen characters before it. */
export function creditCodeOf(seventeen: string): string {
  const sum = WEIGHTS.reduce(
    (total, weight, place) => total + weight * CODE_CHARACTERS.indexOf(seventeen[place] ?? ''),
    0,
  )
  return seventeen + CODE_CHARACTERS[(31 - (sum % 31)) % 31]
}

/**
 * An organisation code (GB 11714-1997) with its check character, from the eight characters before
 * it: the ninth to seventeenth place of a social credit code.
 */
export function organisationCodeOf(eight: string): string {
  const sum = [3, 7, 9, 10, 5, 8, 4, 2].reduce(
    (total, weight, place) => total + weight * Number.parseInt(eight[place] ?? '', 36),
    0,
  )
  const check = 11 - (sum % 11)
  return eight + (check === 10 ? 'X' : String(check % 11))
}
