/** Far more than usual: so many times what somebody sees in an hour in which they look at clients at all. */
const FAR_MORE = 3

/** What somebody did of which whoever is above and risk hear. */
export interface Conduct {
  readonly kind: 'looks' | 'entries'
  readonly staffId: string
  readonly name: string
  readonly code: string
  /** Different clients in the last hour; or numbers that were tried out in the last day. */
  readonly count: number
  /** Of looks, how many clients an hour of the last month they usually see; null: they saw none. */
  readonly usual: number | null
}

/** Whether somebody saw far more clients in an hour than they usually do, and more than the bank allows for. */
export const isFarMore = (count: number, usual: number | null, limit: number): boolean =>
  count > limit && count > FAR_MORE * (usual ?? 0)
