import type { Job } from '../../../bot/feature.ts'
import type { Moment } from '../../../bot/moment.ts'
import type { Services } from '../../../bot/services.ts'
import { free } from './effect.ts'
import { endEntries, lapsedEntries } from './store.ts'

/** Entries ended in one transaction. */
const BATCH = 1000

/** Every night: entries past their last day end, and what they had cancelled is open again. */
export const lapseEntries: Job = {
  name: 'lapse-negative-list',
  at: () => '00:13',
  catchUpHours: 20,
  run: lapse,
}

async function lapse(services: Services, { today, now }: Moment): Promise<void> {
  for (let left = true; left; ) {
    left = await services.database.transaction(async (tx) => {
      const ids = await lapsedEntries(tx, today, BATCH)
      if (ids.length > 0) await free(tx, await endEntries(tx, ids, null, now), today, now)
      return ids.length > 0
    })
  }
  services.wake()
}
