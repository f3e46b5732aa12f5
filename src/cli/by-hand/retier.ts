import type { Config } from '../../config.ts'
import { dayIn } from '../../core/calendar/time.ts'
import { installStandards } from '../../features/tier-rules/store.ts'
import { retierAll } from '../../features/tiers/batch/retier-all.ts'
import { openForScripts } from '../open.ts'
import type { At } from './scripts.ts'

/** Decides everybody's tier by hand; prints how many were looked at and how many changed. */
export async function retierByHand(config: Config, { now }: At): Promise<void> {
  const database = await openForScripts(config)
  try {
    await database.transaction(installStandards)
    const today = dayIn(now ?? new Date(), config.TIMEZONE)
    console.log(JSON.stringify({ day: today, ...(await retierAll(database, today)) }))
  } finally {
    await database.close()
  }
}
