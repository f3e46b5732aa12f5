/** Clients of a campaign: approached, answered, interested, applied, granted; each within the one before. */
export interface Counts {
  readonly reached: number
  readonly responded: number
  readonly interested: number
  readonly applied: number
  readonly granted: number
}

export const NONE: Counts = { reached: 0, responded: 0, interested: 0, applied: 0, granted: 0 }

export const STEPS = ['reached', 'responded', 'interested', 'applied', 'granted'] as const
export type Step = (typeof STEPS)[number]

export const DIMENSIONS = ['branch', 'team', 'manager', 'day', 'region', 'industry'] as const
export type Dimension = (typeof DIMENSIONS)[number]

/** The counts of one branch, manager, day …; an empty label: not recorded. */
export interface Line extends Counts {
  readonly key: string
  readonly label: string
}

/** What came by the referral links that are for a campaign. */
export interface LinkCounts {
  readonly links: number
  /** People who opened one, each once a day: machines and previews are none. */
  readonly opened: number
  /** Entries that count or wait for a review. */
  readonly left: number
}

/** A share as whole percent; null of nothing. */
export const percent = (part: number, whole: number): number | null =>
  whole > 0 ? Math.round((part / whole) * 100) : null
