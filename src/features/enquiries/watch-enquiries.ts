import type { Job } from '../../bot/feature.ts'
import type { RequestKind } from '../../bot/request-kind.ts'
import { aboutOf } from './about.ts'
import { lateCard, remindedCard } from './cards.ts'
import { answerersOf, hearersOf, takeLate } from './store.ts'

/** On workdays, once for each question whose day has passed: whoever is to answer, and whoever asked. */
export const watchEnquiries = (kindsOf: () => readonly RequestKind[]): Job => ({
  name: 'watch-enquiries',
  at: () => '08:43',
  catchUpHours: 8,
  async run(services, at) {
    if (!at.workdays.isWorkday(at.today)) return
    await services.database.transaction(async (tx) => {
      for (const enquiry of await takeLate(tx, at.today)) {
        const about = await aboutOf(tx, enquiry, kindsOf())
        const { addressee, clientId, requester } = enquiry
        const answerers =
          addressee === 'requester'
            ? [{ id: requester ?? '', name: enquiry.requesterName ?? '' }]
            : await answerersOf(tx, { addressee, clientId, requestId: null }, at.today)
        for (const { id } of answerers) {
          await services.tell(tx, id, (language) => remindedCard(enquiry, about, at, language))
        }
        const names = answerers.map(({ name }) => name)
        for (const id of await hearersOf(tx, enquiry.id)) {
          await services.tell(tx, id, (language) => lateCard(enquiry, about, names, language))
        }
      }
    })
    services.wake()
  },
})
