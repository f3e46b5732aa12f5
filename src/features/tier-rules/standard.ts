import { z } from 'zod'
import type { Text } from '../../core/text.ts'
import { agesSchema, SHIPPED_AGES } from './ages.ts'
import { FACT_NAMES, type FactName } from './facts.ts'
import { marksSchema, SHIPPED_MARKS } from './marks.ts'

/** A limit: a number, or the name of one of the standard's parameters. */
export type Limit = number | string

/**
 * A condition on facts. A tree of `all` and `any` over tests of one fact; `use` names a condition
 * that the standard states once. There is no "not": a test says what it wants (`is: false`), so
 * that an unrecorded fact can only ever leave a rule open.
 */
export type Condition = { readonly label?: Text | undefined } & (
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly use: string }
  | { readonly fact: FactName; readonly is: boolean }
  | { readonly fact: FactName; readonly oneOf: readonly string[] }
  | { readonly fact: FactName; readonly between: readonly [number, number] }
  | { readonly fact: FactName; readonly atLeast: Limit }
  | { readonly fact: FactName; readonly atMost: Limit }
  | { readonly fact: FactName; readonly above: Limit }
  | { readonly fact: FactName; readonly below: Limit }
  | { readonly sum: readonly FactName[]; readonly atLeast: Limit }
)

const label = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })
const fact = z.enum(FACT_NAMES)
const limit = z.union([z.number(), z.string()])
const optionalLabel = { label: label.optional() }

const condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ ...optionalLabel, all: z.array(condition).min(1) }),
    z.strictObject({ ...optionalLabel, any: z.array(condition).min(1) }),
    z.strictObject({ ...optionalLabel, use: z.string() }),
    z.strictObject({ ...optionalLabel, fact, is: z.boolean() }),
    z.strictObject({ ...optionalLabel, fact, oneOf: z.array(z.string()).min(1) }),
    z.strictObject({ ...optionalLabel, fact, between: z.tuple([z.number(), z.number()]) }),
    z.strictObject({ ...optionalLabel, fact, atLeast: limit }),
    z.strictObject({ ...optionalLabel, fact, atMost: limit }),
    z.strictObject({ ...optionalLabel, fact, above: limit }),
    z.strictObject({ ...optionalLabel, fact, below: limit }),
    z.strictObject({ ...optionalLabel, sum: z.array(fact).min(2), atLeast: limit }),
  ]),
)

const criterion = z.strictObject({
  id: z.string().min(1),
  label,
  test: condition,
  /** False: nothing to work on (a limit that is too high), so no way up leads through it. */
  attainable: z.boolean().default(true),
})
export type Criterion = z.infer<typeof criterion>

const tier = z.strictObject({
  tier: z.string().min(1),
  /** Whether all criteria must be met or one is enough. */
  when: z.enum(['all', 'any']),
  criteria: z.array(criterion).min(1),
  /** Another tier whose criteria must be met too. */
  alsoAs: z.string().optional(),
})
export type Tier = z.infer<typeof tier>

/**
 * Which tier a client is in: the first of `tiers` whose rule is true. Data: the bank adds, removes
 * and renumbers criteria, and a published version is never edited.
 */
export const standardSchema = z
  .strictObject({
    kind: z.enum(['prospect', 'existing']),
    version: z.int().positive(),
    /** Limits that the bank sets, by name. */
    params: z.record(z.string(), z.strictObject({ value: z.number(), label })),
    /** What an unrecorded fact counts as; what is not named stays unknown. */
    assumed: z.partialRecord(fact, z.boolean()),
    /** How old a recorded fact may be; a version that does not say has the shipped ages. */
    ages: agesSchema.default(SHIPPED_AGES),
    /** The class of an industry, which counts for a client unless one of their own is recorded. */
    industries: marksSchema.default(SHIPPED_MARKS),
    /** Conditions stated once and used by name. */
    conditions: z.record(z.string(), condition),
    tiers: z.array(tier).min(1),
    /** The answer when every rule is false, and when none is true and some are open. */
    otherwise: z.strictObject({ none: z.string(), open: z.string() }),
    /** From the lowest tier a client can be lifted to up to the best. */
    ladder: z.array(z.string()),
  })
  .superRefine((standard, context) => {
    const fault = (path: readonly PropertyKey[], message: string) =>
      context.addIssue({ code: 'custom', path: [...path], message })
    const tests = [
      ...Object.entries(standard.conditions).map(([name, test]) => {
        return { path: ['conditions', name], test }
      }),
      ...standard.tiers.flatMap(({ criteria }, index) =>
        criteria.map(({ test }, place) => {
          return { path: ['tiers', index, 'criteria', place, 'test'], test }
        }),
      ),
    ]
    for (const { path, test } of tests) {
      for (const name of usedBy(test)) {
        if (!standard.conditions[name]) fault(path, `没有条件 "${name}" (no such condition)`)
      }
      for (const name of limitsOf(test)) {
        if (!standard.params[name]) fault(path, `没有参数 "${name}" (no such parameter)`)
      }
    }
    const names = new Set(standard.tiers.map((each) => each.tier))
    const named = [...standard.ladder, ...standard.tiers.flatMap(({ alsoAs }) => alsoAs ?? [])]
    for (const name of named.filter((each) => !names.has(each))) {
      fault(['tiers'], `没有层级 "${name}" (no such tier)`)
    }
  })
export type Standard = z.infer<typeof standardSchema>

/** The number that a limit stands for. */
export const limitOf = (limit: Limit, { params }: Pick<Standard, 'params'>): number =>
  typeof limit === 'number' ? limit : (params[limit]?.value ?? Number.NaN)

export const partsOf = (test: Condition): readonly Condition[] =>
  'all' in test ? test.all : 'any' in test ? test.any : []

/** The conditions that a condition uses by name. */
export const usedBy = (test: Condition): string[] => [
  ...('use' in test ? [test.use] : []),
  ...partsOf(test).flatMap(usedBy),
]

/** The parameters that a condition names as limits. */
const limitsOf = (test: Condition): string[] => {
  const { atLeast, atMost, above, below } = test as { readonly [of: string]: Limit | undefined }
  const named = [atLeast, atMost, above, below].filter((each) => typeof each === 'string')
  return [...named, ...partsOf(test).flatMap(limitsOf)]
}
