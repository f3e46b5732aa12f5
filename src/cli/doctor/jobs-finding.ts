import type { Job } from '../../bot/feature.ts'
import type { Moment } from '../../bot/moment.ts'
import type { JobRun } from '../../bot/operations/job-runs.ts'
import type { Finding } from '../../channels/plugin.ts'
import { instantOf, timeIn } from '../../core/calendar/time.ts'

/** One that is being done, or waits its turn behind others, is not late yet. */
const GRACE_MS = 30 * 60_000

/** When each job was last done, and which of today were not; null: none ever was, as on a first day. */
export function jobsFinding(
  jobs: readonly Job[],
  runs: readonly JobRun[],
  moment: Pick<Moment, 'now' | 'today' | 'timezone'>,
): Finding | null {
  const last = new Map(runs.map(({ job, at }) => [job, at]))
  const latest = runs.toSorted((a, b) => b.at.getTime() - a.at.getTime())[0]
  if (!latest) return null
  const settled = moment.now.getTime() - GRACE_MS
  const late = jobs.filter((job) => {
    const due = instantOf(moment.today, job.at(), moment.timezone).getTime()
    const since = job.again ? settled : due
    return due < settled && (last.get(job.name)?.getTime() ?? 0) < since
  })
  if (late.length === 0) {
    const at = `${latest.job} ${timeIn(latest.at, moment.timezone)}`
    return { state: 'ok', text: `定时任务 jobs: 今天到点的都做了 all of today are done (${at})` }
  }
  const named = late.map(({ name }) => `${name} (${last.get(name)?.toISOString() ?? '—'})`)
  const list = named.join(', ')
  return {
    state: 'note',
    text: `今天到点没有做的定时任务，括号里是上次：${list}。服务在运行吗？请按名字看日志；几小时内会自动补做。 Jobs that were due today and not done, with their last time: ${list}. Is the service running? Look for their names in its log; for hours they are caught up by themselves.`,
  }
}
