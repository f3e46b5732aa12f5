/** What one referrer is to get. */
export interface Share {
  /** The id of the client, or of the member of staff. */
  readonly referrer: string
  readonly isClient: boolean
  readonly name: string
  /** The referrer, or the manager of a client who recommended. */
  readonly staffId: string
  readonly code: string
  readonly staffName: string
  readonly unit: string
  /** Newcomers, by stage. */
  readonly details: number
  readonly contact: number
  readonly loan: number
  /** Points that were earned and not paid. */
  readonly due: number
  /** Points that were paid before and taken back since. */
  readonly owed: number
}

export const leftOf = ({ due, owed }: Pick<Share, 'due' | 'owed'>): number => due - owed

export const sumOf = (shares: readonly Share[]): number =>
  shares.reduce((sum, share) => sum + leftOf(share), 0)
