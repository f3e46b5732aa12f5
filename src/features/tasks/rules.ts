import type { Moment } from '../../bot/moment.ts'
import { addDays, type Day } from '../../core/calendar/time.ts'
import type { Workdays } from '../../core/calendar/workdays.ts'
import { isContact } from '../../core/outcome.ts'
import { contactedOn, freeFrom, isMarketing } from '../playbook/contact-rules.ts'
import type { OTHER_REASONS, Playbook, Step, TaskKind, Urgency } from '../playbook/rules.ts'
import { hourAfter } from './hours-rules.ts'

/** Why a task exists, as its line on the list explains it: one of these, or the code of an outcome. */
export type TaskReason = (typeof OTHER_REASONS)[number] | (string & {})

/** A task to be opened. */
export interface PlannedTask {
  readonly kind: TaskKind
  readonly dueOn: Day
  /** The hour of that day, `HH:MM`; null or absent: none is named. */
  readonly dueTime?: string | null
  readonly priority: number
  readonly reason: TaskReason
  /** How often in a row nobody answered before it. */
  readonly attempt: number
  /** What the step weighs, before the tier and the day; absent: as `priority`. */
  readonly base?: number
  /** The client asked for it or agreed to the day, so that the contact ceiling does not move it. */
  readonly asked?: boolean
  /** The last day on which it is in time, where that is later than `dueOn`. */
  readonly answerBy?: Day
}

/** Why nothing follows a closed task, as outcomes and visits keep it. */
export const NO_NEXT = ['do-not-contact', 'exit-tier', 'negative-list', 'no-rhythm'] as const
export type NoNext = (typeof NO_NEXT)[number]
/**
 * The same as tasks keep it: another took its place, whoever made it took it back, its loan is settled, its
 * targeted list was recalled.
 */
export const CLOSED_BECAUSE = [
  ...NO_NEXT,
  'replaced',
  'undone',
  'consent-withdrawn',
  'merged',
  'settled',
  'recalled',
] as const

/** What follows a closed task: the next one, or the reason why there is none. */
export type Next = { readonly task: PlannedTask } | { readonly none: NoNext }

/** The workday on which a step falls due, counted from the day of its event. */
export function dueDay(step: Step, today: Day, workdays: Workdays): Day {
  const { after } = step
  if ('days' in after) return workdays.onOrAfter(addDays(today, after.days))
  return after.workdays === 0 ? workdays.onOrAfter(today) : workdays.add(today, after.workdays)
}

/** What is known of a client when something came of a contact. */
interface AfterFacts {
  /** The day that was agreed, and its hour, `HH:MM`. */
  readonly agreedOn: Day | null
  readonly agreedAt: string | null
  readonly attempt: number
  readonly tier: string | null
  readonly noMarketing: NoNext | null
  /** The client's days of contact before this outcome, newest first. */
  readonly contacts: readonly Day[]
  /** When the client is not to be called, `12:00-14:00`; null: as the playbook says. */
  readonly quietHours: string | null
}

/**
 * What follows an outcome, by its code: the playbook's step, on the agreed day where there is one, moved to
 * a workday; or the tier's rhythm of care. Throws where the playbook has no such kind.
 */
export function nextAfter(
  playbook: Playbook,
  outcome: string,
  facts: AfterFacts,
  at: Pick<Moment, 'now' | 'today' | 'timezone' | 'workdays'>,
): Next {
  const { today, workdays } = at
  const kind = playbook.outcomes[outcome]
  if (!kind) throw new Error(`the playbook has no outcome ${outcome}`)
  if (!kind.next) return { none: 'do-not-contact' }
  if (facts.noMarketing) return { none: facts.noMarketing }
  if (kind.next.kind === 'care') return afterGranted(playbook, facts, today, workdays)
  const attempt = kind.times === null ? 0 : facts.attempt + 1
  const again = kind.times === null || attempt <= kind.times
  const step = again ? kind.next : (kind.later ?? kind.next)
  const task = {
    kind: step.kind,
    priority: weighted(playbook, step.priority, facts.tier),
    base: step.priority,
    reason: outcome,
    attempt: again ? attempt : 0,
  }
  if (facts.agreedOn) {
    const dueOn = workdays.onOrAfter(facts.agreedOn)
    return { task: { ...task, dueOn, dueTime: facts.agreedAt, asked: true } }
  }
  if ('hours' in step.after) {
    const dueTime = hourAfter(step.after.hours, at, playbook.quietHours, facts.quietHours)
    const dueOn = dueTime ? today : workdays.next(today)
    return { task: { ...task, dueOn, dueTime, asked: true } }
  }
  const due = dueDay({ ...step, after: step.after }, today, workdays)
  const contacts = isContact(kind.stage) ? contactedOn(facts.contacts, today) : facts.contacts
  const asked = !isMarketing(step.kind)
  const dueOn = asked ? due : within(playbook, contacts, due, workdays)
  return { task: { ...task, dueOn, asked } }
}

