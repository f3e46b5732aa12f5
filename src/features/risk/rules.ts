import { readPhone } from '../../bot/words/phone.ts'
import { isCreditCode, isIdNumber } from '../../core/identity-numbers.ts'
import { type Text, text } from '../../core/text.ts'

/** A number that finds one person or business. */
export interface Identity {
  readonly kind: 'phone' | 'id' | 'credit-code'
  /** E.164, or the number in capitals. */
  readonly value: string
}

/** What the keyed hash is taken of. */
export const hashable = ({ kind, value }: Identity): string => `${kind}:${value}`

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

/** Reads a phone number, a resident identity number or a unified social credit code. */
export function readIdentity(typed: string): Identity | Text {
  const said = typed.trim().toUpperCase()
  if (isIdNumber(said)) return { kind: 'id', value: said }
  if (isCreditCode(said)) return { kind: 'credit-code', value: said }
  if (/^[0-9A-Z]{18}$/.test(said)) {
    return text(
      `"${mask(said)}"不是有效的身份证号或统一社会信用代码，请核对。`,
      `"${mask(said)}" is neither an ID number nor a social credit code; please check it.`,
    )
  }
  const phone = readPhone(said)
  if (phone) return { kind: 'phone', value: phone }
  return text(
    `"${mask(said)}"不是有效的手机号、身份证号或统一社会信用代码。`,
    `"${mask(said)}" is no phone number, ID number or social credit code.`,
  )
}

/** Looks like somebody meant a number of one of the three kinds. */
export const looksLikeIdentity = (word: string): boolean =>
  /^(?:\+?\d[\d-]{5,17}|[0-9A-Za-z]{17,19})$/.test(word)

/** A number as a card repeats it: the last four characters. */
export const mask = (value: string): string => (value.length > 4 ? `…${value.slice(-4)}` : value)
