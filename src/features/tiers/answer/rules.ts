import type { Day } from '../../../core/calendar/time.ts'
import type { FactName, Facts } from '../../tier-rules/facts.ts'
import { type ApproverRole, approverOf, type TierDecision } from '../../tier-rules/rules.ts'

/** A move between tiers as it is told: when, by which version, and what had changed. */
export interface Move {
  readonly from: string | null
  readonly to: string
  readonly on: Day
  readonly version: number
  readonly status: 'applied' | 'pending' | 'rejected' | 'superseded'
  readonly approver: ApproverRole | null
  readonly decidedBy: string | null
  readonly decidedOn: Day | null
  readonly reason: string | null
  /** The facts recorded then; null for a first tier. */
  readonly facts: Facts | null
  /** Facts that somebody recorded on that day. */
  readonly recorded: readonly FactName[]
}

/** The tier of a client and how it came to be so. */
export interface Standing {
  /** In force; null before the first decision. */
  readonly tier: string | null
  /** What the standard says; differs while a move waits or after it was rejected. */
  readonly decided: string | null
  readonly since: Day | null
  /** Newest first. */
  readonly moves: readonly Move[]
}

/** The standing once a decision is written down, as `settle` writes it. */
export function standingAfter(
  before: Standing,
  { tier }: TierDecision,
  by: {
    readonly facts: Facts
    readonly recorded: readonly FactName[]
    readonly version: number
    readonly today: Day
  },
): Standing {
  const waiting = before.moves.map((move) =>
    move.status === 'pending' && move.to !== tier
      ? ({ ...move, status: 'superseded' } as const)
      : move,
  )
  if (before.tier === tier || before.decided === tier) {
    return { ...before, decided: tier, moves: waiting }
  }
  const approver = approverOf(before.tier, tier)
  const { facts, recorded, version, today } = by
  const move: Move = {
    from: before.tier,
    to: tier,
    on: today,
    version,
    status: approver ? 'pending' : 'applied',
    approver,
    decidedBy: null,
    decidedOn: null,
    reason: null,
    facts,
    recorded,
  }
  const held = approver ? before : { tier, since: today }
  return { tier: held.tier, since: held.since, decided: tier, moves: [move, ...waiting] }
}
