import { z } from 'zod'
import { STAGES } from '../../core/outcome.ts'

export const TASK_KINDS = [
  'call',
  'cross-sell',
  'visit',
  'campaign',
  'list',
  'referral',
  'complaint',
  'other',
] as const
export type TaskKind = (typeof TASK_KINDS)[number]

/** Kinds of outcome that the program itself logs or acts on; a bank names them as it likes and keeps them. */
export const BUILT_IN = [
  'interested',
  'no-answer',
  'declined',
  'applied',
  'granted',
  'wrong-number',
  'do-not-contact',
] as const

export const URGENCIES = ['urgent', 'soon', 'some-day'] as const
export type Urgency = (typeof URGENCIES)[number]

const after = z.union([
  z.strictObject({ workdays: z.int().min(0).max(250) }),
  z.strictObject({ days: z.int().min(1).max(730) }),
])

/** A task to come: what, when (counted from the day of the event) and how much it matters. */
const step = z.strictObject({
  kind: z.enum(TASK_KINDS),
  after,
  priority: z.int().min(0).max(100),
})
export type Step = z.infer<typeof step>

/** The code of a kind of outcome. */
export const OUTCOME_CODE = /^[a-z][a-z0-9-]{0,39}$/
const label = z.string().trim().min(1).max(20)
const words = z.array(z.string().trim().min(2).max(30)).max(60)

/** A kind of outcome with what follows it. */
const outcome = z.strictObject({
  /** Its turn among the kinds, as forms show them. */
  place: z.int().min(0).max(99),
  label: z.strictObject({ zh: label, en: label }),
  words: z.strictObject({ zh: words, en: words }),
  stage: z.enum(STAGES),
  asks: z.enum(['day', 'amount']).nullable(),
  active: z.boolean(),
  /**
   * A next day that was agreed takes the place of `after`; `hours`: the same day, so much later, else the
   * next workday. `care`: the rhythm of the client's tier goes on. Null: nothing follows.
   */
  next: z
    .union([
      z.strictObject({ kind: z.literal('care') }),
      step.extend({ after: z.union([after, z.strictObject({ hours: z.int().min(1).max(8) })]) }),
    ])
    .nullable(),
  /** `next` for the first so many in a row, then `later`, counting anew; null, both: always `next`. */
  times: z.int().min(0).max(10).nullable(),
  later: step.nullable(),
})
export type PlaybookOutcome = z.infer<typeof outcome>
/** A step that follows an outcome. */
export type NextStep = Exclude<PlaybookOutcome['next'], null | { kind: 'care' }>

const care = z.strictObject({
  call: z.int().min(1).max(730).nullable(),
  visit: z.int().min(1).max(730).nullable(),
})

/** What brings a task about by itself, each in `days` (before it, after it, or without it). */
export const CARE_EVENTS = [
  'credit-due',
  'loan-due',
  'licence-due',
  'birthday',
  'unused',
  'usage-falling',
  'quiet',
  // After the last facility was settled.
  'win-back',
  'win-back-again',
  'win-back-last',
  'old-facts',
  // A key product of the tier is not held.
  'uncovered',
] as const
export type CareEvent = (typeof CARE_EVENTS)[number]
/** Those of them that rest on a live facility. */
export const CREDIT_EVENTS = [
  'credit-due',
  'loan-due',
  'unused',
  'usage-falling',
] as const satisfies readonly CareEvent[]
/** Reasons of tasks that have no day of their own: of these only so many are made as a list takes. */
export const ROUTINE = ['care', 'quiet', 'unused', 'usage-falling', 'old-facts'] as const

/** Why else a task exists than for an outcome: no kind of outcome has such a code. */
export const OTHER_REASONS = [
  'entry',
  'referral',
  'need',
  'care',
  ...CARE_EVENTS,
  'assigned',
  'own',
  'complaint',
  'new-number',
  'thin-file',
  'list',
] as const

/** Null: this event makes no task. */
const event = z
  .strictObject({
    kind: z.enum(TASK_KINDS),
    days: z.int().min(0).max(730),
    priority: z.int().min(0).max(100),
  })
  .nullable()

const weight = z.int().min(0).max(50)
/** Whole yuan that earn every point; null: this part of what a client brings does not count. */
const full = z.int().min(1000).max(1_000_000_000).nullable()
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/** The most contacts that the ceiling can count, because a client keeps so many days. */
export const MOST_CONTACTS = 10

/**
 * Which task falls due when. Data, as the standards are: it is kept in versions, and a published
 * version is never edited.
 */
export const completePlaybook = z.strictObject({
  version: z.int().positive(),
  effectiveFrom: z.iso.date(),
  /** A prospect was entered; somebody came by a referral. */
  entry: step,
  referral: step,
  /** A need of our own line, by how urgent it is. */
  needs: z.record(z.enum(URGENCIES), step),
  /** The kinds of outcome, by code, and what follows each. */
  outcomes: z.record(z.string().regex(OUTCOME_CODE), outcome),
  /** Days between two calls and two visits, by tier or class; null: none. */
  care: z.record(z.string(), care),
  /**
   * Days before the credit, a loan or the licence ends and before the business has its birthday; days
   * in which nothing of the credit line was used, and in which nobody contacted the client; days after
   * much less of it came to be used, and after the last facility was settled; between two requests to
   * renew facts that are too old.
   */
  events: z.record(z.enum(CARE_EVENTS), event),
  /** Added to the priority of a client of this tier. */
  tierWeight: z.record(z.string(), z.int().min(-50).max(50)),
  /** Added to the priority for what is true on the day; each is also a reason that the line shows. */
  weights: z.strictObject({
    /** What a task of the care rhythm weighs by itself. */
    care: z.int().min(0).max(100),
    /** For each day overdue, up to `most`. */
    overdue: z.strictObject({ perDay: weight, most: weight }),
    /** An open need that is urgent or wanted within a week. */
    'wants-now': weight,
    /** A client of one of these tiers was not contacted for longer than the rhythm asks. */
    'key-slipping': weight,
    keyTiers: z.array(z.string()),
    unused: weight,
    quiet: weight,
    'credit-ends': weight,
    /** What the client brings, in proportion; of its parts the one that earns most counts. */
    worth: z.strictObject({ most: weight, balance: full, deposits: full, income: full }),
  }),
  /** Workdays overdue after which a task comes to the person again, to the lead, to somebody else. */
  escalation: z.strictObject({
    again: z.int().min(1).max(60),
    lead: z.int().min(1).max(60),
    reassign: z.int().min(1).max(60),
  }),
  /** A client is contacted on so many of `days` days at most, unless they asked for it. */
  ceiling: z.strictObject({
    touches: z.int().min(1).max(MOST_CONTACTS),
    days: z.int().min(1).max(365),
  }),
  /** When nobody is called who said nothing else. */
  quietHours: z.array(z.strictObject({ from: time, until: time })),
  sizes: z.strictObject({
    /** Lines of the list that are shown at once. */
    page: z.int().min(3).max(20),
    /** Care tasks are made while a manager has fewer open tasks due than this; null: no limit. */
    load: z.int().min(1).max(500).nullable(),
    /** How many days ahead tasks are made. */
    ahead: z.int().min(0).max(30),
  }),
})
export type Playbook = z.infer<typeof completePlaybook>
