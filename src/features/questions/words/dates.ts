import type { Period } from '../../../core/calendar/period.ts'
import { addDays, type Day, daysBetween, isDay, weekday } from '../../../core/calendar/time.ts'
import type { Dates, Means, SaidDate, Word } from './word.ts'

// A day by its date or weekday, or from one to another: 11月1日到5日走访了几个, 上周五谁没登记, visits since Nov 5.

const MONTHS =
  'january february march april may june july august september october november december'.split(' ')
const short = (name: string): string => name.slice(0, 3)
const WEEKDAYS = 'mon tue wed thu fri sat sun'.split(' ')
const DATE = '3[01]|[12]\\d|0?[1-9]'
/** What a bare weekday stands before: 周一鸣 is somebody. */
const AFTER = '(?=$|[ 的谁我有还都完登走拜做打干跑新放联办要该哪几多到至~-])'

/** One day, in groups that are numbered. */
const one = (n: 1 | 2): string =>
  [
    `(?:(?<year${n}>20\\d\\d)[年/.-])?(?<month${n}>1[0-2]|0?[1-9])(?<mark${n}>[月/.-])(?<date${n}>${DATE})(?:[日号]|(?![\\d个户家万%/.]))`,
    `(?<name${n}>${[...MONTHS, ...MONTHS.map(short)].join('|')}) (?<of${n}>${DATE})(?:st|nd|rd|th)?(?![\\da-z])`,
    `(?<week${n}>上|这|本|下)个?(?:周|星期|礼拜)(?<han${n}>[一二三四五六日天])`,
    `(?:周|星期|礼拜)(?<bare${n}>[一二三四五六日天])${AFTER}`,
    `(?:on )?(?<last${n}>last |this |next )?(?<day${n}>${WEEKDAYS.join('|')})(?:day|nesday|sday|rsday|urday)(?![a-z])`,
  ].join('|')

const TO = ' ?(?:到|至|~|-|–|—) ?| (?:to|until|through) '

export const DATES: readonly Word[] = [
  {
    said:
      `(?:从|自|from )?(?<!\\d)(?:${one(1)})` +
      `(?:(?<now>以来|至今|(?:${TO})(?:今[天日]|现在|today|now))|(?<on>以后|之后|起|开始)` +
      `|(?:${TO})(?:${one(2)}|(?<only>${DATE})[日号]))?`,
    means: datesMeant,
  },
  { said: `since (?:${one(1)})`, means: (groups) => datesMeant({ ...groups, now: 'since' }) },
]

function datesMeant(groups: Readonly<Record<string, string>>): Means | null {
  const from = saidIn(groups, 1)
  if (!from) return null
  const { now, on, only } = groups
  const open = now ? 'today' : on ? 'on' : null
  const until = open ?? (only ? { date: Number(only) } : saidIn(groups, 2))
  // 11.5 alone is a number, and 11-5 may be two.
  const dotted = groups['mark1'] && /[.-]/.test(groups['mark1']) && !groups['year1']
  if (dotted && (groups['mark1'] === '-' || !until)) return null
  return { dates: { from, until } }
}

const HAN = '一二三四五六日'

function saidIn(groups: Readonly<Record<string, string>>, n: 1 | 2): SaidDate | null {
  const said = (name: string) => groups[`${name}${n}`]
  const named = said('name')
  if (named)
    return {
      year: null,
      month: MONTHS.map(short).indexOf(short(named)) + 1,
      date: Number(said('of')),
    }
  const month = said('month')
  if (month) {
    const year = said('year')
    return { year: year ? Number(year) : null, month: Number(month), date: Number(said('date')) }
  }
  const han = said('han') ?? said('bare')
  if (han) {
    const week = said('week')
    return {
      weekday: HAN.indexOf(han === '天' ? '日' : han) + 1,
      weeks: week ? ({ 上: -1, 下: 1 }[week] ?? 0) : null,
    }
  }
  const day = said('day')
  if (!day) return null
  const last = said('last')?.trim()
  return {
    weekday: WEEKDAYS.indexOf(day) + 1,
    weeks: last ? ({ last: -1, next: 1 }[last] ?? 0) : null,
  }
}

/**
 * The days that are meant. A date without its year and a weekday without its week are the last that have gone by, today
 * among them; of what is `toCome` the nearest. Null: there is no such day, the second is before the first, or it is to come
 * without an end.
 */
export function daysOfDates({ from, until }: Dates, today: Day, toCome: boolean): Period | null {
  const first = dayOf(from, today, toCome ? 'nearest' : 'gone')
  if (!first || (until === 'on' && toCome)) return null
  const open = until === 'today' || until === 'on'
  const last = until === null ? first : open ? today : lastOf(until, first, today)
  return last && last >= first ? { from: first, until: last } : null
}

/** Of a week that is said by itself; else the next one after the first. */
const lastOf = (until: SaidDate, first: Day, today: Day): Day | null =>
  'weekday' in until && until.weeks !== null
    ? dayOf(until, today, 'nearest')
    : dayOf(until, first, 'to come')

/** Which of the days that may be meant, beside a day. */
type Side = 'gone' | 'nearest' | 'to come'

function dayOf(said: SaidDate, beside: Day, side: Side): Day | null {
  const year = Number(beside.slice(0, 4))
  if ('weekday' in said) {
    const monday = addDays(beside, 1 - weekday(beside))
    const day = addDays(monday, 7 * (said.weeks ?? 0) + said.weekday - 1)
    if (said.weeks !== null) return day
    if (side === 'gone') return day > beside ? addDays(day, -7) : day
    return day < beside ? addDays(day, 7) : day
  }
  if (!('month' in said)) return dayIf(`${beside.slice(0, 8)}${two(said.date)}`)
  const on = (each: number) => dayIf(`${each}-${two(said.month)}-${two(said.date)}`)
  if (said.year !== null) return on(said.year)
  const all = [year - 1, year, year + 1].flatMap((each) => on(each) ?? [])
  if (side === 'gone') return all.findLast((day) => day <= beside) ?? null
  if (side === 'to come') return all.find((day) => day >= beside) ?? null
  const [nearest = null] = all.toSorted(
    (a, b) => Math.abs(daysBetween(a, beside)) - Math.abs(daysBetween(b, beside)),
  )
  return nearest
}

const dayIf = (text: string): Day | null => (isDay(text) ? text : null)
const two = (number: number): string => String(number).padStart(2, '0')
