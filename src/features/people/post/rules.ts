import type { Role } from '../../../core/staff.ts'
import { isAbove } from '../../staff/rules.ts'

/** Somebody who works here, and where they are reached. */
export interface Person {
  readonly code: string
  readonly name: string
  readonly role: Role
  /** The code of their unit. */
  readonly unit: string
  /** E.164. */
  readonly phone: string | null
  /** In small letters. */
  readonly email: string | null
  /** Their ids in the chat services. */
  readonly slack: string | null
  readonly wecom: string | null
}

/** Somebody who works or worked here. */
export interface PersonOnFile extends Omit<Person, 'slack' | 'wecom'> {
  readonly id: string
  /** False: they left. */
  readonly active: boolean
  readonly slack: readonly string[]
  readonly wecom: readonly string[]
  /** Accounts of which they said that they are not theirs. */
  readonly disowned: readonly string[]
  /** How many clients are theirs. */
  readonly clients: number
}

/** Roles whose word others' clients, standards or money hang on: a second person confirms who has them. */
const WEIGHTY: readonly Role[] = ['lead', 'head', 'marketing', 'risk']

/** Whether a role is of weight. */
export const weighs = (role: Role): boolean => WEIGHTY.includes(role)

/**
 * Whether a second person must confirm it: somebody comes to a role of weight, leaves it for another or
 * takes it elsewhere; or has one, and is to be reached at another address or account.
 */
export function needsSecondPerson(before: Person | null, after: Person): boolean {
  if (!before) return weighs(after.role)
  const post = before.role !== after.role || before.unit !== after.unit
  const address = (['email', 'slack', 'wecom'] as const).some((at) => before[at] !== after[at])
  return post ? weighs(before.role) || weighs(after.role) : address && weighs(before.role)
}

/** Whether somebody's word is enough for another to come to a role or to leave it: no weight, and below their own. */
export const mayAlone = (who: Role, role: Role): boolean => !weighs(role) && isAbove(who, role)

/** Somebody who works here, with that of several accounts which is `wanted`; null: they do not. */
export function asOnFile(
  person: PersonOnFile | undefined,
  wanted: Pick<Person, 'slack' | 'wecom'> = { slack: null, wecom: null },
): Person | null {
  if (!person?.active) return null
  const { code, name, role, unit, phone, email } = person
  const idOf = (service: 'slack' | 'wecom'): string | null =>
    person[service].find((id) => id === wanted[service]) ?? person[service][0] ?? null
  return { code, name, role, unit, phone, email, slack: idOf('slack'), wecom: idOf('wecom') }
}

/** Somebody as they are now, but for what was to change from `before` to `after`. */
export function changedTo(now: Person, before: Person, after: Person): Person {
  const changed = Object.entries(after).filter(
    ([field, value]) => before[field as keyof Person] !== value,
  )
  return { ...now, ...Object.fromEntries(changed) }
}

/** The role by which it is decided who the second person is: the one of weight that they come to, or have. */
export function decisiveRole(before: Person | null, after: Person | null): Role {
  const roles = [after?.role, before?.role].filter((role) => role !== undefined)
  return roles.find(weighs) ?? roles[0] ?? 'staff'
}
