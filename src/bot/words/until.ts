import type { Day } from '../../core/time.ts'
import type { Workdays } from '../../core/workdays.ts'
import { takeDay } from './day.ts'

/** A last day named at the end of a text, with the text before it. */
export type TakenUntil =
  | { readonly until: Day | null; readonly rest: string }
  | {
      readonly fault: 'past' | 'not-on-calendar' | 'unclear'
      readonly said: string
      readonly rest: string
    }

const UNTIL =
  /(?<![\s,;])[\s,;]*(?:有效期至|有效至|截至|直?到|至|\buntil\b|\btill\b)\s*([^至到]{1,40})$/i

/** Reads "理由 至 2027-03-31"; where the words after 至 are no day, all of it is the text. */
export function takeUntil(text: string, today: Day, workdays: Workdays): TakenUntil {
  const found = UNTIL.exec(text)
  const said = found?.[1] ?? ''
  const rest = text.slice(0, found?.index ?? 0)
  const taken = said ? takeDay(said, today, workdays) : null
  if (taken?.rest.replace(/[.。止为]/g, '').trim() !== '') return { until: null, rest: text.trim() }
  return 'day' in taken
    ? { until: taken.day, rest: rest.trim() }
    : { fault: taken.fault, said: taken.said, rest: rest.trim() }
}
