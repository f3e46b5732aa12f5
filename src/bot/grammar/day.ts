import {
  addDays,
  addMonths,
  type Day,
  daysBetween,
  isDay,
  monthEnd,
  weekday,
} from '../../core/calendar/time.ts'
import type { Workdays } from '../../core/calendar/workdays.ts'
import { NUMBER, readNumber } from './number.ts'

/**
 * A day within a text. `past`: it has gone by; `not-on-calendar`: 2月30日; `unclear`: 下周, the
 * weekday that today is, or one day and another.
 */
export type TakenDay = { readonly said: string; readonly rest: string } & (
  | { readonly day: Day }
  | { readonly fault: Exclude<Meant, Day> }
)

type Meant = Day | 'past' | 'not-on-calendar' | 'unclear'

interface Shape {
  readonly pattern: RegExp
  meant(groups: Readonly<Record<string, string | undefined>>, today: Day, workdays: Workdays): Meant
}

const MONTH_NAMES = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const MONTH_NAME =
  '(?<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?'
const WEEKDAY_NAME =
  '(?<name>mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)'
/** Not the beginning of an amount or of a count of something else. */
const ENDS = '(?![\\d.]|\\s*(?:[万千百亿元块%个年天次点时]|[wk](?![a-z])))'

const number = (said: string | undefined): number => readNumber(said ?? '') ?? Number.NaN

