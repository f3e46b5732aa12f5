import type { Day } from '../../core/calendar/time.ts'
import { sayYuan } from '../../core/money.ts'
import { type Language, speaker, type Text } from '../../core/text.ts'

/** What a month's quota may count: care and development, as the register has it. */
export const MEASURES = ['visits', 'new-clients', 'touches', 'needs', 'applied', 'granted'] as const
export type Measure = (typeof MEASURES)[number]

export const MEASURE_LABELS: Readonly<Record<Measure, Text>> = {
  visits: { zh: '走访', en: 'visits' },
  'new-clients': { zh: '新客', en: 'new clients' },
  touches: { zh: '联系', en: 'touches' },
  needs: { zh: '需求', en: 'needs' },
  applied: { zh: '申请', en: 'applied' },
  granted: { zh: '放款', en: 'granted' },
}

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

/** More than anybody does in a month. */
export const MOST_TARGET = 100_000

/** How far somebody has come with one measure in a month. */
export interface Progress {
  readonly measure: Measure
  readonly target: number
  /** Of loans, those that the bank's book confirms; before it confirms any, what managers say. */
  readonly reached: number
  /** Of loans; null of other measures. */
  readonly loans: {
    /** How many managers say were granted, and how much (whole yuan) was confirmed. */
    readonly claimed: number
    readonly confirmedAmount: number
    /** The bank's book, or its leads, confirm loans. */
    readonly confirms: boolean
  } | null
}

export const monthOf = (day: Day): Day => `${day.slice(0, 8)}01` as Day

/** "2026年10月", "October 2026". */
export const monthLabel = (month: Day, language: Language): string =>
  language === 'zh'
    ? `${month.slice(0, 4)}年${Number(month.slice(5, 7))}月`
    : `${MONTH_NAMES[Number(month.slice(5, 7)) - 1]} ${month.slice(0, 4)}`

/** In English, in order. */
export const MONTH_NAMES: readonly string[] =
  'January February March April May June July August September October November December'.split(' ')

/** "走访 12/20 · 放款 2/5（登记 3，确认 58万）" */
export const progressLine = (progress: readonly Progress[], language: Language): string =>
  progress
    .map(({ measure, target, reached, loans }) => {
      const line = `${MEASURE_LABELS[measure][language]} ${reached}/${target}`
      return loans ? `${line}${loansNote(loans, language)}` : line
    })
    .join(' · ')

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
