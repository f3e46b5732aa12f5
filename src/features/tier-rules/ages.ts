import { z } from 'zod'
import { addDays, addMonths, type Day } from '../../core/calendar/time.ts'
import { FACT_NAMES, type FactName, type Facts } from './facts.ts'

/** How old a fact may be. */
const age = z.union([
  z.strictObject({ days: z.int().min(1).max(3650) }),
  z.strictObject({ months: z.int().min(1).max(120) }),
])
export type Age = z.infer<typeof age>

export const agesSchema = z.partialRecord(z.enum(FACT_NAMES), age)
/** How old recorded facts may be; one that is not named has no age. */
export type Ages = z.infer<typeof agesSchema>

/**
 * Bad news: recorded true it never ages, and stands until whoever may takes it back, or the register that
 * reported it says otherwise.
 */
export const ADVERSE: ReadonlySet<FactName> = new Set<FactName>([
  'creditPoorHighRisk',
  'maliciousOverdue',
  'judgmentDebtor',
  'evadingDebt',
  'loanLoss',
  'restructuredNotRepaying',
  'transferredNotRepaying',
  'majorLitigation',
  'trendDeclining',
  'namedByMarketing',
  'namedByRisk',
])

/** What feeds and registers report nightly, and what comes of yearly accounts. */
export const SHIPPED_AGES: Ages = {
  usageRate: { days: 45 },
  creditPoorHighRisk: { days: 45 },
  maliciousOverdue: { days: 45 },
  judgmentDebtor: { days: 45 },
  evadingDebt: { days: 45 },
  loanLoss: { days: 45 },
  restructuredNotRepaying: { days: 45 },
  transferredNotRepaying: { days: 45 },
  majorLitigation: { days: 45 },
  trendDeclining: { days: 45 },
  annualSales: { months: 18 },
  annualInvoiced: { months: 18 },
  netAssets: { months: 18 },
  debtRatio: { months: 18 },
}

/** The first day of which a fact may be and still count. */
export const freshFrom = (of: Age, today: Day): Day =>
  'days' in of ? addDays(today, -of.days) : addMonths(today, -of.months)

/** By fact, the business day of which it is known; one that is missing has no age. */
export type KnownOn = Readonly<Partial<Record<FactName, Day>>>

/** The recorded facts that are older than they may be. */
export function tooOld(facts: Facts, knownOn: KnownOn, ages: Ages, today: Day): FactName[] {
  return (Object.keys(ages) as FactName[]).filter((name) => {
    const [value, on, of] = [facts[name] ?? null, knownOn[name], ages[name]]
    if (value === null || !on || !of || (ADVERSE.has(name) && value === true)) return false
    return on < freshFrom(of, today)
  })
}
