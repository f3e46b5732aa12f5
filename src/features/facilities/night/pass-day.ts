import type { Job } from '../../../bot/feature.ts'
import type { Moment } from '../../../bot/moment.ts'
import type { Services } from '../../../bot/services.ts'
import { addMonths } from '../../../core/calendar/time.ts'
import { retier } from '../../tiers/retier.ts'
import { facilitiesChanged } from '../changed.ts'
import { WIN_BACK_MONTHS } from '../rules.ts'
import { endedClients, toProspects } from './store.ts'

/** Clients done in one transaction. */
const BATCH = 2000

/**
 * Every night, before the tasks of the night: whose facilities passed their last day, of whom the last
 * may have lapsed; and who lapsed so long ago that they are prospects again.
 */
export const passDay: Job = {
  name: 'facilities-day',
  at: () => '02:05',
  catchUpHours: 21,
  run: pass,
}

export async function pass({ database, bank }: Services, at: Moment): Promise<void> {
  const by = { staffId: null, actId: null, at, bank }
  for (let after: string | null = '00000000-0000-0000-0000-000000000000'; after; ) {
    const last: string = after
    after = await database.transaction(async (tx) => {
      const ids = await endedClients(tx, at.today, last, BATCH)
      await facilitiesChanged(tx, ids, by)
      return ids.at(-1) ?? null
    })
  }
  const before = addMonths(at.today, -WIN_BACK_MONTHS)
  for (let left = true; left; ) {
    left = await database.transaction(async (tx) => {
      const ids = await toProspects(tx, before, at.today, BATCH)
      if (ids.length > 0) await retier(tx, ids, at.today)
      return ids.length > 0
    })
  }
}
