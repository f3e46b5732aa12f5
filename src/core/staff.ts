import type { Language } from './text.ts'

/**
 * What somebody is in the bank. `staff` is anyone without a task of their own here: they can only
 * refer.
 */
export const ROLES = ['manager', 'lead', 'head', 'marketing', 'risk', 'line', 'staff'] as const
export type Role = (typeof ROLES)[number]

/** The person a command is run for. */
export interface Actor {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly role: Role
  readonly unitId: string
  /** Codes of the units from the root down, `/HQ/B01/T02/`; a subtree is a prefix. */
  readonly unitPath: string
  readonly language: Language
  /** Whose lists this person works today, because they are absent and named them. */
  readonly standsInFor: readonly string[]
}
