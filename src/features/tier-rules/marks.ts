import { z } from 'zod'
import { divisionsOf, INDUSTRY_CODES } from '../registers/industries.ts'
import type { KnownOn } from './ages.ts'
import { type Facts, INDUSTRY_CLASSES, type IndustryClass } from './facts.ts'

export const marksSchema = z.partialRecord(z.enum(INDUSTRY_CODES), z.enum(INDUSTRY_CLASSES))
/** What the bank thinks of industries, by section or division; a division's own goes before its section's. */
export type Marks = z.infer<typeof marksSchema>

/** Finance and securities are barred; of all else the bank says what it thinks. */
export const SHIPPED_MARKS: Marks = { J: 'barred' }

/**
 * What an industry is by the bank's marks; one that nobody marked is neutral. Null: no industry, or a section of whose
 * divisions the bank does not think alike.
 */
export function markOf(code: string | null, marks: Marks): IndustryClass | null {
  if (code === null) return null
  const own = marks[code]
  if (own) return own
  if (code.length > 1) return marks[code.slice(0, 1)] ?? 'neutral'
  const [mark = 'neutral', ...others] = new Set(
    divisionsOf(code).map((division) => markOf(division.code, marks)),
  )
  return others.length > 0 ? null : mark
}

interface Known {
  readonly facts: Facts
  readonly knownOn: KnownOn
}

/** What is known of a client of an industry: its mark, which has no age, where no class of their own is recorded. */
export function withMark({ facts, knownOn }: Known, industry: string | null, marks: Marks): Known {
  if (facts.industryClass) return { facts, knownOn }
  const { industryClass: _, ...days } = knownOn
  return { facts: { ...facts, industryClass: markOf(industry, marks) }, knownOn: days }
}

/** The codes of the industries of each class. */
export const codesByMark = (marks: Marks): [IndustryClass, string[]][] =>
  INDUSTRY_CLASSES.map((mark) => [
    mark,
    INDUSTRY_CODES.filter((code) => markOf(code, marks) === mark),
  ])
