import type { Reading } from '../../bot/grammar/reading.ts'
import { readSpan } from '../../bot/grammar/span.ts'
import type { Moment } from '../../bot/moment.ts'
import { yearOf } from '../../core/calendar/schedule.ts'
import type { Day } from '../../core/calendar/time.ts'

/** The word of all that is said of the calendar. */
export const WORDS = ['节假日', '放假安排', 'holidays'] as const

const YEARS: readonly (readonly [RegExp, number])[] = [
  [/^(?:今年|this year)$/, 0],
  [/^(?:明年|next year)$/, 1],
  [/^后年$/, 2],
]

/** The year that is asked for: 2027, 2027年, 明年; null for none, undefined for something else. */
export function readYear(rest: string, today: Day): number | null | undefined {
  const said = rest.replace(/[\s.,!?。?]+$/, '')
  if (said === '') return null
  const [, digits] = said.match(/^(20\d\d)年?$/) ?? []
  if (digits) return Number(digits)
  const ahead = YEARS.find(([pattern]) => pattern.test(said))?.[1]
  return ahead === undefined ? undefined : yearOf(today) + ahead
}

/** Whatever else follows the word: which days is read when it is known by which calendar. */
export const readSaid = (rest: string, at: Moment): Reading<{ said: string }> =>
  readYear(rest, at.today) === undefined
    ? { kind: 'understood', input: { said: rest } }
    : { kind: 'no' }

export type Action = 'off' | 'work' | 'cancel'

/** What a line says of the calendar. */
export interface Line {
  /** The unit that it is for; null: none is said. */
  readonly unit: string | null
  readonly action: Action
  readonly from: Day
  readonly until: Day
  readonly name: string | null
}

const ACTIONS: readonly (readonly [RegExp, Action])[] = [
  [/^(?:取消|撤掉|删除|cancel|remove)$/i, 'cancel'],
  [/^(?:调休上班|调休|补班|上班|work|workday)$/i, 'work'],
  [/^(?:放假|休息|停业|off|closed)$/i, 'off'],
]
const actionOf = (word: string) => ACTIONS.find(([pattern]) => pattern.test(word))?.[1]

/** Words of a span of days: "5 Feb 2027 to 11 Feb 2027". */
const MOST_WORDS = 7

/**
 * Reads "2027-02-05至2027-02-11 春节", "调休上班 2027-02-13", "城东支行 2027-03-01 装修": what stands
 * before the days is the unit, what stands behind them the name. Null: no days to come are said.
 */
export function readLine(said: string, { today, workdays }: Moment): Line | null {
  const words = said
    .replace(/(?<=[\u4e00-\u9fff])(?=20\d\d)/g, ' ')
    .replace(/(?<=\d[日号]?)(?=[\u4e00-\u9fff])(?![年月日号至到])/g, ' ')
    .split(/[\s,，]+/)
    .filter(Boolean)
  for (const start of words.keys()) {
    for (let end = Math.min(words.length, start + MOST_WORDS); end > start; end--) {
      const span = readSpan(words.slice(start, end).join(' '), today, workdays)
      if (!span) continue
      if (span.until < span.from) return null
      const [before, after] = [words.slice(0, start), words.slice(end)]
      // A day that has gone by, and 元旦 behind it is its name.
      if (before.some((word) => /^\d{4}-/.test(word))) return null
      const action = [...before, ...after].find((word) => actionOf(word))
      const joined = (part: readonly string[]) => part.filter((word) => word !== action).join(' ')
      return {
        ...span,
        action: (action && actionOf(action)) || 'off',
        unit: joined(before) || null,
        name: joined(after) || null,
      }
    }
  }
  return null
}
