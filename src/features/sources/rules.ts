import type { ClientSource } from '../clients/rules.ts'

/** What the figures are told by: the source, the market or park it was, or who introduced. */
export const BY = ['source', 'cluster', 'introducer'] as const
export type By = (typeof BY)[number]

/** How far clients who came on file have come by today, each counted once at every step they reached. */
export interface Funnel {
  readonly found: number
  readonly contacted: number
  readonly interested: number
  readonly applied: number
  /** With a loan that the bank's book, or a lead, confirms. */
  readonly confirmed: number
  /** Whole yuan of the confirmed loans. */
  readonly amount: number
  /** Days from coming on file to the first of them, over all who have one. */
  readonly days: number
}

/** A manager and the unit, by name. */
export interface Manager {
  readonly unit: string
  readonly manager: string
  /** The manager's, who may share a name with another. */
  readonly code: string
}

/** Of one manager, one month in which clients came on file, and one source with what is known of it. */
export interface SourceRow extends Funnel, Manager {
  /** `2026-11` */
  readonly month: string
  readonly source: ClientSource
  /** The list, the industry or what else was recorded of the source; null: nothing. */
  readonly detail: string | null
  readonly cluster: string | null
  /** Two introducers of one name are two. */
  readonly introducerId: string | null
  readonly introducer: string | null
}

export const STEPS = ['found', 'contacted', 'interested', 'applied', 'confirmed'] as const

export const sumOf = (rows: readonly Funnel[]): Funnel => {
  const of = (figure: keyof Funnel) => rows.reduce((sum, row) => sum + row[figure], 0)
  return {
    ...{ found: of('found'), contacted: of('contacted'), interested: of('interested') },
    ...{ applied: of('applied'), confirmed: of('confirmed'), amount: of('amount') },
    days: of('days'),
  }
}

/** Days to a loan on average; null: there is none. */
export const daysToLoan = ({ days, confirmed }: Funnel): number | null =>
  confirmed === 0 ? null : Math.round(days / confirmed)

/** The rows of one source, market or introducer; those of none are left out. */
export interface Group extends Funnel {
  /** As it is shown. */
  readonly key: string
  readonly of: readonly SourceRow[]
}

/** By what is asked, those with most clients first. */
export function groupsOf(rows: readonly SourceRow[], by: By): Group[] {
  const known = rows.filter((row) => row[by] !== null)
  const identity = (row: SourceRow) => (by === 'introducer' ? row.introducerId : row[by])
  const groups = [...Map.groupBy(known, identity).values()].map((of) => ({
    key: of[0]?.[by] ?? '',
    of,
    ...sumOf(of),
  }))
  return groups.sort((a, b) => b.found - a.found || a.key.localeCompare(b.key))
}
