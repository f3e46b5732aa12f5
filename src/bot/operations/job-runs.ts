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
