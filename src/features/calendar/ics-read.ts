import { addDays, type Day, isDay } from '../../core/calendar/time.ts'
import { type NewDay, spanOf } from './rules.ts'

/** An all-day event of a calendar file (RFC 5545). */
interface AllDay {
  readonly from: Day
  readonly until: Day
  readonly summary: string
  /** Null: the event does not say whether the day is off or worked. */
  readonly works: boolean | null
}

export interface ReadCalendar {
  readonly days: readonly NewDay[]
  /** Events that say of no day that it is off or worked: with an hour, repeated, a season. */
  readonly left: number
}

export const ICS_LIMITS = { bytes: 1024 * 1024, events: 3000, daysOfEvent: 31 } as const

/**
 * Reads the all-day events of a calendar file. Where some say that they are days off or worked
 * (休, 班), the others are festivals that nobody has off; where none does, all are days off. Null: it
 * is no calendar file, or one with more events than a calendar of holidays has.
 */
export function readIcs(text: string): ReadCalendar | null {
  const lines = text
    .replace(/^\uFEFF/, '')
    .replace(/\r?\n[ \t]/g, '')
    .split(/\r?\n/)
  if (!/^BEGIN:VCALENDAR$/i.test(lines[0] ?? '')) return null
  const events = eventsIn(lines)
  if (events.length > ICS_LIMITS.events) return null
  const allDay = events.flatMap((event) => allDayOf(event) ?? [])
  const marked = allDay.some(({ works }) => works !== null)
  const meant = allDay.filter(({ works }) => !marked || works !== null)
  const days = meant.flatMap(({ from, until, summary, works }) =>
    spanOf(from, until).map((day) => ({ day, works: works ?? false, name: nameIn(summary) })),
  )
  return { days, left: events.length - meant.length }
}

type Properties = ReadonlyMap<string, string>

/** The properties of each event, without those of its alarms. */
function eventsIn(lines: readonly string[]): Properties[] {
  const events: Map<string, string>[] = []
  const within: string[] = []
  for (const line of lines) {
    const [, name = '', value = ''] = line.match(/^([A-Z-]+)(?:;[^:]*)?:(.*)$/i) ?? []
    const property = name.toUpperCase()
    if (property === 'BEGIN') {
      within.push(value.toUpperCase())
      if (within.at(-1) === 'VEVENT') events.push(new Map())
    } else if (property === 'END') within.pop()
    else if (within.at(-1) === 'VEVENT') events.at(-1)?.set(property, value.trim())
  }
  return events
}

function allDayOf(event: Properties): AllDay | null {
  const from = dateIn(event.get('DTSTART'))
  if (!from || event.has('RRULE') || event.has('RDATE')) return null
  if (event.get('STATUS')?.toUpperCase() === 'CANCELLED') return null
  const until = lastDayOf(event, from)
  if (!until || until < from || until > addDays(from, ICS_LIMITS.daysOfEvent)) return null
  const summary = (event.get('SUMMARY') ?? '')
    .replace(/\\n/gi, ' ')
    .replace(/\\([\\;,])/g, '$1')
    .normalize('NFKC')
    .trim()
  return { from, until, summary, works: worksIn(event, summary) }
}

/** The end is the day after the last one; without an end and a duration it is one day. */
function lastDayOf(event: Properties, from: Day): Day | null {
  const [, count, unit] = event.get('DURATION')?.match(/^P(\d{1,3})([DW])$/i) ?? []
  if (count) return addDays(from, Number(count) * (unit?.toUpperCase() === 'W' ? 7 : 1) - 1)
  if (!event.has('DTEND')) return event.has('DURATION') ? null : from
  const end = dateIn(event.get('DTEND'))
  return end && (end === from ? from : addDays(end, -1))
}

const dateIn = (value = ''): Day | null => {
  const [, year, month, date] = value.match(/^(\d{4})(\d{2})(\d{2})$/) ?? []
  const said = `${year}-${month}-${date}`
  return isDay(said) ? said : null
}

const WORKED = /[补上]班|(?<=[([\s])班(?=[)\]]|$)|\bwork(?:ing)?[ -]?day\b/i
const OFF = /放假|休假|假期|假日|(?<=[([\s])休(?=[)\]]|$)|\bholiday\b|\bday off\b/i

function worksIn(event: Properties, summary: string): boolean | null {
  const special = event.get('X-APPLE-SPECIAL-DAY')?.toUpperCase()
  if (special === 'ALTERNATE-WORKDAY' || WORKED.test(summary)) return true
  return special === 'WORK-HOLIDAY' || OFF.test(summary) ? false : null
}

/** What is off or worked for, without the words that say which. */
const nameIn = (summary: string): string | null =>
  summary
    .replace(/第\d+天\/共\d+天/g, '')
    .replace(/[([][休班][)\]]|\s[休班]$|调休上班|[补上]班|放假|休假|假期|假日/g, '')
    .trim() || null
