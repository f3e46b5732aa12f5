import cron from 'node-cron'
import { describe } from './database/fault.ts'
import type { Log } from './log.ts'

/** Rings at least every minute, whatever happens to the system's clock; never while a ring is worked on. */
export interface Clock {
  stop(): Promise<void>
}

const MINUTE_MS = 60_000

/**
 * Two clocks ring: node-cron at the turn of each minute, and a timer. node-cron drops a ring for which
 * the process stood still, and after the clock was set back an hour it waits an hour; a timer knows no
 * clock, but comes at any second.
 */
export function startClock(onMinute: () => Promise<void>, log: Log): Clock {
  let busy = false
  const ring = async () => {
    if (busy) return
    busy = true
    try {
      await onMinute()
    } catch (error) {
      log.error({ error: describe(error) }, 'clock')
    } finally {
      busy = false
    }
  }
  const task = cron.schedule('* * * * *', ring, { suppressMissedWarning: true })
  const timer = setInterval(ring, MINUTE_MS)
  return {
    async stop() {
      clearInterval(timer)
      await task.stop()
    },
  }
}
