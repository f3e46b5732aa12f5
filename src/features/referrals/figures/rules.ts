/** What referrals are counted by. */
export const GROUPINGS = ['person', 'unit', 'campaign', 'month'] as const
export type Grouping = (typeof GROUPINGS)[number]

/** One line of figures: how far what came by some links got. Each step includes the next. */
export interface Figures {
  readonly label: string
  /** People who opened a page, each once a day; and those of them who scanned a code. */
  readonly opened: number
  readonly scanned: number
  /** Left their details and were not rejected; and those of them who wait for a review. */
  readonly left: number
  readonly held: number
  /** With the credit: spoken to, applied, granted as their managers log it. */
  readonly contacted: number
  readonly applied: number
  readonly granted: number
  /** With the credit: whose loan a facility on file confirms; which nothing does in a bank without any. */
  readonly confirmed: number
  readonly confirms: boolean
  /** Days from leaving details to the grant, the median; null where nobody was granted anything. */
  readonly days: number | null
}

/** The sum of figures; days have none. */
export const total = (all: readonly Figures[], label: string): Figures => {
  const sum = (
    name:
      | 'opened'
      | 'scanned'
      | 'left'
      | 'held'
      | 'contacted'
      | 'applied'
      | 'granted'
      | 'confirmed',
  ) => all.reduce((so, each) => so + each[name], 0)
  return {
    label,
    opened: sum('opened'),
    scanned: sum('scanned'),
    left: sum('left'),
    held: sum('held'),
    contacted: sum('contacted'),
    applied: sum('applied'),
    granted: sum('granted'),
    confirmed: sum('confirmed'),
    confirms: all.some(({ confirms }) => confirms),
    days: null,
  }
}

/** Where somebody who came by a referral stands. */
export type State = 'held' | 'rejected' | 'withdrawn' | 'left' | 'contacted' | 'applied' | 'granted'
