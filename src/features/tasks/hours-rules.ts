import type { Moment } from '../../bot/moment.ts'
import { type Day, sayTime, timeIn } from '../../core/calendar/time.ts'
import type { Text } from '../../core/text.ts'
import { type Hours, quietAt } from '../playbook/contact-rules.ts'

const QUARTER = 15
const DAY = 24 * 60

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
const timeOf = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':')

/**
 * The quarter of an hour that lies so many hours ahead, `HH:MM`, after quiet hours that it falls into; null:
 * none of today does. `own`: the client's quiet hours, `12:00-14:00`, which stand for the bank's.
 */
export function hourAfter(
  hours: number,
  { now, today, timezone, workdays }: Pick<Moment, 'now' | 'today' | 'timezone' | 'workdays'>,
  quiet: readonly Hours[],
  own: string | null,
): string | null {
  if (!workdays.isWorkday(today)) return null
  const [from = '', until = ''] = own?.split('-') ?? []
  const all = own ? [...quiet, { from, until }] : quiet
  const ahead = minutesOf(timeIn(now, timezone)) + hours * 60
  let minutes = Math.ceil(ahead / QUARTER) * QUARTER
  for (let turn = 0; turn <= all.length && minutes < DAY; turn++) {
    const held = quietAt(all, timeOf(minutes))
    if (!held) return timeOf(minutes)
    const end = minutesOf(held.until)
    // Until the next morning.
    if (end <= minutes) return null
    minutes = end
  }
  return null
}

/** A next day that was agreed with a client, and its hour, `HH:MM`; null: none was. */
export interface Agreed {
  readonly agreedOn: Day | null
  readonly agreedAt: string | null
}

interface SaidNext {
  readonly nextDate: Day | null
  readonly nextTime: string | null
}

/** What was agreed: an hour without a day is today's. */
export const agreedOf = (
  { nextDate, nextTime }: SaidNext,
  { today }: Pick<Moment, 'today'>,
): Agreed => ({ agreedOn: nextDate ?? (nextTime ? today : null), agreedAt: nextTime })

/** What was agreed; `gone`: an hour of today that has gone by. */
export function agreedWhen(
  said: SaidNext,
  at: Pick<Moment, 'now' | 'today' | 'timezone'>,
): Agreed | { readonly gone: string } {
  const agreed = agreedOf(said, at)
  const { agreedOn, agreedAt } = agreed
  return agreedOn && agreedAt && isGone(agreedOn, agreedAt, at) ? { gone: agreedAt } : agreed
}

export const goneFault = (time: string): Text => ({
  zh: `今天${sayTime(time, 'zh')}已经过去了，请说以后的时间。`,
  en: `${time} today has gone by; give a later time.`,
})

/** Whether an hour of a day has gone by. */
export const isGone = (
  on: Day,
  time: string | null,
  { now, today, timezone }: Pick<Moment, 'now' | 'today' | 'timezone'>,
): boolean => on === today && time !== null && time <= timeIn(now, timezone)
