import type { Day } from '../../core/calendar/time.ts'
import type { Workdays } from '../../core/calendar/workdays.ts'
import { sayYuan } from '../../core/money.ts'
import { type Language, speaker, type Text } from '../../core/text.ts'
import { type Pace, paceOf, type Span, spanName } from './span.ts'

/** What a quota may count or sum up: care and development, as the register has it; in this order it is shown. */
export const MEASURES = [
  ...(['visits', 'new-clients', 'touches', 'needs', 'applied', 'granted', 'covered'] as const),
  ...(['applied-amount', 'granted-amount'] as const),
  // New clients of one source.
  ...(['new-walk-in', 'new-list', 'new-cluster', 'new-industry', 'new-referral'] as const),
] as const
export type Measure = (typeof MEASURES)[number]

export const MEASURE_LABELS: Readonly<Record<Measure, Text>> = {
  visits: { zh: '走访', en: 'visits' },
  'new-clients': { zh: '新客', en: 'new clients' },
  touches: { zh: '联系', en: 'touches' },
  needs: { zh: '需求', en: 'needs' },
  applied: { zh: '申请', en: 'applied' },
  granted: { zh: '放款', en: 'granted' },
  covered: { zh: '产品覆盖', en: 'products covered' },
  'applied-amount': { zh: '申请额', en: 'applied amount' },
  'granted-amount': { zh: '放款额', en: 'granted amount' },
  'new-walk-in': { zh: '散客新客', en: 'new walk-ins' },
  'new-list': { zh: '名单新客', en: 'new from lists' },
  'new-cluster': { zh: '集群新客', en: 'new from clusters' },
  'new-industry': { zh: '行业新客', en: 'new by industry' },
  'new-referral': { zh: '转介新客', en: 'new by referral' },
}

/** Whether it is of whole yuan; else it counts. */
export const isAmount = (measure: Measure): boolean => measure.endsWith('-amount')

/** Whose quota it is. */
export type Whose = { readonly staffId: string } | { readonly unitId: string }

/** Somebody or some unit that a quota may be set for. */
export interface Holder {
  readonly whose: Whose
  readonly code: string
  readonly name: string
  /** Of a unit, its path; null: a person. */
  readonly unitPath: string | null
}

export const idOf = ({ whose }: Pick<Holder, 'whose'>): string =>
  'staffId' in whose ? whose.staffId : whose.unitId

const MOST_COUNTED = 100_000
const MOST_YUAN = 100_000_000_000

/** More than anybody reaches in a year. */
export const mostOf = (measure: Measure): number => (isAmount(measure) ? MOST_YUAN : MOST_COUNTED)

/** What is set for one measure; a target of 0 takes it away. */
export interface Target {
  readonly measure: Measure
  readonly target: number
  /** What to reach beyond the target; null: nothing beyond. */
  readonly stretch: number | null
}

/** How far somebody has come with one measure in a span. */
export interface Progress extends Target {
  /** Of loans, those that the bank's book confirms; before it confirms any, what managers say. */
  readonly reached: number
  /** Of counted loans; null of other measures. */
  readonly loans: {
    /** How many managers say were granted, and how much (whole yuan) was confirmed. */
    readonly claimed: number
    readonly confirmedAmount: number
    /** The bank's book, or its leads, confirm loans. */
    readonly confirms: boolean
  } | null
}

export interface SpanProgress extends Progress {
  readonly span: Span
}

/** A number of a measure as people say it: 20, 300万. */
export const sayReached = (measure: Measure, value: number, language: Language): string =>
  isAmount(measure) ? sayYuan(value, language) : String(value)

/** "走访 20，挑战 25" */
export function sayTarget({ measure, target, stretch }: Target, language: Language): string {
  const of = `${MEASURE_LABELS[measure][language]} ${sayReached(measure, target, language)}`
  if (stretch === null) return of
  const beyond = sayReached(measure, stretch, language)
  return language === 'zh' ? `${of}（挑战 ${beyond}）` : `${of} (stretch ${beyond})`
}

