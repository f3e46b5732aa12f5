import type { Day } from '../../core/calendar/time.ts'
import { type Hours, quietAt } from '../playbook/contact-rules.ts'
import type { AtOnce } from '../tasks/list/at-once.ts'

/** When nobody says an hour, a reminder of one's own comes then. */
export const USUAL_HOUR = '09:00'
/** A reminder that could not be given waits for so many days, and goes then. */
export const KEPT_DAYS = 30

/** What somebody wants to be reminded of. */
export interface Reminder {
  readonly dueOn: Day
  /** `HH:MM`. */
  readonly dueTime: string
  readonly note: string
  readonly clientId: string | null
  readonly clientName: string | null
}

export interface Kept extends Reminder {
  /** When it will be given, `HH:MM`: not the hour itself where that falls in quiet hours. */
  readonly givenAt: string
  /** What else is at that time. */
  readonly beside: readonly AtOnce[]
}

export const minutesOf = (time: string): number =>
  Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
export const timeOf = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':')

/**
 * When somebody is reminded of an hour `time`, so many minutes before, `HH:MM`. Never within quiet hours: after
 * them where that is still before the hour, else in the last minute before them, or where they began the evening
 * before, as they end. Null: they end after the hour, which stands on the morning list.
 */
export function remindAt(time: string, minutes: number, quiet: readonly Hours[]): string | null {
  const ahead = timeOf(Math.max(0, minutesOf(time) - minutes))
  const held = quietAt(quiet, ahead)
  if (!held) return ahead
  const { from, until } = held
  const endsToday = until > ahead
  if (endsToday && until < time) return until
  if (from <= ahead && from > '00:00') return timeOf(minutesOf(from) - 1)
  return endsToday && until === time ? until : null
}

/** When a reminder of one's own is given, `HH:MM`: where quiet hours end after its hour, as they end. */
export const givenAt = (time: string, quiet: readonly Hours[]): string =>
  remindAt(time, 0, quiet) ?? quietAt(quiet, time)?.until ?? time

/** The hours of which somebody is reminded between two times of a day, the later one included. */
export const hoursToRemind = (
  { after, until }: { readonly after: string; readonly until: string },
  minutes: number,
  quiet: readonly Hours[],
): string[] =>
  EVERY_MINUTE.filter((time) => {
    const at = remindAt(time, minutes, quiet)
    return at !== null && at > after && at <= until && time > until
  })

const EVERY_MINUTE = Array.from({ length: 24 * 60 }, (_, minute) => timeOf(minute))
