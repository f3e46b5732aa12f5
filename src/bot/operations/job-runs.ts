import type { Day } from '../../core/calendar/time.ts'
import type { Queries } from '../../infra/database/index.ts'

/** When a job was last done, by any instance. */
export interface JobRun {
  readonly job: string
  readonly at: Date
}

const KEY = 'ran:'

/** Writes down that a job was done. */
export async function noteRun(tx: Queries, job: string, at: Date): Promise<void> {
  const key = `${KEY}${job}`
  const value = at.toISOString()
  await tx.setting.upsert({ where: { key }, create: { key, value }, update: { value } })
}

/** The last run of each job that was ever done. */
export async function lastRuns(tx: Queries): Promise<JobRun[]> {
  const rows = await tx.setting.findMany({ where: { key: { startsWith: KEY } } })
  return rows.map(({ key, value }) => ({
    job: key.slice(KEY.length),
    at: new Date(String(value)),
  }))
}

/** The day on which jobs were begun with in this bank; null: nobody noted it. `today` is noted where it is that day. */
export async function firstDayOfJobs(tx: Queries, today: Day): Promise<Day | null> {
  const [row] = await tx.$queryRaw<{ day: Day | null }[]>`
    insert into setting (key, value)
    select 'first-day-of-jobs', case when exists (select from setting where key like ${`${KEY}%`})
      then 'null'::jsonb else to_jsonb(${today}::text) end
    on conflict (key) do update set value = setting.value
    returning value #>> '{}' as day`
  return row?.day ?? null
}
