import type { Day } from '../../core/calendar/time.ts'
import type { Refusal } from '../../core/decision.ts'
import { refuse } from '../../core/decision.ts'
import type { Role } from '../../core/staff.ts'
import type { ClientKind, ClientSource } from '../clients/rules.ts'

/** Whose clients are taken out. */
export type Book =
  | { readonly kind: 'person'; readonly staffId: string; readonly name: string }
  | { readonly kind: 'unit'; readonly unitId: string; readonly name: string }

/** A client as it is taken out; days and amounts as they are kept. */
export interface ExportedClient {
  readonly id: string
  readonly name: string
  readonly businessName: string | null
  readonly kind: ClientKind
  readonly tier: string | null
  readonly provisional: boolean
  readonly phone: string | null
  readonly idNumber: string | null
  readonly creditCode: string | null
  readonly industry: string | null
  readonly region: string | null
  readonly cluster: string | null
  readonly address: string | null
  readonly source: ClientSource
  readonly enteredOn: Day
  readonly ownerName: string
  readonly ownerCode: string
  readonly unitName: string
  /** Whole yuan. */
  readonly creditLimit: number | null
  /** 0…1. */
  readonly usageRate: number | null
  readonly creditExpiresOn: Day | null
  readonly loanDueOn: Day | null
  readonly licenceEndsOn: Day | null
  readonly lastContactOn: Day | null
  readonly lastVisitOn: Day | null
  readonly nextTaskOn: Day | null
  readonly barred: 'negative-list' | 'exit-tier' | 'do-not-contact' | null
}

/** Clients of one file. */
export const MOST_CLIENTS = 100_000

/** Managers call their clients; everybody else looks at a book that is not theirs to call. */
export const seesPhones = (role: Role, shared: boolean): boolean => role === 'manager' && !shared

/** Why a book of so many clients is not taken out; null: it is. */
export function sizeFault(count: number, { name }: Pick<Book, 'name'>): Refusal | null {
  if (count === 0) {
    return refuse(
      `${name} 名下没有客户，没有可导出的。`,
      `${name} has no clients; there is nothing to export.`,
    )
  }
  return count > MOST_CLIENTS
    ? refuse(
        `${name} 有 ${count} 位客户，一次最多导出 ${MOST_CLIENTS} 位。请按团队或经理导出，如"导出 客户 一队"。`,
        `${name} has ${count} clients; at most ${MOST_CLIENTS} go into one file. Export a team or a manager, such as "export clients T01".`,
      )
    : null
}
