import cron from 'node-cron'
import type { Log } from './log.ts'

/** Rings at the times of a cron pattern in a time zone; the queue makes a ring count once. */
export interface Clock {
  ring(name: string, pattern: string, onRing: (at: Date) => Promise<void>): void
  stop(): Promise<void>
}

export function startClock(timezone: string, log: Log): Clock {
  const tasks: { stop(): void | Promise<void> }[] = []
  return {
    ring(name, pattern, onRing) {
      const ring = async (at: Date) => {
        try {
          await onRing(at)
        } catch (error) {
          log.error({ name, error: String(error) }, 'clock')
        }
      }
      tasks.push(cron.schedule(pattern, (context) => ring(context.date), { name, timezone }))
    },
    async stop() {
      for (const task of tasks) await task.stop()
    },
  }
}
