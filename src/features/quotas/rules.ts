import type { Day } from '../../core/calendar/time.ts'
import type { Language, Text } from '../../core/text.ts'

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

/** More than anybody does in a month. */
export const MOST_TARGET = 100_000

/** How far somebody has come with one measure in a month. */
export interface Progress {
  readonly measure: Measure
  readonly target: number
  readonly reached: number
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

/** "走访 12/20 · 新客 5/8" */
export const progressLine = (progress: readonly Progress[], language: Language): string =>
  progress
    .map(({ measure, target, reached }) => {
      return `${MEASURE_LABELS[measure][language]} ${reached}/${target}`
    })
    .join(' · ')
