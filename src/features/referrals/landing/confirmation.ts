import { createHmac, randomInt, timingSafeEqual } from 'node:crypto'
import type { Secret } from './guard/keyring.ts'

/** Minutes that a code is good for. */
const GOOD_MINUTES = 10

/** A code that was sent to a phone, and what its form carries instead of it: nothing is stored. */
export interface Confirmation {
  readonly digits: string
  readonly ticket: string
}

export function newConfirmation(phone: string, secret: Secret, now: Date): Confirmation {
  const digits = String(randomInt(1_000_000)).padStart(6, '0')
  const until = (now.getTime() + GOOD_MINUTES * 60_000).toString(36)
  return { digits, ticket: `${until}.${signature(phone, digits, until, secret)}` }
}

/** Whether a ticket is one of ours for this number that is still good, whatever its code. */
export const isOpen = (ticket: string, now: Date): boolean =>
  Number.parseInt(ticket.split('.')[0] ?? '', 36) > now.getTime()

/** Whether these digits are those that were sent to this number with this ticket. */
export function confirms(
  { digits, ticket }: Confirmation,
  phone: string,
  secret: Secret,
  now: Date,
): boolean {
  const [until = '', given = ''] = ticket.split('.')
  const expected = Buffer.from(signature(phone, digits, until, secret))
  const told = Buffer.from(given)
  return isOpen(ticket, now) && told.length === expected.length && timingSafeEqual(told, expected)
}

const signature = (phone: string, digits: string, until: string, secret: Secret): string =>
  createHmac('sha256', secret).update(`confirm\n${phone}\n${digits}\n${until}`).digest('base64url')
