import type { Day } from '../../../core/calendar/time.ts'

/** What a row says of something that was done with a client before. */
export interface SaidEvent {
  readonly on: Day
  readonly what: 'call' | 'visit' | 'need' | 'application' | 'note'
  /** Of a talk; null: its result is no outcome that we know, and stands in the note. */
  readonly outcome: string | null
  /** A code of the catalogue. */
  readonly product: string | null
  /** Whole yuan. */
  readonly amount: number | null
  readonly note: string | null
  readonly owner: { readonly code: string | null; readonly name: string | null }
}
