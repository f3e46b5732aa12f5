import { closest } from 'fastest-levenshtein'
import { z } from 'zod'
import type { Language } from '../../core/text.ts'
import { FACT_NAMES, factsSchema } from './facts.ts'
import { decideTier } from './rules.ts'
import { SHIPPED_PROSPECT } from './shipped-prospect.ts'
import { SHIPPED_EXISTING } from './shipped-standards.ts'

/** What was sent to be classified cannot be read; the message names each fault. */
export class FactFault extends Error {
  override readonly name = 'FactFault'
}

const asked = z.strictObject({ kind: z.enum(['prospect', 'existing']), facts: factsSchema })

/** A decision as JSON carries it. */
export interface Classified {
  readonly tier: string
  readonly provisional: boolean
  readonly missing: readonly string[]
  readonly assumed: readonly string[]
  readonly criteria: readonly ClassifiedCriterion[]
  readonly next: { readonly tier: string; readonly needs: readonly ClassifiedCriterion[] } | null
}

interface ClassifiedCriterion {
  readonly id: string
  readonly tier: string
  readonly label: string
  readonly result: 'met' | 'failed' | 'unknown'
  readonly value: unknown
  readonly limit: unknown
}

/**
 * The tier of facts from outside by the shipped standards: one `{kind, facts}` or an array of them.
 * Throws `FactFault` on a fact that is none or a value out of range.
 */
export function classify(unread: unknown, language: Language): Classified | Classified[] {
  const several = Array.isArray(unread)
  const read = z.array(asked).safeParse(several ? unread : [unread])
  if (!read.success) {
    const issues = read.error.issues.map((issue) => sentence(issue, several ? 0 : 1))
    throw new FactFault(issues.join('\n'))
  }
  const classified = read.data.map((one) => classifyOne(one, language))
  return several ? classified : (classified[0] ?? classified)
}

function classifyOne({ kind, facts }: z.infer<typeof asked>, language: Language): Classified {
  const standard = kind === 'existing' ? SHIPPED_EXISTING : SHIPPED_PROSPECT
  const { tier, provisional, missing, assumed, criteria, next } = decideTier(standard, facts)
  const shown = (each: (typeof criteria)[number]): ClassifiedCriterion => {
    const { id, label, result, value, limit } = each
    return { id, tier: each.tier, label: label[language], result, value, limit }
  }
  return {
    tier,
    provisional,
    missing,
    assumed,
    criteria: criteria.map(shown),
    next: next && { tier: next.tier, needs: next.needs.map(shown) },
  }
}

function sentence(issue: z.core.$ZodIssue, drop: number): string {
  const where = issue.path
    .slice(drop)
    .filter((each) => each !== 'facts')
    .join('.')
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map(
      (key) => `"${key}"(是不是 did you mean "${closest(key, FACT_NAMES)}"?)`,
    )
    return `${where ? `${where}: ` : ''}没有这个名字 no such name: ${names.join('、')}`
  }
  return `${where || '输入 input'}: ${issue.message}`
}
