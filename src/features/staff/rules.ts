import type { Actor } from '../../core/staff.ts'

/**
 * Whose clients and tasks a person may see. `own`: those of `staffIds` (their own, and of whom they
 * stand in for), those shared with them and those of a task they were given.
 * `subtree`: of everybody in the units below `path`. `none`: nobody's.
 */
export type Scope =
  | { readonly kind: 'own'; readonly staffIds: readonly string[] }
  | { readonly kind: 'subtree'; readonly path: string }
  | { readonly kind: 'all' }
  | { readonly kind: 'none' }

export function scopeOf(who: Actor): Scope {
  switch (who.role) {
    case 'manager':
      return { kind: 'own', staffIds: [who.id, ...who.standsInFor] }
    case 'lead':
    case 'head':
      return { kind: 'subtree', path: who.unitPath }
    case 'marketing':
    case 'risk':
      return { kind: 'all' }
    case 'line':
    case 'staff':
      return { kind: 'none' }
  }
}

/** Whether somebody's tasks are this person's to work: their own, or of whom they stand in for. */
export const serves = (who: Actor, managerId: string): boolean =>
  who.id === managerId || who.standsInFor.includes(managerId)

/** Roles that see clients at all. */
export const CLIENT_ROLES = ['manager', 'lead', 'head', 'marketing', 'risk'] as const
