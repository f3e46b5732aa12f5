import type { Day } from '../../core/calendar/time.ts'
import type { Workdays } from '../../core/calendar/workdays.ts'
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

/** How much of the end of a text a last day can be: what is read is bounded. */
const END_CHARACTERS = 60
/** 至 at the beginning of a word, as nobody writes it but before a last day. */
const CLEARLY = /(?:^|[\s,;])(?:有效期?至|至(?![今少于此多亲交上])|until\b|till\b)\s*(.{1,40})$/i
/** 至 within a word or 到, followed by words of time and nothing else. */
const LIKELY =
  /(?:(?<![以甚截直乃及冬])至|(?<=^|[\s,;])直?到)\s*([\d零一二两三四五六七八九十百半几个年月日号周天季度节春夏秋冬底末初前后明今去下上旬./ -]{0,20}[年月日号周天底末初前后度节旬])$/
/** A span as a word of its own at the end: 失信 三年. */
const SPAN =
  /[\s,;]((?:for )?(?:[\d一二两三四五六七八九十半]{1,6} ?个?(?:年|月|天|周|星期|季度)[内期]?|\d{1,4} ?(?:years?|months?|weeks?|days?)))$/i
const FOR_GOOD = /^(?:长期|永久)(?:有效)?$/

/**
 * Reads "理由 至 2027-03-31". Words after 至 that mean a day and cannot be read (至明年底, 三年) are
 * unclear; what only contains the letter (至今, 以至, 甚至) is the text.
 */
export function takeUntil(text: string, today: Day, workdays: Workdays): TakenUntil {
  const found = UNTIL.exec(text)
  // 27年12月31日 has no other reading; the reader of days wants the whole year.
  const said = (found?.[1] ?? '').replace(/^(\d{2})年(?=\d{1,2}月)/, '20$1年')
  const taken = said ? takeDay(said, today, workdays) : null
  if (taken?.rest.replace(/[.。止为]/g, '').trim() === '') {
    const rest = text.slice(0, found?.index ?? 0).trim()
    return 'day' in taken
      ? { until: taken.day, rest }
      : { fault: taken.fault, said: taken.said, rest }
  }
  return takeUnclear(text)
}

/** A last day that is meant and cannot be read; the whole text where none is meant. */
function takeUnclear(text: string): TakenUntil {
  const end = text.slice(-END_CHARACTERS)
  const meant = CLEARLY.exec(end) ?? LIKELY.exec(end) ?? SPAN.exec(end)
  const said = meant?.[1]?.trim()
  if (!meant || !said) return { until: null, rest: text.trim() }
  const rest = text.slice(0, text.length - end.length + meant.index).trim()
  const reason = rest.replace(/[,;]$/, '')
  return FOR_GOOD.test(said)
    ? { until: null, rest: reason }
    : { fault: 'unclear', said, rest: reason }
}
