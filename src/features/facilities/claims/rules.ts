import type { Day } from '../../../core/calendar/time.ts'

/** An outcome *granted*: what somebody says was lent, until a facility on file confirms it. */
export interface Claim {
  readonly id: string
  readonly staffId: string
  readonly staffName: string
  /** Whole yuan; null: not said. */
  readonly amount: number | null
  readonly product: string | null
  readonly on: Day
}

/** A claim that nothing confirms for long, as those are told who may do something about it. */
export interface UnconfirmedClaim extends Claim {
  readonly clientName: string
  /** The nearest lead or head above; null: nobody is. */
  readonly leadId: string | null
}
