import type { Day } from '../../core/calendar/time.ts'
import { findKind, type OutcomeKinds, STAGES, type Stage } from '../../core/outcome.ts'

/** Stages of what is under way: something is wanted, and there is no loan yet. */
export const UNDER_WAY = [
  'interested',
  'applied',
  'approved',
  'signed',
] as const satisfies readonly Stage[]
/** Of these the bank has said yes: the money only has to be paid out. */
const GRANTABLE: readonly Stage[] = ['approved', 'signed']
/** Stages that end what was under way; what is logged afterwards begins anew. */
export const ENDING = ['granted', 'lost', 'barred'] as const satisfies readonly Stage[]

/** What nobody logged anything about for so long is forgotten, not under way. */
export const REMEMBERED_DAYS = 365
/** Whoever was not reached for so long while something is under way is slipping. */
export const SLIPPING_DAYS = 30

/** So many clients are listed at once. */
export const PAGE = 10

/** Clients of one part of the bank that stand at one kind of outcome and are expected in one month. */
export interface Standing {
  /** A unit's code, or a manager's where the part is a unit of its own. */
  readonly part: string
  readonly name: string
  /** Code of the kind of outcome that brought them furthest. */
  readonly kind: string
  readonly stage: Stage
  /** The month in which they want it, `2026-12`; null: nobody said. */
  readonly month: string | null
  readonly clients: number
  /** Whole yuan, of the `known` ones. */
  readonly amount: number
  readonly known: number
  /** Not reached for `SLIPPING_DAYS`. */
  readonly slipping: number
}

export interface Sum {
  readonly clients: number
  readonly amount: number
  readonly known: number
}

export const sumOf = (all: readonly Sum[]): Sum =>
  all.reduce(
    (sum, each) => ({
      clients: sum.clients + each.clients,
      amount: sum.amount + each.amount,
      known: sum.known + each.known,
    }),
    { clients: 0, amount: 0, known: 0 },
  )

/** By kind, as far as they bring a client: of one stage in the playbook's order. */
export function byKind(
  all: readonly Standing[],
  kinds: OutcomeKinds,
): readonly (Sum & { readonly kind: string })[] {
  const place = (kind: string) => {
    const known = findKind(kinds, kind)
    return known ? kinds.indexOf(known) : kinds.length
  }
  return [...Map.groupBy(all, ({ kind }) => kind)]
    .map(([kind, some]) => ({ kind, stage: some[0]?.stage ?? 'none', ...sumOf(some) }))
    .sort(
      (a, b) => STAGES.indexOf(a.stage) - STAGES.indexOf(b.stage) || place(a.kind) - place(b.kind),
    )
}

/** By part, the largest amount first, with what only has to be paid out. */
export const byPart = (
  all: readonly Standing[],
): readonly (Sum & {
  readonly part: string
  readonly name: string
  readonly grantable: number
})[] =>
  [...Map.groupBy(all, ({ part }) => part)]
    .map(([part, some]) => ({
      ...{ part, name: some[0]?.name ?? part, ...sumOf(some) },
      grantable: grantableOf(some).amount,
    }))
    .sort((a, b) => b.amount - a.amount || b.clients - a.clients || a.part.localeCompare(b.part))

export const grantableOf = (all: readonly Standing[]): Sum =>
  sumOf(all.filter(({ stage }) => GRANTABLE.includes(stage)))

/** By month, those gone by as one (`month` ''), and last those of whom nobody said when (null). */
export function byMonth(
  all: readonly Standing[],
  today: Day,
): readonly (Sum & { readonly month: string | null })[] {
  const current = today.slice(0, 7)
  const months = Map.groupBy(all, ({ month }) => (month !== null && month < current ? '' : month))
  return [...months]
    .map(([month, some]) => ({ month, ...sumOf(some) }))
    .sort((a, b) => (a.month === null ? 1 : b.month === null ? -1 : a.month < b.month ? -1 : 1))
}
