import { z } from 'zod'
import { readPhone } from '../../bot/grammar/phone.ts'
import type { Day } from '../../core/calendar/time.ts'
import type { Text } from '../../core/text.ts'
import { type Identity, readIdentity } from '../clients/identity/rules.ts'

const number = z.string().max(40)

/** The numbers of a command; one that was asked for comes by itself. */
export const numbersField = z.union([
  z.array(number).min(1).max(10),
  number.min(1).transform((one) => [one]),
])

/** What the keyed hash is taken of. */
export const hashable = ({ kind, value }: Identity): string => `${kind}:${value}`

/** A number that is on the list already, also one that would not be taken today. */
export function readListed(typed: string): Identity | Text {
  const read = readIdentity(typed)
  const phone = /^\+?\d+$/.test(typed) ? readPhone(typed) : null
  return 'kind' in read || !phone ? read : { kind: 'phone', value: phone }
}

/** Looks like somebody meant a number of one of the three kinds, or another paper's. */
export const looksLikeIdentity = (word: string): boolean =>
  /^(?:\+?[\d(][\d()./-]{5,19}|(?=(?:.*\d){5})[0-9A-Za-z]{6,19}|\p{Script=Han}{1,6}\d{5,}号?)$/u.test(
    word,
  )

/** What a row says of one person or business. */
export interface Person {
  readonly identities: readonly Identity[]
  readonly name: string | null
  readonly reason: string
  readonly evidence: string | null
  /** The last day; null: none is set. */
  readonly until: Day | null
}
