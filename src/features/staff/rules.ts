import type { Role } from '../../core/staff.ts'

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

/** The kinds of units in which a role works. */
export const kindsFor = (role: Role): readonly UnitKind[] => WORKS_IN[role]

/** Under which kinds of units another stands; what is not named is above everything. */
const STANDS_UNDER: Readonly<Record<UnitKind, readonly UnitKind[]>> = {
  'head-office': [],
  branch: ['head-office', 'branch'],
  'sub-branch': ['branch'],
  team: ['head-office', 'branch', 'sub-branch'],
  department: ['head-office', 'branch', 'sub-branch', 'department'],
}

/** Whether a unit of the first kind may stand directly under one of the second. */
export const standsUnder = (kind: UnitKind, above: UnitKind): boolean =>
  STANDS_UNDER[kind].includes(above)

/** Roles with a list of tasks of their own. */
export const LISTED: readonly Role[] = ['manager', 'lead']

/** Roles below one's own: whom one may enrol and let go. Departments and heads are nobody's here. */
const BELOW: Readonly<Partial<Record<Role, readonly Role[]>>> = {
  lead: ['manager', 'staff'],
  head: ['lead', 'manager', 'staff'],
}

/** Whether the second role is below the first; peers and departments are not. */
export const isAbove = (role: Role, other: Role): boolean => BELOW[role]?.includes(other) ?? false
