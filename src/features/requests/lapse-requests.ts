import type { Job } from '../../bot/feature.ts'
import type { RequestKind } from '../../bot/request-kind.ts'
import { lapsedCard } from './cards.ts'
import { lapse } from './store.ts'

/** Each day: whoever asked hears of a request that nobody confirmed in time. */
export const lapseRequests = (kindsOf: () => readonly RequestKind[]): Job => ({
  name: 'lapse-requests',
  at: () => '08:37',
  catchUpHours: 12,
  async run(services, { now, timezone }) {
    await services.database.transaction(async (tx) => {
      for (const { askedBy, kind: name, payload } of await lapse(tx, now, timezone)) {
        const what = await kindsOf()
          .find((kind) => kind.name === name)
          ?.describe(tx, payload)
        if (what) await services.tell(tx, askedBy, (language) => lapsedCard(what, language))
      }
    })
    services.wake()
  },
})
