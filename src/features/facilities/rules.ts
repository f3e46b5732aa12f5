import type { Day } from '../../core/calendar/time.ts'

/** A facility (授信) of the bank; amounts in whole yuan. */
export interface Facility {
  readonly id: string
  /** A code of the catalogue; null: not known. */
  readonly product: string | null
  /** The number of account or contract, one of a kind in the bank; null: confirmed by a paper. */
  readonly account: string | null
  readonly kind: 'line' | 'loan'
  /** Of a drawing (借据), its line. */
  readonly lineId: string | null
  readonly creditLimit: number
  /** Of a line, over all of its drawings. */
  readonly balance: number
  readonly openedOn: Day | null
  /** The last day of its term; null: not known. */
  readonly endsOn: Day | null
  readonly state: 'open' | 'closed'
  /** The day on which the bank closed it; null: it did not, or the day is not known. */
  readonly closedOn: Day | null
  readonly confirmedBy: 'feed' | 'lead' | 'import'
  /** The business day of which limit, balance and state are. */
  readonly asOf: Day
}

/** What a client's facilities come to on a day. */
export interface Credit {
  /** Whether one is live: not closed and within its term, or with a balance. */
  readonly live: boolean
  /** The sum over those within their term. */
  readonly limit: number
  readonly balance: number
  /** What is owed within those terms over the limit, at most 1; null where the limit is 0. */
  readonly usage: number | null
  /** The earliest end of a line, or single loan, that is within its term; null: none has one. */
  readonly creditEndsOn: Day | null
  /** The nearest end of a loan with a balance, drawings included; null: none has one. */
  readonly loanDueOn: Day | null
  /** A balance is owed past the end of its term. */
  readonly overdue: boolean
}

const earliest = (days: readonly (Day | null)[]): Day | null =>
  days.reduce((first, day) => (day && (!first || day < first) ? day : first), null)

const within = ({ state, endsOn }: Facility, today: Day): boolean =>
  state === 'open' && (endsOn === null || endsOn >= today)

/** Whether a line or a single loan is within its term, or owes something. */
export const isLive = (facility: Facility, today: Day): boolean =>
  within(facility, today) || facility.balance > 0

/** What facilities of one client come to; drawings stand within their lines. */
export function creditOf(facilities: readonly Facility[], today: Day): Credit {
  const whole = facilities.filter(({ lineId }) => lineId === null)
  const current = whole.filter((each) => within(each, today))
  const owed = facilities.filter(({ balance }) => balance > 0)
  const limit = current.reduce((sum, each) => sum + each.creditLimit, 0)
  const balance = whole.reduce((sum, each) => sum + each.balance, 0)
  const inUse = current.reduce((sum, each) => sum + each.balance, 0)
  return {
    live: whole.some((each) => isLive(each, today)),
    limit,
    balance,
    usage: limit > 0 ? Math.min(1, inUse / limit) : null,
    creditEndsOn: earliest(current.map(({ endsOn }) => endsOn)),
    loanDueOn: earliest(owed.flatMap((each) => (each.kind === 'loan' ? [each.endsOn] : []))),
    overdue: owed.some(({ endsOn }) => endsOn !== null && endsOn < today),
  }
}

/** A client whose last facility was settled so long ago is a prospect again. */
export const WIN_BACK_MONTHS = 24

/** Usage has fallen when it is so much of the limit below its highest of so many days: an early sign. */
export const FALL = 0.2
export const FALL_DAYS = 90
