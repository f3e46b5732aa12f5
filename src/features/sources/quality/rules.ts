/** The tiers whose share of a book tells its quality. */
export const BEST_TIERS: readonly string[] = ['A', 'B']

/** Clients of the bank, and what they bring as far as it is known: whole yuan. */
export interface Worth {
  readonly clients: number
  /** Owed to the bank. */
  readonly balance: number
  /** Kept with the bank. */
  readonly deposits: number
  /** Earned by them in a year. */
  readonly income: number
  /** Clients of whom deposits or income are known. */
  readonly known: number
}

/** How a book stood at the end of a month, or stands today, and what the month did to it. */
export interface MonthOfBook extends Worth {
  /** `2026-11` */
  readonly month: string
  /** Who came to be a client, came back after all was settled, and settled all. */
  readonly gained: number
  readonly regained: number
  readonly lapsed: number
  /** Clients of the best tiers. */
  readonly best: number
  /** Clients whose file says all that the standard asks for. */
  readonly complete: number
}

/** The worth of a part of a book: a tier, a unit or a manager. */
export interface PartOfBook extends Worth {
  readonly name: string
  /** Its tier; null: a unit or a manager. */
  readonly tier: string | null
}

/** A client with what it brings. */
export interface Valuable {
  readonly name: string
  readonly businessName: string | null
  readonly balance: number | null
  readonly deposits: number | null
  readonly income: number | null
}

/** Clients more at the end of the month than at its beginning. */
export const netOf = ({ gained, regained, lapsed }: MonthOfBook): number =>
  gained + regained - lapsed

/** Per cent with one digit; null: of nobody. */
export const shareOf = (part: number, all: number): number | null =>
  all === 0 ? null : Math.round((part / all) * 1000) / 10
