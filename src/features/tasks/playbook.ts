import { z } from 'zod'

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

export const OUTCOMES = [
  'interested',
  'thinking',
  'no-answer',
  'declined',
  'applied',
  'granted',
  'wrong-number',
  'do-not-contact',
] as const
export type OutcomeKind = (typeof OUTCOMES)[number]

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

const care = z.strictObject({
  call: z.int().min(1).max(730).nullable(),
  visit: z.int().min(1).max(730).nullable(),
})

/**
 * Which task falls due when. Data, as the standards are: it is kept in versions, and a published
 * version is never edited.
 */
export const playbookSchema = z.strictObject({
  version: z.int().positive(),
  effectiveFrom: z.iso.date(),
  /** A prospect was entered; somebody came by a referral. */
  entry: step,
  referral: step,
  /** A need of our own line, by how urgent it is. */
  needs: z.record(z.enum(URGENCIES), step),
  /** What follows an outcome; a next day that was agreed takes the place of `after`. */
  outcomes: z.strictObject({
    interested: step,
    thinking: step,
    declined: step,
    applied: step,
    'wrong-number': step,
    /** Nobody answered: `again` for the first `times` in a row, then `later`, counting anew. */
    'no-answer': z.strictObject({ again: step, times: z.int().min(0).max(10), later: step }),
  }),
  /** Days between two calls and two visits, by tier or class; null: none. */
  care: z.record(z.string(), care),
  /** Added to the priority of a client of this tier. */
  tierWeight: z.record(z.string(), z.int().min(-50).max(50)),
})
export type Playbook = z.infer<typeof playbookSchema>

/** Version 1, as shipped. */
export const SHIPPED_PLAYBOOK: Playbook = {
  version: 1,
  effectiveFrom: '2026-01-01',
  entry: { kind: 'call', after: { workdays: 1 }, priority: 45 },
  referral: { kind: 'referral', after: { workdays: 1 }, priority: 85 },
  needs: {
    urgent: { kind: 'call', after: { workdays: 0 }, priority: 90 },
    soon: { kind: 'call', after: { workdays: 2 }, priority: 60 },
    'some-day': { kind: 'cross-sell', after: { days: 14 }, priority: 30 },
  },
  outcomes: {
    interested: { kind: 'call', after: { workdays: 3 }, priority: 70 },
    thinking: { kind: 'call', after: { days: 7 }, priority: 50 },
    declined: { kind: 'call', after: { days: 90 }, priority: 20 },
    applied: { kind: 'other', after: { workdays: 2 }, priority: 65 },
    'wrong-number': { kind: 'other', after: { workdays: 1 }, priority: 35 },
    'no-answer': {
      again: { kind: 'call', after: { workdays: 1 }, priority: 40 },
      times: 3,
      later: { kind: 'call', after: { days: 14 }, priority: 30 },
    },
  },
  care: {
    A: { call: 14, visit: 30 },
    B: { call: 30, visit: 60 },
    C: { call: 45, visit: 90 },
    D: { call: 60, visit: 180 },
    E: { call: 30, visit: 90 },
    F: { call: null, visit: null },
    unclassified: { call: 60, visit: null },
    premium: { call: 14, visit: 60 },
    ordinary: { call: 30, visit: null },
    none: { call: null, visit: null },
    undetermined: { call: 30, visit: null },
  },
  tierWeight: { A: 15, B: 8, premium: 6, C: 4, E: 2, D: 0 },
}
