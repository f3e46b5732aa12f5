import type { Day } from '../../../core/calendar/time.ts'

/** A facility as a row says it; amounts in whole yuan. */
export interface SaidFacility {
  readonly account: string
  readonly product: string | null
  /** Null: not said. */
  readonly kind: 'line' | 'loan' | null
  readonly limit: number
  readonly balance: number
  readonly opened: Day | null
  readonly ends: Day | null
}

/**
 * What a row says of a client, as the tables keep it; what it leaves blank is not in it. This is what is
 * staged: the statements of check/ and write/ read it by these names.
 */
export interface Says {
  /** By columns of `client`; `region`, `cluster` and `industry` as names. */
  readonly client: Readonly<Record<string, string>>
  /** By columns of `client_facts`. */
  readonly facts: Readonly<Record<string, boolean | number | string>>
  /** Of dated facts that were said as a count, how many days the day may be off. */
  readonly vague: Readonly<Record<string, number>>
  /** The client's own numbers, the one to call first at the head; E.164. */
  readonly phones: readonly string[]
  readonly facility: SaidFacility | null
  /** Codes of products. */
  readonly held: readonly string[]
  readonly note: string | null
  readonly owner: { readonly code: string | null; readonly name: string | null }
  /** The day of which all of this is true. */
  readonly asOf: Day
}
