import { type Day, instantOf, timeIn } from '../core/calendar/time.ts'
import type { Job } from './feature.ts'
import type { Moment } from './moment.ts'

/** One ring of a job: of several with one key one counts. */
export interface Ring {
  readonly job: Job
  /** The day that it is meant for. */
  readonly day: Day
  readonly key: string
}

const HOUR_MS = 3_600_000

/**
 * The ring of a job that is due at a moment or was due within its catch-up time before, today; of a
 * job that rings again, the last one. Null: none is. It goes by the clock alone and not by which minute
 * it was asked in, so that no stopped process, set clock or hour that the summer leaves out loses a ring.
 */
export function ringDue(job: Job, moment: Moment): Ring | null {
  const { now, today, timezone } = moment
  const first = job.at()
  if (job.again) {
    const time = lastTime(first, job.again, timeIn(now, timezone))
    return time ? { job, day: today, key: `${today} ${time}` } : null
  }
  const hoursLate = (now.getTime() - instantOf(today, first, timezone).getTime()) / HOUR_MS
  const due = hoursLate >= 0 && hoursLate <= job.catchUpHours
  return due ? { job, day: today, key: today } : null
}

/** The once-a-day ring of today that is past being caught up; null: it is not, or is still to come. */
export function ringPast(job: Job, { now, today, timezone }: Moment): Ring | null {
  const due = instantOf(today, job.at(), timezone).getTime()
  const past = !job.again && now.getTime() > due + job.catchUpHours * HOUR_MS
  return past ? { job, day: today, key: today } : null
}

/** The last time up to now of those from `first` on, every so many minutes; null before the first and after the last. */
function lastTime(first: string, again: NonNullable<Job['again']>, now: string): string | null {
  if (now < first || now > again.until) return null
  const start = minutesOf(first)
  const rung = minutesOf(now) - ((minutesOf(now) - start) % again.minutes)
  return `${two(Math.floor(rung / 60))}:${two(rung % 60)}`
}

const two = (value: number): string => String(value).padStart(2, '0')

function minutesOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  return hour * 60 + minute
}
