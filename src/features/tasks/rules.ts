import { addDays, type Day } from '../../core/time.ts'
import type { Workdays } from '../../core/workdays.ts'
import type { OutcomeKind, Playbook, Step, TaskKind, Urgency } from './playbook.ts'

/** Why a task exists, as its line on the list explains it. */
export type TaskReason =
  | 'entry'
  | 'referral'
  | 'need'
  | Exclude<OutcomeKind, 'granted' | 'do-not-contact'>
  | 'care'
  | 'credit-due'
  | 'quiet'
  | 'assigned'
  | 'own'

/** A task to be opened. */
export interface PlannedTask {
  readonly kind: TaskKind
  readonly dueOn: Day
  readonly priority: number
  readonly reason: TaskReason
  /** How often in a row nobody answered before it. */
  readonly attempt: number
}

export type NoNext = 'do-not-contact' | 'exit-tier' | 'negative-list' | 'no-rhythm'

/** What follows a closed task: the next one, or the reason why there is none. */
export type Next = { readonly task: PlannedTask } | { readonly none: NoNext }

/** The workday on which a step falls due, counted from the day of its event. */
export function dueDay(step: Step, today: Day, workdays: Workdays): Day {
  const { after } = step
  if ('days' in after) return workdays.onOrAfter(addDays(today, after.days))
  return after.workdays === 0 ? workdays.onOrAfter(today) : workdays.add(today, after.workdays)
}

/**
 * What follows an outcome: the playbook's step, on the agreed day where there is one, moved to a
 * workday. After `granted` the tier's rhythm of care goes on.
 */
export function nextAfter(
  playbook: Playbook,
  outcome: OutcomeKind,
  facts: {
    readonly agreedOn: Day | null
    readonly attempt: number
    readonly tier: string | null
    readonly noMarketing: NoNext | null
  },
  today: Day,
  workdays: Workdays,
): Next {
  if (outcome === 'do-not-contact') return { none: 'do-not-contact' }
  if (facts.noMarketing) return { none: facts.noMarketing }
  if (outcome === 'granted') return afterGranted(playbook, facts, today, workdays)
  const attempt = outcome === 'no-answer' ? facts.attempt + 1 : 0
  const rule = playbook.outcomes
  const again = attempt <= rule['no-answer'].times
  const step =
    outcome === 'no-answer' ? rule['no-answer'][again ? 'again' : 'later'] : rule[outcome]
  return {
    task: {
      kind: step.kind,
      dueOn: facts.agreedOn ? workdays.onOrAfter(facts.agreedOn) : dueDay(step, today, workdays),
      priority: weighted(playbook, step.priority, facts.tier),
      reason: outcome,
      attempt: again ? attempt : 0,
    },
  }
}

function afterGranted(
  playbook: Playbook,
  facts: { readonly agreedOn: Day | null; readonly tier: string | null },
  today: Day,
  workdays: Workdays,
): Next {
  const days = playbook.care[facts.tier ?? '']?.call ?? null
  if (days === null && !facts.agreedOn) return { none: 'no-rhythm' }
  const dueOn = workdays.onOrAfter(facts.agreedOn ?? addDays(today, days ?? 0))
  const priority = weighted(playbook, 30, facts.tier)
  return { task: { kind: 'call', dueOn, priority, reason: 'care', attempt: 0 } }
}

/** The task that an event makes: an entry, a referral, or a need of our own line. */
export function plannedFor(
  playbook: Playbook,
  event:
    | { readonly reason: 'entry' | 'referral' }
    | { readonly reason: 'need'; readonly urgency: Urgency },
  tier: string | null,
  today: Day,
  workdays: Workdays,
): PlannedTask {
  const step = event.reason === 'need' ? playbook.needs[event.urgency] : playbook[event.reason]
  return {
    kind: step.kind,
    dueOn: dueDay(step, today, workdays),
    priority: weighted(playbook, step.priority, tier),
    reason: event.reason,
    attempt: 0,
  }
}

const weighted = (playbook: Playbook, priority: number, tier: string | null): number =>
  Math.max(0, Math.min(100, priority + (playbook.tierWeight[tier ?? ''] ?? 0)))

/**
 * The day's numbers: what was numbered keeps its place, what is new follows in the given order.
 * Task n is the n-th of the result.
 */
export function numbered(known: readonly string[], due: readonly string[]): string[] {
  const seen = new Set(known)
  return [...known, ...due.filter((id) => !seen.has(id))]
}

export type Section = 'overdue' | 'today' | 'soon'

export const sectionOf = (dueOn: Day, today: Day): Section =>
  dueOn < today ? 'overdue' : dueOn === today ? 'today' : 'soon'

/** `undo` takes back what was done so long ago at most. */
export const UNDO_MINUTES = 10
