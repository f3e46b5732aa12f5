/** How many clients of one part of the bank are in a tier. */
export interface TierCount {
  /** A unit's code, or a manager's where the part is a team. */
  readonly part: string
  readonly name: string
  readonly tier: string
  readonly count: number
}

/** How many moved from one tier to another. */
export interface MoveCount {
  readonly from: string
  readonly to: string
  readonly count: number
}

/** A part of the bank with its clients by tier. */
export interface Part {
  readonly part: string
  readonly name: string
  readonly total: number
  readonly byTier: ReadonlyMap<string, number>
}

/** Tiers and prospects' classes in the order they are shown; one that the bank added comes last. */
const TIERS = ['A', 'B', 'C', 'D', 'E', 'F', 'unclassified']
const CLASSES = ['premium', 'ordinary', 'undetermined', 'none']
const ORDER = [...TIERS, ...CLASSES]

export function tiersIn(counts: readonly { readonly tier: string }[]): string[] {
  const found = [...new Set(counts.map(({ tier }) => tier))]
  const place = (tier: string) => (ORDER.includes(tier) ? ORDER.indexOf(tier) : ORDER.length)
  return found.sort((a, b) => place(a) - place(b) || a.localeCompare(b))
}

/** The parts, the largest first. */
export function partsOf(counts: readonly TierCount[]): Part[] {
  const parts = [...Map.groupBy(counts, ({ part }) => part)].map(([part, own]) => ({
    part,
    name: own[0]?.name ?? part,
    total: own.reduce((sum, { count }) => sum + count, 0),
    byTier: new Map(own.map(({ tier, count }) => [tier, count])),
  }))
  return parts.sort((a, b) => b.total - a.total || a.part.localeCompare(b.part))
}
