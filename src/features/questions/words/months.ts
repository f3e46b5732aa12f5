import { readCount } from '../../../bot/grammar/scan/kinds/numerals.ts'
import type { Period } from '../../../core/calendar/period.ts'
import { addMonths, type Day, monthEnd } from '../../../core/calendar/time.ts'
import type { Means, Word } from './word.ts'

// A month by its name: 12月到期的贷款, visits in October.

const NAMES =
  'january february march april may june july august september october november december'.split(' ')

/** 12月底 and 3月5日 are no months; neither is a verb: may. */
export const MONTHS: readonly Word[] = [
  {
    said: '(?<!\\d)(?:(?<year>20\\d\\d)年)?(?<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?(?![\\d底初中上下])',
    means: ({ month = '', year }) => monthMeant(readCount(month), year),
  },
  {
    said: `in (?<month>${NAMES.join('|')})(?: (?<year>20\\d\\d))?(?![a-z])`,
    means: ({ month = '', year }) => monthMeant(NAMES.indexOf(month) + 1, year),
  },
]

function monthMeant(month: number | null, year: string | undefined): Means | null {
  return month === null || month < 1 || month > 12
    ? null
    : { month: { month, year: year === undefined ? null : Number(year) } }
}

/**
 * The days of a month. Without its year it is the nearest: to come for what ends or is due, else gone by; this month
 * counts for both.
 */
export function daysOfMonth(
  { month, year }: NonNullable<Means['month']>,
  today: Day,
  toCome: boolean,
): Period {
  const first = (of: number) => `${of}-${String(month).padStart(2, '0')}-01` as Day
  const current = Number(today.slice(0, 4))
  const here = first(current)
  const gone = here < (`${today.slice(0, 7)}-01` as Day)
  const turn = toCome ? (gone ? 12 : 0) : here > today ? -12 : 0
  const from = year === null ? addMonths(here, turn) : first(year)
  return { from, until: monthEnd(from) }
}
