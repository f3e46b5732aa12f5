import { z } from 'zod'
import { day } from '../core/calendar/time.ts'
import { type Clock, startClock } from '../infra/clock.ts'
import { describe } from '../infra/database/fault.ts'
import { startQueue } from '../infra/queue.ts'
import { ringDue, ringPast } from './due-jobs.ts'
import type { Job } from './feature.ts'
import { firstDayOfJobs, noteRun } from './operations/job-runs.ts'
import type { Services } from './services.ts'

const input = z.object({ day: z.iso.date().transform(day) })

/**
 * Rings jobs through the queue, so that a ring counts once and outlives a restart. At the start and
 * every minute it is asked what is due and has no job yet: which minute was missed does not matter.
 */
export async function startJobs(
  services: Services,
  jobs: readonly Job[],
  everyMinute: (ring: () => Promise<void>, log: Services['log']) => Clock = startClock,
): Promise<() => Promise<void>> {
  const { log } = services
  const firstDay = await firstDayOfJobs(services.database.prisma, services.moment().today)
  const queue = await startQueue(services.database, log)
  /** Keys of rings that need not be asked for again, of `settledOn` alone. */
  let settled = new Set<string>()
  let settledOn = ''

  async function work(job: Job, given: unknown): Promise<void> {
    const meant = input.parse(given).day
    const moment = services.moment()
    if (moment.today !== meant) {
      return log.warn({ job: job.name, day: meant }, 'a job of a day gone by was left out')
    }
    await job.run(services, moment)
    // It is done, whether or not that can be noted.
    await noteRun(services.database.prisma, job.name, services.moment().now).catch((error) =>
      log.warn({ job: job.name, error: describe(error) }, 'run not noted'),
    )
  }

  async function askFor(job: Job): Promise<void> {
    const moment = services.moment()
    const ring = ringDue(job, moment)
    if (ring) {
      const name = `${job.name} ${ring.key}`
      if (settled.has(name)) return
      if ((await queue.once(job.name, ring.key, { day: ring.day })) === 'done') settled.add(name)
      return
    }
    const past = ringPast(job, moment)
    const name = `${job.name} past ${past?.key}`
    if (!past || settled.has(name)) return
    // A new bank missed nothing of its first day.
    if (past.day !== firstDay && (await queue.stateOf(job.name, past.key)) !== 'done') {
      log.warn({ job: job.name, day: past.day }, 'missed, and too late to be caught up')
    }
    settled.add(name)
  }

  async function askForAll(): Promise<void> {
    const { today } = services.moment()
    if (today !== settledOn) settled = new Set()
    settledOn = today
    for (const job of jobs) {
      // One that cannot be asked for now is asked for in a minute, and keeps no other back.
      await askFor(job).catch((error) =>
        log.error({ job: job.name, error: describe(error) }, 'job not asked for'),
      )
    }
  }

  for (const job of jobs) await queue.work(job.name, (given) => work(job, given))
  await askForAll()
  const clock = everyMinute(askForAll, log)
  return async () => {
    await clock.stop()
    await queue.stop()
  }
}
