import { Temporal } from 'temporal-polyfill'
import type { Language } from '../text.ts'

declare const brand: unique symbol

/** A day of the calendar as `2026-11-27`; days compare as strings. */
export type Day = string & { readonly [brand]: 'Day' }

export function isDay(text: string): text is Day {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  // Lines and cells are full of what may be one, and the library takes long over what is none.
  const [year, month, date] = [
    Number(text.slice(0, 4)),
    Number(text.slice(5, 7)),
    Number(text.slice(8)),
  ]
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const last = month === 2 && leap ? 29 : (MONTH_DAYS[month - 1] ?? 0)
  return date >= 1 && date <= last
}

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Throws a RangeError on what is no day of the calendar. */
export function day(text: string): Day {
  if (isDay(text)) return text
  throw new RangeError(`"${text}" is not a day of the calendar`)
}

/** Days read before: a list or a page asks for the same few over and over. */
const known = new Map<Day, Temporal.PlainDate>()
const MOST_KNOWN = 5000

function plain(value: Day): Temporal.PlainDate {
  const before = known.get(value)
  if (before) return before
  const date = Temporal.PlainDate.from(value)
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(value, date)
  return date
}

const toDay = (date: Temporal.PlainDate): Day => date.toString() as Day

/** The day that a moment falls on in a time zone. */
export function dayIn(now: Date, timezone: string): Day {
  // Days begin on whole minutes, so that all moments of a minute are on one.
  const minute = Math.floor(now.getTime() / 60_000)
  if (minute === asked.minute && timezone === asked.timezone) return asked.day
  const zoned = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timezone)
  const day = toDay(zoned.toPlainDate())
  asked = { minute, timezone, day }
  return day
}

/** What was asked last: a service asks for today over and over. */
let asked = { minute: Number.NaN, timezone: '', day: '' as Day }

/** The wall-clock time `HH:MM` of a moment in a time zone. */
export const timeIn = (now: Date, timezone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(timezone)
    .toPlainTime()
    .toString({ smallestUnit: 'minute' })

/** The moment of a wall-clock time `HH:MM` on a day in a time zone. */
export const instantOf = (date: Day, time: string, timezone: string): Date =>
  new Date(
    plain(date).toZonedDateTime({ timeZone: timezone, plainTime: Temporal.PlainTime.from(time) })
      .epochMilliseconds,
  )

const DAY_MS = 86_400_000

export const addDays = (date: Day, days: number): Day =>
  new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10) as Day

/** The same day of a later month, or that month's last day. */
export const addMonths = (date: Day, months: number): Day => toDay(plain(date).add({ months }))

export const daysBetween = (from: Day, to: Day): number =>
  (Date.parse(to) - Date.parse(from)) / DAY_MS

/** Whole months from one day to another. */
export const monthsBetween = (from: Day, to: Day): number =>
  plain(from).until(plain(to), { largestUnit: 'month' }).months

/** Whole years: an age, when the first day is a birthday. */
export const yearsBetween = (from: Day, to: Day): number =>
  plain(from).until(plain(to), { largestUnit: 'year' }).years

/** Monday 1 … Sunday 7. */
export const weekday = (date: Day): number => plain(date).dayOfWeek

export const monthEnd = (date: Day): Day => {
  const { daysInMonth } = plain(date)
  return toDay(plain(date).with({ day: daysInMonth }))
}

const WEEKDAYS = {
  zh: ['一', '二', '三', '四', '五', '六', '日'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
} as const
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** A date with its weekday: "11月23日 周一", "Mon 23 Nov". */
export function sayDate(date: Day, language: Language): string {
  const { month, day: number } = plain(date)
  const name = WEEKDAYS[language][weekday(date) - 1]
  return language === 'zh'
    ? `${month}月${number}日 周${name}`
    : `${name} ${number} ${MONTHS[month - 1]}`
}

/** An hour as people say it: 下午3点, 上午9点半; 15:00. `time`: `HH:MM`. */
export function sayTime(time: string, language: Language): string {
  if (language === 'en') return time
  const [hour, minute] = [Number(time.slice(0, 2)), Number(time.slice(3))]
  const part = ['凌晨', '早上', '上午', '中午', '下午', '晚上'][
    [6, 9, 12, 13, 18, 24].findIndex((end) => hour < end)
  ]
  const past = minute === 0 ? '' : minute === 30 ? '半' : `${minute}分`
  return `${part}${hour > 12 ? hour - 12 : hour}点${past}`
}

/** When a task is due, with its hour where it has one: 周五(11/27) 下午3点. */
export const sayWhen = (
  due: { readonly dueOn: Day; readonly dueTime: string | null },
  today: Day,
  language: Language,
): string =>
  [sayDay(due.dueOn, today, language), due.dueTime && sayTime(due.dueTime, language)]
    .filter(Boolean)
    .join(' ')

/** A day as people say it on another day: 今天, 周五(11/27), 12月15日, 2027年1月5日. */
export function sayDay(date: Day, today: Day, language: Language): string {
  const { year, month, day: number } = plain(date)
  const away = daysBetween(today, date)
  const zh = language === 'zh'
  const near = { '-1': ['昨天', 'yesterday'], 0: ['今天', 'today'], 1: ['明天', 'tomorrow'] }[away]
  if (near) return near[zh ? 0 : 1] ?? ''
  const name = WEEKDAYS[language][weekday(date) - 1]
  const daysToSunday = 7 - weekday(today)
  if (away > 0 && away <= daysToSunday + 7) {
    const week = away > daysToSunday ? '下周' : '周'
    return zh ? `${week}${name}(${month}/${number})` : `${name} ${number} ${MONTHS[month - 1]}`
  }
  const sameYear = year === plain(today).year
  if (zh) return sameYear ? `${month}月${number}日` : `${year}年${month}月${number}日`
  return sameYear ? `${number} ${MONTHS[month - 1]}` : `${number} ${MONTHS[month - 1]} ${year}`
}
