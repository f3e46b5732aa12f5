import type { Day } from '../../core/calendar/time.ts'
import type { Workdays } from '../../core/calendar/workdays.ts'
import { saidDay } from './day.ts'

export interface ReadSpan {
  readonly from: Day
  readonly until: Day
}

/** The characters of two days at most: what is longer is no span. */
const MOST_SAID = 60

const WORD = /^(.+?)\s*(?:到|至|~+|\bto\b|\buntil\b|\btill\b|\bthrough\b)\s*(.+)$/i

/**
 * "12/1-12/5", "12.1-12.5", "12月1-5日", "明天到周五", "今天-周五", "12月1日"; null for what names no
 * days, or could be other days.
 */
export function readSpan(said: string, today: Day, workdays: Workdays): ReadSpan | null {
  if (said.length > MOST_SAID) return null
  const text = said.replace(/^(?:从|自|from\b)\s*/i, '').trim()
  if (TWO_WAYS.test(text)) return null
  const [, first, last] = text.match(WORD) ?? []
  const pairs = first && last ? [[first, last] as const] : hyphenated(text)
  const spans = pairs.flatMap(([from, until]) => between(from, until, today, workdays) ?? [])
  if (spans.length > 0) return spans.length === 1 ? (spans[0] ?? null) : null
  const day = first ? null : whole(text, today, workdays)
  return day && { from: day, until: day }
}

/** A date has hyphens too (2026-12-01): each may be the one between the days. */
const hyphenated = (text: string) =>
  [...text.matchAll(/\s*-+\s*/g)].map(({ 0: hyphen, index }) => {
    return [text.slice(0, index), text.slice(index + hyphen.length)] as const
  })

function between(first: string, last: string, today: Day, workdays: Workdays): ReadSpan | null {
  const from = whole(
    BARE.test(first) && /[号日]$/.test(last) ? `${first}号` : first,
    today,
    workdays,
  )
  if (!from) return null
  const end = BARE.test(last) && /\d/.test(first) ? `${last}号` : last
  const near = whole(end, today, workdays)
  // 下周一到周三: the second is of the week of the first.
  const until = near && near >= from ? near : (whole(end, from, workdays) ?? near)
  return until && { from, until }
}

/** Of one of the two days only the number is said: 25-28号, 12/1-5. */
const BARE = /^\d{1,2}$/
/** 1-5号 could be a day of January too. */
const TWO_WAYS = /^(?:[1-9]|1[0-2])-\d{1,2}[号日]$/

/** The day that all of a text names; dates between two days may be written 12.1. */
function whole(text: string, on: Day, workdays: Workdays): Day | null {
  const dated = text.trim().replace(/^(\d{1,2})\.(\d{1,2})[日号]?$/, '$1/$2')
  const found = saidDay(dated, { today: on, workdays })
  return found && 'day' in found && found.rest === '' ? found.day : null
}