/** In order: what is more specific comes first. */
const SHAPES: readonly Shape[] = [
  {
    pattern:
      /(?<!大)前天|昨天|昨日|昨(?=[晚早])|上个?(?:周|星期|礼拜)[一二三四五六日天]?|上个?月|\byesterday\b|\blast (?:week|month)\b/,
    meant: () => 'past',
  },
  {
    pattern: /半年(?:之后|以后|后)/,
    meant: (_groups, today) => addMonths(today, 6),
  },
  {
    pattern:
      /(?<year>20\d\d)\s{0,3}[年./-]\s{0,3}(?<month>\d{1,2})\s{0,3}[月./-]\s{0,3}(?<day>\d{1,2})(?!\d)\s{0,3}[日号]?/,
    meant: ({ year, month, day }, today) => onDate(Number(year), Number(month), Number(day), today),
  },
  {
    pattern:
      /(?<!\d)(?<year>20[23]\d)(?<month>0[1-9]|1[0-2])(?<day>[0-2]\d|3[01])(?!\d|\s{0,3}[万元块])/,
    meant: ({ year, month, day }, today) => onDate(Number(year), Number(month), Number(day), today),
  },
  {
    pattern: new RegExp(
      `(?<next>明年|next year)?\\s{0,3}(?<month>${NUMBER})月份?(?<day>${NUMBER})(?:[日号]|${ENDS})`,
    ),
    meant: ({ next, month, day }, today) =>
      next
        ? onDate(yearOf(today) + 1, number(month), number(day), today)
        : comingDate(number(month), number(day), today),
  },
  {
    pattern:
      /(?<next>明年)?(?<month>\d{1,2}|十?[一二三四五六七八九十])月份?(?<part>底|末|初|中旬?|上旬|下旬)?/,
    meant: ({ next, month, part }, today) => {
      const first = next
        ? onDate(yearOf(today) + 1, number(month), 1, today)
        : comingMonth(number(month), today)
      return (part === '底' || part === '末') && isDay(first) ? monthEnd(first) : 'unclear'
    },
  },
  {
    pattern:
      /(?<which>下下个?|下个?|本|这个?|当)?月(?:(?<part>底|末|初)|(?<day>\d{1,2}|[一二三]?十?[一二三四五六七八九十])(?:日|号))/,
    meant: ({ which = '', part, day }, today) => {
      const month = addMonths(
        firstOf(today),
        which.startsWith('下下') ? 2 : which.startsWith('下') ? 1 : 0,
      )
      if (part === '初') return which.startsWith('下') ? month : 'unclear'
      if (part) return monthEnd(month)
      return onDate(yearOf(month), monthOf(month), number(day), today)
    },
  },
  {
    pattern:
      /(?<which>下下个?|下个?|本|这个?)(?:月|季度|年)(?!\d)|next (?:month|quarter|year)|this (?:month|quarter|year)|年底|年初|[春端中国元]?[节旦秋庆]后|(?<![半\d一二两三])年后|开年|明年(?!\d|[一二三四五六七八九十]+月)/,
    meant: () => 'unclear',
  },
  {
    pattern:
      /(?<which>(?:下个?){1,6}|这个?|本)?(?:周|星期|礼拜)(?<name>[一二三四五六日天]|[1-7](?!\d))/,
    meant: ({ which = '', name = '' }, today) => {
      const wanted = '一二三四五六日'.indexOf(name.replace('天', '日')) + 1 || Number(name)
      const weeks = (which.match(/下/g) ?? []).length
      return onWeekday(wanted, weeks > 0 ? weeks : which ? 0 : null, today)
    },
  },
  {
    pattern: new RegExp(`\\b(?:(?<which>next|this|coming|on|by)\\s{1,3})?${WEEKDAY_NAME}\\b`),
    meant: ({ which, name = '' }, today) => {
      // Sun alone may be a family name.
      if (name === 'sun' && !which) return 'unclear'
      const wanted = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].indexOf(name.slice(0, 3)) + 1
      return onWeekday(wanted, which === 'next' ? 1 : which === 'this' ? 0 : null, today)
    },
  },
  {
    pattern: new RegExp(
      `(?<!\\d)(?<count>${NUMBER})\\s{0,3}(?:个)?(?<unit>工作日|天|日|周|星期|礼拜|月|年)\\s{0,3}(?:之后|以后|后)`,
    ),
    meant: ({ count, unit = '' }, today, workdays) =>
      afterSpan(number(count), unit, today, workdays),
  },
  {
    pattern: new RegExp(`过(?<count>${NUMBER})\\s{0,3}(?:个)?(?<unit>工作日|天|周|星期|礼拜|月)`),
    meant: ({ count, unit = '' }, today, workdays) =>
      count === '两' && unit === '天' ? 'unclear' : afterSpan(number(count), unit, today, workdays),
  },
  {
    pattern:
      /\bin (?<count>an?|one|two|three|four|five|six|ten|\d{1,3}) (?<unit>working days?|workdays?|days?|weeks?|months?)\b|\b(?<count2>an?|one|two|three|four|five|six|ten|\d{1,3}) (?<unit2>days?|weeks?|months?) (?:later|from now)\b/,
    meant: ({ count, unit, count2, unit2 }, today, workdays) => {
      const said = count ?? count2 ?? ''
      const words: Record<string, number> = {
        a: 1,
        an: 1,
        one: 1,
        two: 2,
        three: 3,
        four: 4,
        five: 5,
        six: 6,
        ten: 10,
      }
      const span = (unit ?? unit2 ?? '').replace(/s$/, '')
      const chinese: Record<string, string> = { day: '天', week: '周', month: '月' }
      return afterSpan(words[said] ?? Number(said), chinese[span] ?? '工作日', today, workdays)
    },
  },
  { pattern: /大后天/, meant: (_groups, today) => addDays(today, 3) },
  { pattern: /后天|day after tomorrow/, meant: (_groups, today) => addDays(today, 2) },
  {
    pattern: /明天|明日|明儿|明(?=[早晚])|次日|\b(?:tomorrow|tmrw?)\b/,
    meant: (_groups, today) => addDays(today, 1),
  },
  { pattern: /今天|今日|今儿|今(?=[晚早])|当天|\btoday\b/, meant: (_groups, today) => today },
  {
    pattern:
      /(?:下个?|这个?|本)?(?:周末|过?几[天日](?:之后|以后|后)|过几[天日]|过些天|(?:周|星期|礼拜)(?=$|[\s,。;再]))|\b(?:next|this) week(?:end)?\b|\d{1,4}\s{0,3}天内/,
    meant: () => 'unclear',
  },
  {
    pattern: new RegExp(
      `(?<![\\d.])(?<month>\\d{1,2})(?:/|-)(?<day>\\d{1,2})(?!\\d|[./-]\\d)[日号]?${ENDS}`,
    ),
    meant: ({ month, day }, today) => comingDate(Number(month), Number(day), today),
  },
  {
    // 12.5 is a number, but 12.5见 and 12.5号 are a day.
    pattern:
      /(?<![\d.])(?<month>1[0-2]|0?[1-9])\.(?<day>[0-2]?\d|3[01])(?:[日号]|(?=\s?(?:再?联系|再|见|面谈|上门|过去|回访)))/,
    meant: ({ month, day }, today) => comingDate(Number(month), Number(day), today),
  },
  {
    pattern: new RegExp(
      `\\b${MONTH_NAME}\\s{0,3}(?<day>\\d{1,2})(?:st|nd|rd|th)?(?:,?\\s{0,3}(?<year>20\\d\\d))?\\b`,
    ),
    meant: byMonthName,
  },
  {
    pattern: new RegExp(
      `\\b(?<day>\\d{1,2})(?:st|nd|rd|th)?\\s{0,3}(?:of\\s{1,3})?${MONTH_NAME}(?:,?\\s{0,3}(?<year>20\\d\\d))?\\b`,
    ),
    meant: byMonthName,
  },
  {
    pattern:
      /(?<![\d月第])(?<day>\d{1,2}|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])(?:号(?![楼店线码院])|日(?![后内元均之以]))/,
    meant: ({ day }, today) => comingNumber(number(day), today),
  },
  {
    pattern: /\b(?:on |by )?the (?<day>\d{1,2})(?:st|nd|rd|th)\b/,
    meant: ({ day }, today) => comingNumber(Number(day), today),
  },
]

/**
 * The day that a text names, with the text without it; null when it names none. Named twice (明天周二)
 * it is one; two different days are unclear.
 */
export const takeDay = (text: string, today: Day, workdays: Workdays): TakenDay | null =>
  takeFirst(text, today, workdays, MOST_DAYS)

/** So many days are looked at in one text: whether there are two different ones shows before. */
const MOST_DAYS = 4

