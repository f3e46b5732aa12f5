/** One side of a trial: so many clients, and how many of them came to something. */
export interface Arm {
  readonly clients: number
  readonly reached: Readonly<Record<Measure, number>>
}

/** What the two sides are compared by: a loan was applied for, one was granted. */
export const MEASURES = ['applied', 'granted'] as const
export type Measure = (typeof MEASURES)[number]

/** The clients of a campaign who were to be approached, and those held out at random. */
export interface Trial {
  readonly approached: Arm
  readonly heldOut: Arm
}

/** A value, and the bounds between which the truth lies in 95 of 100 such campaigns. */
export interface Estimate {
  readonly value: number
  readonly from: number
  readonly to: number
}

/** Of the normal distribution, for 95 %. */
const Z = 1.959964

/** Wilson's bounds of a share (1927), which hold for few and for none too. */
function wilson(part: number, whole: number): { readonly low: number; readonly high: number } {
  const share = part / whole
  const square = (Z * Z) / whole
  const middle = (share + square / 2) / (1 + square)
  const half = (Z / (1 + square)) * Math.sqrt((share * (1 - share)) / whole + square / (4 * whole))
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) }
}

/**
 * What a campaign itself brought, in clients: the share of those to be approached less the share of those held
 * out, times the former. The bounds are Newcombe's for a difference of shares (1998, method 10). Null where one
 * side is empty.
 */
export function broughtBy({ approached, heldOut }: Trial, measure: Measure): Estimate | null {
  if (approached.clients === 0 || heldOut.clients === 0) return null
  const [one, other] = [approached, heldOut].map(({ clients, reached }) => ({
    share: reached[measure] / clients,
    ...wilson(reached[measure], clients),
  }))
  if (!one || !other) return null
  const difference = one.share - other.share
  const below = Math.hypot(one.share - one.low, other.high - other.share)
  const above = Math.hypot(one.high - one.share, other.share - other.low)
  const clients = (share: number) => share * approached.clients
  return {
    value: clients(difference),
    from: clients(difference - below),
    to: clients(difference + above),
  }
}
