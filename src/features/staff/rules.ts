import type { Actor, Role } from '../../core/staff.ts'

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

/** The kinds of units of a bank. */
export const UNIT_KINDS = ['head-office', 'branch', 'sub-branch', 'team', 'department'] as const
export type UnitKind = (typeof UNIT_KINDS)[number]

/** In which kinds of units a role works; the trigger `staff_fits_unit` holds to the same table. */
const WORKS_IN: Readonly<Record<Role, readonly UnitKind[]>> = {
  manager: ['team', 'sub-branch', 'branch'],
  lead: ['team', 'sub-branch'],
  head: ['sub-branch', 'branch', 'head-office'],
  marketing: ['department', 'head-office'],
  risk: ['department', 'head-office'],
  line: ['department', 'head-office'],
  staff: UNIT_KINDS,
}

/** Whether somebody of this role may work in a unit of this kind. */
export const worksIn = (role: Role, kind: UnitKind): boolean => WORKS_IN[role].includes(kind)

/** Roles below one's own: whom one may enrol and let go. Departments and heads are nobody's here. */
const BELOW: Readonly<Partial<Record<Role, readonly Role[]>>> = {
  lead: ['manager', 'staff'],
  head: ['lead', 'manager', 'staff'],
}

/** Whether the second role is below the first; peers and departments are not. */
export const isAbove = (role: Role, other: Role): boolean => BELOW[role]?.includes(other) ?? false
