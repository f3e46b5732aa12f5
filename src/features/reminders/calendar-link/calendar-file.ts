import ical, { ICalCalendarMethod } from 'ical-generator'

/** An appointment as a calendar shows it. */
export interface Entry {
  /** Never of two appointments. */
  readonly id: string
  readonly starts: Date
  readonly minutes: number
  readonly summary: string
}

/** A calendar file (RFC 5545) of these entries, as a calendar program subscribes to it. */
export function calendarFile(name: string, entries: readonly Entry[], now: Date): string {
  const calendar = ical({ name, prodId: { company: 'Chenhui', product: 'Agenda', language: 'ZH' } })
  calendar.method(ICalCalendarMethod.PUBLISH)
  for (const { id, starts, minutes, summary } of entries) {
    const end = new Date(starts.getTime() + minutes * 60_000)
    calendar.createEvent({ id: `${id}@chenhui`, start: starts, end, stamp: now, summary })
  }
  return calendar.toString()
}