function afterGranted(playbook: Playbook, facts: AfterFacts, today: Day, workdays: Workdays): Next {
  const days = playbook.care[facts.tier ?? '']?.call ?? null
  if (days === null && !facts.agreedOn) return { none: 'no-rhythm' }
  const dueOn = facts.agreedOn
    ? workdays.onOrAfter(facts.agreedOn)
    : within(playbook, contactedOn(facts.contacts, today), addDays(today, days ?? 0), workdays)
  const base = playbook.weights.care
  const priority = weighted(playbook, base, facts.tier)
  const asked = facts.agreedOn !== null
  const when = { dueOn, dueTime: asked ? facts.agreedAt : null }
  return { task: { kind: 'call', ...when, priority, base, reason: 'care', attempt: 0, asked } }
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
    base: step.priority,
    reason: event.reason,
    attempt: 0,
    asked: event.reason !== 'entry',
  }
}

/** The first workday from a day on that the contact ceiling allows. */
export function within(
  playbook: Playbook,
  contacts: readonly Day[],
  wanted: Day,
  workdays: Workdays,
): Day {
  const free = freeFrom(playbook, contacts)
  return workdays.onOrAfter(free && free > wanted ? free : wanted)
}

const weighted = (playbook: Playbook, priority: number, tier: string | null): number =>
  Math.max(0, Math.min(100, priority + (playbook.tierWeight[tier ?? ''] ?? 0)))

/**
 * The day's numbers: what was numbered keeps its place, what is new follows in the given order.
 * Task n is the n-th of the result.
 */
export function numbered(known: readonly string[], due: readonly string[]): string[] {
  if (known.length === 0) return [...due]
  const seen = new Set(known)
  return [...known, ...due.filter((id) => !seen.has(id))]
}

/**
 * `complaint` and `arrived` (somebody was recommended) come first. `late`: overdue so long that it came
 * to the person again.
 */
export type Section = 'complaint' | 'arrived' | 'late' | 'overdue' | 'today' | 'soon'

/** In the order in which `list/store.ts` lists their tasks. */
export const SECTIONS: readonly Section[] = [
  'complaint',
  'arrived',
  'late',
  'overdue',
  'today',
  'soon',
]

/** Kinds of task in which somebody waits for us: they head the list, unless they were put off. */
export const PRESSING: readonly TaskKind[] = ['complaint', 'referral']

/** The last day on which a task is in time. */
export const inTimeUntil = (task: { readonly dueOn: Day; readonly answerBy: Day | null }): Day =>
  task.answerBy && task.answerBy > task.dueOn ? task.answerBy : task.dueOn

export function sectionOf(
  {
    dueOn,
    escalation,
    kind,
    postponed,
  }: {
    readonly dueOn: Day
    readonly escalation: number | null
    readonly kind: TaskKind
    /** How often it was put off. */
    readonly postponed: number
  },
  today: Day,
): Section {
  if (PRESSING.includes(kind) && (dueOn <= today || postponed === 0)) {
    return kind === 'complaint' ? 'complaint' : 'arrived'
  }
  if (dueOn < today) return escalation ? 'late' : 'overdue'
  return dueOn === today ? 'today' : 'soon'
}

/** Between these a person may choose when their morning list comes. */
export const EARLIEST = '06:00'
export const LATEST = '12:00'

/** What was noted of a task before, and what is noted now. */
export const joined = (before: string | null, now: string | null): string | null =>
  [before, now].filter(Boolean).join('；').slice(0, 500) || null