function takeFirst(text: string, today: Day, workdays: Workdays, most: number): TakenDay | null {
  if (most === 0) return null
  for (const { pattern, meant } of SHAPES) {
    const found = text.toLowerCase().match(pattern)
    if (!found || found.index === undefined) continue
    const said = text.slice(found.index, found.index + found[0].length)
    const rest = `${text.slice(0, found.index)} ${text.slice(found.index + said.length)}`
    const taken = { said: said.trim(), rest: rest.replace(/ +/g, ' ').trim() }
    const date = meant(found.groups ?? {}, today, workdays)
    const isPastWord = date === 'past' && !/\d/.test(said)
    const other =
      isDay(date) || isPastWord ? takeFirst(taken.rest, today, workdays, most - 1) : null
    if (isPastWord && other && 'day' in other) {
      // 昨天没接 周五再打: the word says when it was, the day when it will be.
      return { ...other, rest: text.replace(other.said, ' ').replace(/ +/g, ' ').trim() }
    }
    if (!isDay(date)) return { fault: date as Exclude<Meant, Day>, ...taken }
    if (!other || !('day' in other)) return { day: date, ...taken }
    const same = sameDay({ day: date, ...taken }, other)
    if (same) return { day: same, said: taken.said, rest: other.rest }
    return { fault: 'unclear', said: `${taken.said}、${other.said}`, rest: other.rest }
  }
  return null
}

/** 明天 and 周二, or a date and its own weekday (12月3日周四), name one day. */
function sameDay(one: { day: Day; said: string }, other: { day: Day; said: string }): Day | null {
  if (one.day === other.day) return one.day
  if (weekday(one.day) !== weekday(other.day)) return null
  const dated = [one, other].filter(({ said }) => /\d|[月号]/.test(said))
  const named = [one, other].filter(({ said }) => BARE_WEEKDAY.test(said))
  return named.length === 1 ? (dated[0]?.day ?? null) : null
}

const BARE_WEEKDAY =
  /^(?:(?:周|星期|礼拜)[一二三四五六日天]|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)$/i

const yearOf = (date: Day): number => Number(date.slice(0, 4))
const monthOf = (date: Day): number => Number(date.slice(5, 7))
const firstOf = (date: Day): Day => addDays(date, 1 - Number(date.slice(8)))

function onDate(year: number, month: number, date: number, today: Day): Meant {
  const digits = (value: number) => String(value).padStart(2, '0')
  const text = `${year}-${digits(month)}-${digits(date)}`
  if (!isDay(text)) return 'not-on-calendar'
  return text < today ? 'past' : text
}

/** Half a year: a date without a year that is further off was meant of the year that has gone by. */
const FAR_DAYS = 183

/** A month and day of this year, or of the next when that is near. */
function comingDate(month: number, date: number, today: Day): Meant {
  const thisYear = onDate(yearOf(today), month, date, today)
  if (thisYear !== 'past' && thisYear !== 'not-on-calendar') return thisYear
  const nextYear = onDate(yearOf(today) + 1, month, date, today)
  return isDay(nextYear) && daysBetween(today, nextYear) <= FAR_DAYS ? nextYear : thisYear
}

const comingMonth = (month: number, today: Day): Meant =>
  month === monthOf(today) ? firstOf(today) : comingDate(month, 1, today)

/** A day of this month, or of the next when it has gone by. */
function comingNumber(date: number, today: Day): Meant {
  const inThisMonth = onDate(yearOf(today), monthOf(today), date, today)
  if (inThisMonth !== 'past') return inThisMonth
  const next = addMonths(firstOf(today), 1)
  return onDate(yearOf(next), monthOf(next), date, today)
}

/** Weeks ahead, counted from Monday; null: the coming one. Said on its own day it is unclear. */
function onWeekday(wanted: number, weeks: number | null, today: Day): Meant {
  const inThisWeek = addDays(today, wanted - weekday(today))
  if (weeks !== null && weeks > 0) return addDays(inThisWeek, 7 * weeks)
  if (inThisWeek === today && weeks === null) return 'unclear'
  if (inThisWeek >= today) return inThisWeek
  return weeks === 0 ? 'past' : addDays(inThisWeek, 7)
}

function afterSpan(count: number, unit: string, today: Day, workdays: Workdays): Meant {
  if (unit === '月' && count === 0.5) return addDays(today, 15)
  if (!Number.isInteger(count) || count < 1 || count > 366) return 'unclear'
  if (unit === '工作日') return workdays.add(today, count)
  if (unit === '月') return addMonths(today, count)
  if (unit === '年') return addMonths(today, 12 * count)
  return addDays(today, unit === '天' || unit === '日' ? count : 7 * count)
}

function byMonthName(groups: Readonly<Record<string, string | undefined>>, today: Day): Meant {
  const month = MONTH_NAMES.indexOf((groups['name'] ?? '').slice(0, 3)) + 1
  const date = Number(groups['day'])
  const year = groups['year']
  return year ? onDate(Number(year), month, date, today) : comingDate(month, date, today)
}
