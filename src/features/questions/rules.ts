import { z } from 'zod'
import { type Days, daysOf, type Period } from '../../core/calendar/period.ts'
import type { Day } from '../../core/calendar/time.ts'
import { clientFilter, period } from '../clients/filter/rules.ts'

/** What may be asked for. `outcomes` are what was done: outcomes that were logged, and visits. */
export const OBJECTS = ['clients', 'tasks', 'outcomes', 'needs', 'referrals'] as const
export type Of = (typeof OBJECTS)[number]

/** What a count may be divided by. `sort`: the kind of outcome, of task, or the product of a need. */
export const GROUPINGS = [
  ...(['tier', 'kind', 'source', 'region', 'cluster', 'industry'] as const),
  ...(['manager', 'unit', 'sort'] as const),
] as const
export type Grouping = (typeof GROUPINGS)[number]

const named = z.strictObject({ id: z.uuid(), name: z.string().min(1).max(60) })
const names = z.array(z.string().trim().min(1).max(40)).max(3)

/**
 * Whose it is: the asker's own, all within reach, of those persons, or of a unit and those below it. Said by
 * nobody is null: all within reach.
 */
const whose = z
  .union([
    z.enum(['me', 'team']),
    z.strictObject({ people: z.array(named).min(1).max(8) }),
    z.strictObject({ path: z.string().regex(/^\/(?:[^/]+\/)+$/), name: z.string().max(60) }),
  ])
  .nullable()

export const question = z.strictObject({
  of: z.enum(OBJECTS),
  as: z.enum(['list', 'count', 'sum']),
  by: z.enum(GROUPINGS).nullable().default(null),
  /** With `by` manager: who has most stands first; else who has least. */
  most: z.boolean().default(false),
  /** Of whoever has none of it, with `by` manager: 谁还没登记. */
  none: z.boolean().default(false),
  when: period.nullable().default(null),
  /** Kinds of outcome (`visit` of them), of task, or products of needs; none: all. */
  sorts: z.array(z.string().min(1).max(40)).max(20).default([]),
  where: clientFilter.default([]),
  whose: whose.default(null),
  /** Words that must be the name of a person, a unit or a place, found when it is asked. */
  names: names.default([]),
  /** The first line that is shown. */
  from: z.int().min(0).max(100_000).default(0),
})
export type Question = z.infer<typeof question>

/** As a reader gives it: what is absent is the default. */
export type QuestionWords = z.input<typeof question>

/** The days that are meant: what is to be done today is also what was due before. */
export const daysAsked = (of: Of, when: Period | null, today: Day): Days =>
  when === null
    ? { from: null, until: null }
    : of === 'tasks' && when === 'today'
      ? { from: null, until: today }
      : daysOf(when, today)

/** What was done counts for a time: this month, or today where it is asked who did nothing. */
export const withTime = ({ of, none, when, ...rest }: Question): Question => ({
  ...rest,
  of,
  none,
  when: when ?? (of === 'outcomes' ? (none ? 'today' : 'this-month') : null),
})
