import type { Job } from '../../../bot/feature.ts'
import { lapsedCard } from './erasure-cards.ts'
import { lapse } from './erasure-store.ts'

/** Each day: the owner hears of a request that nobody confirmed in time. */
export const lapseErasures: Job = {
  name: 'lapse-erasures',
  at: () => '08:43',
  catchUpHours: 12,
  async run(services, { now, timezone }) {
    await services.database.transaction(async (tx) => {
      for (const { askedBy, clientName } of await lapse(tx, now, timezone)) {
        await services.tell(tx, askedBy, (language) => lapsedCard(clientName, language))
      }
    })
    services.wake()
  },
}
