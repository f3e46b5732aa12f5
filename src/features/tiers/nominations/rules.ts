import type { Day } from '../../../core/calendar/time.ts'
import type { Role } from '../../../core/staff.ts'
import type { FactName } from '../../tier-rules/facts.ts'
import type { ApproverRole } from '../../tier-rules/rules.ts'

/** The fact that stands for a nomination of each department while it is in force. */
export const NAMED_FACT = {
  marketing: 'namedByMarketing',
  risk: 'namedByRisk',
} as const satisfies Record<ApproverRole, FactName>

/** A nomination lasts so many years at most, so that none is forgotten. */
export const MOST_YEARS = 3

/** A recorded decision of marketing (E) or risk (F) about one client. */
export interface Nomination {
  readonly role: ApproverRole
  readonly by: string
  readonly reason: string
  readonly evidence: string | null
  readonly namedOn: Day
  /** The last day in force. */
  readonly until: Day
  /** When it ended, and who ended it, null where it lapsed; null: it is in force. */
  readonly ended: { readonly on: Day; readonly by: string | null } | null
}

/** The department that a role names clients for. */
export const nominatingRole = (role: Role): ApproverRole => (role === 'risk' ? 'risk' : 'marketing')
