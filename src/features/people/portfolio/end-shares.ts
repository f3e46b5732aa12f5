import type { Job } from '../../../bot/feature.ts'
import { shareOverCard } from './share-cards.ts'
import { endOverdue, peopleOf } from './share-store.ts'

/** Shares whose last day is over end, and both sides hear of it before their day begins. */
export const endShares: Job = {
  name: 'end-shares',
  at: () => '06:15',
  catchUpHours: 17,
  async run(services, { today }) {
    const ended = await services.database.transaction(async (tx) => {
      const over = await endOverdue(tx, today)
      for (const share of over) {
        const { ownerId, owner, partner, client } = share
        await services.tell(tx, ownerId, (language) => shareOverCard(client, partner, language))
        for (const staffId of await peopleOf(tx, [share])) {
          await services.tell(tx, staffId, (language) => shareOverCard(client, owner, language))
        }
      }
      return over.length
    })
    if (ended > 0) services.log.info({ ended }, 'shares')
    services.wake()
  },
}
