import { readFullPhone } from '../../../bot/grammar/phone.ts'
import { type Day, day } from '../../../core/calendar/time.ts'
import { isCreditCode, isIdNumber } from '../../../core/identity/identity-numbers.ts'
import { type Text, text } from '../../../core/text.ts'

/** A number that finds one person or business. */
export interface Identity {
  readonly kind: 'phone' | 'id' | 'credit-code'
  /** E.164, or the number in capitals. */
  readonly value: string
}

/** The numbers that a client is known by. */
export const identitiesOf = (client: {
  readonly phone?: string | null | undefined
  readonly idNumber?: string | null | undefined
  readonly creditCode?: string | null | undefined
}): Identity[] => [
  ...(client.phone ? [{ kind: 'phone' as const, value: client.phone }] : []),
  ...(client.idNumber ? [{ kind: 'id' as const, value: client.idNumber }] : []),
  ...(client.creditCode ? [{ kind: 'credit-code' as const, value: client.creditCode }] : []),
]

/** A number as it is compared: in capitals, of one width, without blanks. */
const compact = (typed: string): string =>
  typed
    .normalize('NFKC')
    .replace(/\p{Cf}|\s/gu, '')
    .toUpperCase()

/** Reads a resident identity number or a unified social credit code; each proves itself by its last character. */
export function readPaper(typed: string): Identity | null {
  const said = compact(typed)
  if (isIdNumber(said)) return { kind: 'id', value: said }
  return isCreditCode(said) ? { kind: 'credit-code', value: said } : null
}

/** Reads a phone number, a resident identity number or a unified social credit code. */
export function readIdentity(typed: string): Identity | Text {
  const paper = readPaper(typed)
  if (paper) return paper
  const said = compact(typed)
  if (/^[0-9A-Z]{18}$/.test(said)) return notPaper(said)
  return readPhoneIdentity(typed)
}

/** A phone number alone. */
export function readPhoneIdentity(typed: string): Identity | Text {
  const phone = readFullPhone(typed)
  if (phone) return { kind: 'phone', value: phone }
  const said = compact(typed)
  const why = /\p{L}/u.test(said)
    ? text('（护照等其他证件不能用）', ' (passports and other papers cannot be used)')
    : /^\d{7,10}$/.test(said)
      ? text('（固定电话请带区号）', ' (a landline needs its area code)')
      : text('', '')
  return text(
    `"${mask(said)}"不是有效的手机号、身份证号或统一社会信用代码${why.zh}。`,
    `"${mask(said)}" is no phone number, ID number or social credit code${why.en}.`,
  )
}

/** What is said of a number that should be an identity number or a credit code and is not. */
export const notPaper = (said: string): Text =>
  text(
    `"${mask(said)}"不是有效的身份证号或统一社会信用代码，请核对。`,
    `"${mask(said)}" is neither an ID number nor a social credit code; please check it.`,
  )

/** A number as a card repeats it: the last four characters. */
export const mask = (value: string): string => (value.length > 4 ? `…${value.slice(-4)}` : value)

/** When the holder of a resident identity number was born, as it says. */
export const bornOnOf = (idNumber: string): Day =>
  day(`${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`)
