import type { Job } from '../../bot/feature.ts'
import { isWorkedAnywhere, type Moment } from '../../bot/moment.ts'
import { addressesOf, enqueue } from '../../bot/outbox/enqueue.ts'
import type { Services } from '../../bot/services.ts'
import { superiorsOf } from '../staff/store.ts'
import { lateCard } from './cards.ts'
import { lateComplaints } from './store.ts'

/** On workdays, whoever is above hears of each complaint that has passed its day, once. */
export const watchComplaints: Job = {
  name: 'watch-complaints',
  at: () => '08:41',
  catchUpHours: 8,
  async run(services, at) {
    const late = await escalateComplaints(services, at)
    services.log.info({ late }, 'late complaints')
  },
}

/** Resolves to how many letters were new. */
export async function escalateComplaints(services: Services, at: Moment): Promise<number> {
  if (!isWorkedAnywhere(at)) return 0
  const told = await services.database.transaction(async (tx) => {
    let letters = 0
    for (const complaint of await lateComplaints(tx, at.today)) {
      if (!at.workdays.of(complaint.unitPath).isWorkday(at.today)) continue
      const superiors = await superiorsOf(tx, complaint.managerId)
      const letter = (to: { channel: string; conversation: string }) => ({
        ...to,
        replaces: null,
        notBefore: at.now,
      })
      letters += await enqueue(
        tx,
        (await addressesOf(tx, superiors)).map((to) => ({
          ...letter(to),
          card: lateCard(complaint, at, to.language),
          onceKey: `complaint-late:${complaint.id}:${to.staffId}`,
        })),
        at.now,
      )
    }
    return letters
  })
  services.wake()
  return told
}
