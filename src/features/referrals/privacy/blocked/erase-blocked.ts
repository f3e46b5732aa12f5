import type { Job } from '../../../../bot/feature.ts'
import { dayIn } from '../../../../core/calendar/time.ts'
import { keepErased } from '../../../risk/erased-store.ts'
import { termOverCard } from '../erasure-cards.ts'
import { erase } from '../store.ts'
import { noteGone, termOver } from './store.ts'

/** Each night: blocked files whose term by law is over are deleted, each by itself, and their owners hear of it. */
export const eraseBlocked: Job = {
  name: 'erase-blocked',
  at: () => '03:37',
  catchUpHours: 12,
  async run(services, { now, today, timezone }) {
    const { database, bank } = services
    const over = await termOver(database.prisma, today)
    for (const each of over) {
      await database.transaction(async (tx) => {
        await keepErased(tx, bank.keyedHash, each.clientId, now)
        if (!(await erase(tx, each.clientId, now))) throw new Error('a complaint came meanwhile')
        await noteGone(tx, each.erasureId)
        await services.tell(tx, each.ownerId, (language) =>
          termOverCard(dayIn(each.askedAt, timezone), today, language),
        )
      })
    }
    if (over.length === 0) return
    services.wake()
    services.wakeWork()
  },
}
