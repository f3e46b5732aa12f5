import type { Day } from '../../core/calendar/time.ts'
import { type Refusal, refuse } from '../../core/decision.ts'
import type { ClientFilter } from '../clients/filter/rules.ts'

/** How a list is shared out: to the owners, by region, evenly, to whoever has least to do, as the workbook says. */
export const WAYS = ['owner', 'region', 'evenly', 'load', 'sheet'] as const
export type Way = (typeof WAYS)[number]

/**
 * Why nobody gets a client: barred from marketing, on another list that runs, the owner is away, has left or is
 * not among the receivers, nobody there has clients of the region, the workbook names nobody, all days are full.
 */
export const SKIPS = [
  ...(['negative-list', 'exit-tier', 'do-not-contact', 'other-list'] as const),
  ...(['away', 'left', 'elsewhere', 'no-region', 'nobody', 'full'] as const),
] as const
export type Skip = (typeof SKIPS)[number]

/** What chooses the clients of a list: conditions, or an import that brought them. */
export type Choosing = { readonly filter: ClientFilter } | { readonly importId: string }

/** A list that was shared out. */
export interface TargetList {
  readonly id: string
  readonly name: string
  readonly madeBy: string
  readonly makerName: string
  /** Seen in that unit and below, and by its maker. */
  readonly within: string
  readonly product: string | null
  readonly talkingPoints: string
  readonly startsOn: Day
  readonly endsOn: Day
  readonly madeAt: Date
  readonly recalledAt: Date | null
}

/** Somebody who may get clients of a list. */
export interface Receiver {
  readonly id: string
  readonly code: string
  readonly name: string
  /** Absent today: gets none. */
  readonly away: boolean
}

/** What a list would come to, or came to. */
export interface Shares {
  readonly given: readonly {
    readonly staffId: string
    readonly clients: number
    /** The last day on which one of them is due. */
    readonly until: Day
  }[]
  readonly skipped: Readonly<Partial<Record<Skip, number>>>
}

export const sumOf = ({ given }: Pick<Shares, 'given'>): number =>
  given.reduce((sum, { clients }) => sum + clients, 0)

/** How many a day each, and for how many days after today, unless it is said. */
export const USUAL_PER_DAY = 10
export const USUAL_DAYS = 13

/** Clients that one list takes. */
const MOST_CLIENTS = 200_000

/** Why a list cannot be shared out; null: it can. */
export function shareFault(shares: Shares, receivers: readonly Receiver[]): Refusal | null {
  const skipped = Object.values(shares.skipped).reduce((sum, count) => sum + count, 0)
  const clients = sumOf(shares) + skipped
  if (clients > MOST_CLIENTS) {
    return refuse(
      `名单有 ${clients} 户，一份最多 ${MOST_CLIENTS} 户。请加条件，或按支行分开做。`,
      `The list has ${clients} clients; one takes ${MOST_CLIENTS} at most. Add conditions, or make one for each branch.`,
    )
  }
  if (clients === 0) {
    return refuse(
      '没有客户符合，名单是空的。请换个客群或条件。',
      'Nobody is chosen; the list would be empty. Choose another segment or other conditions.',
    )
  }
  if (receivers.every(({ away }) => away)) {
    return refuse(
      '要分给的人都不在岗，名单没有分。请换人，或等他们回来。',
      'None of those who would get it is at work; nothing was shared out. Name others, or wait until they are back.',
    )
  }
  return null
}
