import { type Day, monthsBetween, yearsBetween } from '../../../core/calendar/time.ts'
import type { Role } from '../../../core/staff.ts'
import { type Text, text } from '../../../core/text.ts'
import { type FactName, type FactValue, factLabel } from '../../tier-rules/facts.ts'

/** Facts that are kept as the day they count from, and what that day is. */
export const SINCE = {
  age: 'bornOn',
  monthsOperating: 'operatingSince',
  mortgageMonthsPaid: 'mortgageSince',
} as const satisfies Partial<Record<FactName, string>>

/** What that day is called where it stands itself, and no count of it. */
const SINCE_LABELS: Readonly<Record<keyof typeof SINCE, Text>> = {
  age: text('出生', 'born'),
  monthsOperating: text('经营自', 'in business since'),
  mortgageMonthsPaid: text('按揭自', 'mortgage since'),
}

export const isDated = (fact: FactName): fact is keyof typeof SINCE => fact in SINCE

/** What a value is called as it is kept. */
export const recordedLabel = (fact: FactName): Text =>
  isDated(fact) ? SINCE_LABELS[fact] : factLabel(fact)

/** A value as it is kept: a dated fact as its day. */
export type Recorded = FactValue | Day

/** What the standard reads of a kept value: months and years are counted on `today`. */
export function countedOn(fact: FactName, value: Recorded, today: Day): FactValue {
  if (!isDated(fact)) return value
  const since = value as Day
  return fact === 'age' ? yearsBetween(since, today) : monthsBetween(since, today)
}

/** A fact as somebody gives it, with what was on file before; null: nothing was. */
export interface FactChange {
  readonly fact: FactName
  readonly before: Recorded | null
  readonly after: Recorded
}

/**
 * Facts out of registers that report bad news: risk and leads record them, and only after saying
 * yes to a question, since they lead to F.
 */
const ADVERSE: ReadonlySet<FactName> = new Set([
  'creditPoorHighRisk',
  'maliciousOverdue',
  'judgmentDebtor',
  'evadingDebt',
  'loanLoss',
  'restructuredNotRepaying',
  'transferredNotRepaying',
  'majorLitigation',
])
const NAMED: ReadonlySet<FactName> = new Set(['namedByMarketing', 'namedByRisk'])

/** Why this person may not record this fact; null when they may. */
export function barredFrom(role: Role, fact: FactName): Text | null {
  const { zh, en } = factLabel(fact)
  if (NAMED.has(fact)) {
    return {
      zh: `"${zh}"不能直接填写，由营销或风险部门用"指定调整""指定退出"作出。`,
      en: `"${en}" is not filled in: marketing or risk decide it by "name adjust" or "name exit".`,
    }
  }
  if (!ADVERSE.has(fact) || role === 'risk' || role === 'lead') return null
  return {
    zh: `"${zh}"由风险部门或团队主管登记，请告诉他们。`,
    en: `"${en}" is recorded by risk or a team lead; please tell them.`,
  }
}

/** Whether a value is bad news that is asked about once more before it is written down. */
export const isGrave = (fact: FactName, value: Recorded): boolean =>
  (ADVERSE.has(fact) && value === true) || (fact === 'industryClass' && value === 'barred')
