import type { Day } from '../../../../core/calendar/time.ts'
import type { Workdays } from '../../../../core/calendar/workdays.ts'
import type { Needs } from '../piece.ts'
import type { Meant } from './calendar.ts'
import { HAN, readCount } from './numerals.ts'

export type Groups = Readonly<Record<string, string | undefined>>

/** How days are said, and what is meant. Of several at one place the longest counts. */
export type Shape = readonly [
  needs: Needs,
  source: RegExp,
  meant: (groups: Groups, today: Day, workdays: Workdays) => Meant,
]

/** A count in digits or numerals. */
export const N = `(?:(?<![\\d.])\\d{1,3}(?:\\.\\d)?(?!\\d)|[${HAN}半]{1,4})`
export const number = (said: string | undefined): number => readCount(said) ?? Number.NaN

export const unclear = (): Meant => 'unclear'
