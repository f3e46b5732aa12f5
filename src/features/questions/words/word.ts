import type { Period } from '../../../core/calendar/period.ts'
import type { Condition } from '../../clients/filter/rules.ts'
import type { Grouping, Of } from '../rules.ts'

/** A day as it was said; what is null was not. */
export type SaidDate =
  | { readonly year: number | null; readonly month: number; readonly date: number }
  /** `weeks`: from the current one. */
  | { readonly weekday: number; readonly weeks: number | null }
  /** Of the month that stands before it. */
  | { readonly date: number }

/** From a day to another, to today, from it on, or (null) that day alone. */
export interface Dates {
  readonly from: SaidDate
  readonly until: SaidDate | 'today' | 'on' | null
}

/** What a word of a question says; a word may say several things. */
export interface Means {
  /** It asks: a line with such a word is a question. */
  readonly asks?: true
  readonly of?: Of
  /** What it is about if nothing else says so. */
  readonly else?: Of
  readonly as?: 'list' | 'count' | 'sum'
  readonly by?: Grouping
  /** Who has most of it stands first, or least; by manager where nothing else is said. */
  readonly ranked?: 'most' | 'least'
  /** Somebody is asked for. */
  readonly who?: true
  /** It was not done: with `who` by whom not, else what is left to do. */
  readonly undone?: true
  readonly when?: Period
  /** A month by its name; without a year the nearest. */
  readonly month?: { readonly month: number; readonly year: number | null }
  /** Days by their dates or weekdays. */
  readonly dates?: Dates
  /** It ends in the time that is said: the credit line, or with `debt` the loan; of a task, it is due. */
  readonly ends?: true
  /** What ends, which says nothing by itself. */
  readonly debt?: 'credit' | 'loan'
  /** Came on file, in the time that is said. */
  readonly entered?: true
  readonly sorts?: readonly string[]
  readonly where?: Condition
  readonly whose?: 'me' | 'team'
  /** The product behind it is held, or is not; a product with neither is held. */
  readonly held?: boolean
  /** The code of a product. */
  readonly product?: string
  /** Joins a name to what is asked for: 的, of, in. */
  readonly joins?: true
}

/** A word or turn of phrase; a pattern with groups says what they say, null: it is not meant. */
export interface Word {
  /** The source of an expression, in lower case; of the words that match at a place the longest counts. */
  readonly said: string
  readonly means: Means | ((groups: Readonly<Record<string, string>>) => Means | null)
}
