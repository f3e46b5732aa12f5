import type { Actor } from '../../core/staff.ts'

/**
 * Whose clients and tasks a person may see. `own`: their own and those shared with them.
 * `subtree`: of everybody in the units below `path`. `none`: nobody's.
 */
export type Scope =
  | { readonly kind: 'own'; readonly staffId: string }
  | { readonly kind: 'subtree'; readonly path: string }
  | { readonly kind: 'all' }
  | { readonly kind: 'none' }

export function scopeOf(who: Actor): Scope {
  switch (who.role) {
    case 'manager':
      return { kind: 'own', staffId: who.id }
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

/** Roles that see clients at all. */
export const CLIENT_ROLES = ['manager', 'lead', 'head', 'marketing', 'risk'] as const