/** "走访 12/20（挑战 25） · 放款 2/5（登记 3，确认 58万）" */
export const progressLine = (progress: readonly Progress[], language: Language): string =>
  progress
    .map(({ reached, loans, ...set }) => {
      const { measure } = set
      const label = MEASURE_LABELS[measure][language]
      const of = sayTarget(set, language).slice(label.length + 1)
      const line = `${label} ${sayReached(measure, reached, language)}/${of}`
      return loans ? `${line}${loansNote(loans, language)}` : line
    })
    .join(' · ')

/** What is shown of somebody for whom no quota is set. */
export const PLAIN_FIGURES: readonly Measure[] = [
  ...(['visits', 'new-clients', 'touches', 'needs', 'applied', 'granted'] as const),
  ...(['applied-amount', 'granted-amount'] as const),
]

/** "走访 12 · 放款 2（登记 3，确认 58万）": what was done, against nothing. */
export const figuresLine = (progress: readonly Progress[], language: Language): string =>
  progress
    .map(({ measure, reached, loans }) => {
      const line = `${MEASURE_LABELS[measure][language]} ${sayReached(measure, reached, language)}`
      return loans && reached + loans.claimed > 0 ? `${line}${loansNote(loans, language)}` : line
    })
    .join(' · ')

/** A sum above this is due in whole ones of it. */
const TEN_THOUSAND = 10_000

/** What should be reached by now, were it reached evenly over the workdays. */
export function dueBy({ measure, target }: Target, { over, all }: Pace): number {
  const due = (target * over) / all
  const step = isAmount(measure) && due > TEN_THOUSAND ? TEN_THOUSAND : 1
  return Math.floor(due / step) * step
}

/** "已过 15/21 个工作日，落后：走访（应到 14）"; the pace alone where nothing is behind. */
export function paceLine(progress: readonly Progress[], pace: Pace, language: Language): string {
  const say = speaker(language)
  const { over, all } = pace
  const behind = progress
    .filter((each) => each.reached < dueBy(each, pace))
    .map((each) => {
      const due = sayReached(each.measure, dueBy(each, pace), language)
      const label = MEASURE_LABELS[each.measure][language]
      return say(`${label}（应到 ${due}）`, `${label} (${due} due by now)`)
    })
  const passed = say(`已过 ${over}/${all} 个工作日`, `${over} of ${all} workdays gone`)
  return behind.length === 0
    ? passed
    : `${passed}${say('，落后：', '; behind: ')}${behind.join(say('、', ', '))}`
}

/** How far somebody has come, a line for each span: "本月指标：走访 12/20（已过 15/21 个工作日，落后：…）". */
export function spanLines(
  progress: readonly SpanProgress[],
  { today, workdays }: { readonly today: Day; readonly workdays: Workdays },
  language: Language,
): string[] {
  const say = speaker(language)
  return [...Map.groupBy(progress, ({ span }) => span)].map(([span, each]) => {
    const heading = quotasOf(span, today, language)
    const pace = paceOf(span, today, workdays)
    const paced = pace ? paceLine(each, pace, language) : null
    const line = `${heading}${say('：', ': ')}${progressLine(each, language)}`
    return paced ? `${line}${say(`（${paced}）`, ` (${paced})`)}` : line
  })
}

/** "本月指标", "2026年四季度指标"; "Quotas of this month". */
export const quotasOf = (span: Span, today: Day, language: Language): string => {
  const name = spanName(span, today, language)
  return language === 'zh' ? `${name}指标` : `Quotas of ${name}`
}

function loansNote(loans: NonNullable<Progress['loans']>, language: Language): string {
  const say = speaker(language)
  const { claimed, confirmedAmount, confirms } = loans
  if (!confirms) return say('（按登记，尚未核实）', ' (as logged, not confirmed yet)')
  const amount = confirmedAmount > 0
  return say(
    `（登记 ${claimed}${amount ? `，确认 ${sayYuan(confirmedAmount, 'zh')}` : ''}）`,
    ` (${claimed} logged${amount ? `, ${sayYuan(confirmedAmount, 'en')} confirmed` : ''})`,
  )
}
