import { daysOf } from '../../../core/calendar/period.ts'
import type { Day } from '../../../core/calendar/time.ts'

export const SPANS = ['today', 'this-week', 'this-month'] as const
export type Span = (typeof SPANS)[number]

/** So many people at once. */
export const PAGE = 20

/** The first day of a span that ends today. */
export const beginOf = (span: Span, today: Day): Day => daysOf(span, today).from ?? today

/** What one manager did since a day, and what is due now. */
export interface PersonDay {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly unit: string
  readonly unitPath: string
  /** On leave today. */
  readonly away: boolean
  /** Asked not to be written to today. */
  readonly muted: boolean
  /** Outcomes and visits. */
  readonly logged: number
  /** Of these, clients who are interested, have applied or came further, and were granted. */
  readonly interested: number
  readonly applied: number
  readonly granted: number
  readonly visits: number
  /** Clients who came on file. */
  readonly entered: number
  /** Due and not closed. */
  readonly open: number
  readonly overdue: number
  /** Somebody's reminder of today was queued. */
  readonly reminded: boolean
}

/** People of a part of the bank, summed. */
export interface Sums {
  readonly people: number
  readonly away: number
  /** Who logged nothing, but for those away. */
  readonly idle: number
  readonly logged: number
  readonly open: number
  readonly overdue: number
}

/** What says that a person was reminded on a day: once. */
export const reminderKey = (today: Day, staffId: string): string => `nudge:${today}:${staffId}`
