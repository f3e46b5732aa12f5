import { addDays, addMonths, type Day, day, monthEnd, weekday } from '../../core/calendar/time.ts'

/** How often events of a series are: on a weekday, on the nth weekday of a month, on a day of a month or quarter. */
export type Every =
  | { readonly by: 'week'; readonly weekday: number }
  | { readonly by: 'month'; readonly weekday: number; readonly nth: number }
  | { readonly by: 'month' | 'quarter'; readonly day: number }

/** More than a year's plan has. */
export const MOST_EVENTS = 60

/** The days of a series from a day to a day, both included; of a month too short its last day. */
export function daysOfSeries(every: Every, from: Day, until: Day): Day[] {
  const days: Day[] = []
  if (every.by === 'week') {
    const first = addDays(from, (every.weekday - weekday(from) + 7) % 7)
    for (let on = first; on <= until; on = addDays(on, 7)) days.push(on)
    return days
  }
  const step = every.by === 'quarter' ? 3 : 1
  // A quarter's event is in its first month.
  const first = day(`${from.slice(0, 8)}01`)
  const back = every.by === 'quarter' ? (Number(from.slice(5, 7)) - 1) % 3 : 0
  for (let month = addMonths(first, -back); month <= until; month = addMonths(month, step)) {
    const on = 'nth' in every ? nthOf(month, every.weekday, every.nth) : dayOf(month, every.day)
    if (on !== null && on >= from && on <= until) days.push(on)
  }
  return days
}

/** Of a fifth weekday, most months have none. */
function nthOf(month: Day, of: number, nth: number): Day | null {
  const on = addDays(month, ((of - weekday(month) + 7) % 7) + (nth - 1) * 7)
  return on <= monthEnd(month) ? on : null
}

const dayOf = (month: Day, number: number): Day =>
  addDays(month, Math.min(number, Number(monthEnd(month).slice(8))) - 1)

/** A series as it is said: how often, and of which year, if one is named. */
export interface SaidEvery {
  readonly every: Every
  readonly year: 'this' | 'next' | null
}

const NAMES = 'mon|tue|wed|thu|fri|sat|sun'
/** What may follow of a weekday's name, and no month is one: wednesday, thurs. */
const OF_DAY = '(?:[rs]{0,2}|[a-z]*day)\\b'
const NTH = ['一1', '二2', '三3', '四4', '五5']

/** That something is repeated, however it is said. */
export const REPEATS = /每(?:个|一)?(?:天|日|周|星期|礼拜|月|季)|\bevery\b/i

/** How often, in either language: 明年每月第二个周三, 每季度15日, every 2nd Wednesday. */
export const EVERY_SAID = new RegExp(
  [
    '(?:(?<year>明年|今年|全年)\\s?的?)?每(?:个|一)?(?:',
    '(?:周|星期|礼拜)(?<weekly>[一二三四五六日天])',
    '|月的?第(?<nth>[一二三四五1-5])个?(?:周|星期|礼拜)(?<monthly>[一二三四五六日天])',
    '|(?<of>月|季度?)(?:的|首月|第一个月)?(?<day>\\d{1,2})[日号]?)',
    '|(?:\\b(?<yearEn>this|next) year )?\\bevery (?:',
    `(?<weeklyEn>${NAMES})${OF_DAY}`,
    `|(?<nthEn>[1-5])(?:st|nd|rd|th) (?<monthlyEn>${NAMES})${OF_DAY}(?: of the month)?`,
    '|(?<ofEn>month|quarter) on the (?<dayEn>\\d{1,2})(?:st|nd|rd|th)?)',
  ].join(''),
  'i',
)

/** Reads how often; null: it is not said so that one could know. */
export function readEvery(said: string): SaidEvery | null {
  const found = said.match(EVERY_SAID)?.groups
  if (!found) return null
  const { year, yearEn } = found
  const every = everyOf(found)
  const next = year === '明年' || yearEn?.toLowerCase() === 'next'
  return every && { every, year: next ? 'next' : (year ?? yearEn) ? 'this' : null }
}

function everyOf(found: Readonly<Record<string, string | undefined>>): Every | null {
  const weekly = found['weekly'] ?? found['weeklyEn']
  if (weekly) return { by: 'week', weekday: weekdayOf(weekly) }
  const monthly = found['monthly'] ?? found['monthlyEn']
  if (monthly) {
    const said = found['nth'] ?? found['nthEn'] ?? ''
    const nth = NTH.findIndex((words) => words.includes(said)) + 1
    return { by: 'month', weekday: weekdayOf(monthly), nth }
  }
  const number = Number(found['day'] ?? found['dayEn'])
  if (number < 1 || number > 31) return null
  return {
    by: /^(?:季|quarter)/i.test(found['of'] ?? found['ofEn'] ?? '') ? 'quarter' : 'month',
    day: number,
  }
}

const weekdayOf = (said: string): number => {
  const zh = '一二三四五六日'.indexOf(said === '天' ? '日' : said)
  return 1 + (zh >= 0 ? zh : NAMES.split('|').indexOf(said.slice(0, 3).toLowerCase()))
}
