import type { Register, RegisterEntry } from '../registers/rules.ts'
import type { IndustryClass } from '../tier-rules/facts.ts'
import type { Standard } from '../tier-rules/standard.ts'

/** The bank's clients in a region, cluster or industry. */
export interface PlaceClients {
  readonly clients: number
  readonly existing: number
  /** Of the tiers A and B. */
  readonly key: number
  /** Whom nobody has contacted for `QUIET_DAYS`. */
  readonly quiet: number
  /** Of the reader's reach. */
  readonly within: number
  /** Open visits to them, and the next day of one; null: there is none. */
  readonly visits: number
  readonly nextVisitOn: string | null
}
export const QUIET_DAYS = 60

/** A region or an industry as its card shows it. */
export interface ShownPlace {
  readonly register: 'region' | 'industry'
  readonly entry: RegisterEntry
  readonly found: PlaceClients
  /** Of a region, the clusters in it. */
  readonly clusters: readonly string[]
  /** Of an industry with a code, the mark in each standard; null: of others. */
  readonly marks: Readonly<Record<Standard['kind'], IndustryClass | null>> | null
}

/** A region or industry as the list of them has it. */
export interface ListedPlace {
  readonly name: string
  readonly code: string | null
  readonly clients: number
  readonly existing: number
  readonly key: number
  /** How many there are in all. */
  readonly total: number
}

/** What somebody wrote on a client's file that nobody has said the meaning of. */
export interface Unsettled {
  readonly id: string
  readonly register: Register
  readonly name: string
  readonly clients: number
  /** Settled entries that are called nearly so. */
  readonly near: readonly string[]
  /** How many there are in all. */
  readonly total: number
}

/** So many clients have their tiers decided at once where their industry means another one; those of more in the night. */
export const MOST_AT_ONCE = 200
