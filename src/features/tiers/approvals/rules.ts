import type { Day } from '../../../core/calendar/time.ts'
import type { Role } from '../../../core/staff.ts'
import type { ApproverRole } from '../../tier-rules/rules.ts'

/**
 * How many workdays a move may wait before its approvers are reminded, and before it goes to the
 * head above their department as well.
 */
export const PATIENCE = { remind: 2, escalate: 4 } as const

/** Roles that decide moves, and those that only see them wait: `approverOf` says which decides what. */
export const APPROVER_ROLES = ['marketing', 'risk'] as const satisfies readonly (Role &
  ApproverRole)[]

export const isApprover = (role: Role): role is ApproverRole =>
  (APPROVER_ROLES as readonly Role[]).includes(role)

/** What somebody did that brought a move about. */
export type Making = 'recorded' | 'named' | 'released'

/** A move that waits to be decided. */
export interface PendingMove {
  readonly id: string
  readonly clientId: string
  readonly name: string
  readonly businessName: string | null
  readonly ownerId: string
  readonly ownerName: string
  readonly from: string
  readonly to: string
  /** The day the standard said so. */
  readonly on: Day
  readonly creditLimit: number | null
  /** Who brought it about since the tier in force: they do not decide it. */
  readonly makers: readonly { readonly id: string; readonly did: Making }[]
  /** Whose answer it waits for, and until when: it is not decided meanwhile. Null: nobody was asked. */
  readonly enquiry: { readonly by: string; readonly dueOn: Day } | null
}

/** What this person did to bring a move about; null: nothing, so they may decide it. */
export const madeBy = ({ makers }: PendingMove, staffId: string): Making | null =>
  makers.find(({ id }) => id === staffId)?.did ?? null

/** How far a move that waits has been carried: those concerned told, reminded, their head told. */
export type Stage = 'fresh' | 'late' | 'overdue'

/** Moves by what is due about them on a day: told for the first time, reminded of, carried up. */
export interface Due {
  readonly fresh: number
  readonly late: number
  readonly overdue: number
}
