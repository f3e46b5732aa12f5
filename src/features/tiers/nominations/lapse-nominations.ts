import type { Job } from '../../../bot/feature.ts'
import type { Moment } from '../../../bot/moment.ts'
import type { Services } from '../../../bot/services.ts'
import { retier } from '../retier.ts'
import { lapseNominations } from './store.ts'

/** Nominations ended and clients decided anew in one transaction. */
const BATCH = 500

/** Every night, before everybody is re-tiered: nominations past their last day end by themselves. */
export const lapseNamed: Job = {
  name: 'lapse-nominations',
  at: () => '04:21',
  catchUpHours: 18,
  run: lapse,
}

async function lapse({ database }: Services, at: Moment): Promise<void> {
  for (let left = true; left; ) {
    left = await database.transaction(async (tx) => {
      const clientIds = await lapseNominations(tx, at.today, at.now, BATCH)
      if (clientIds.length > 0) await retier(tx, clientIds, at.today)
      return clientIds.length > 0
    })
  }
}
