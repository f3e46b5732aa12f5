import type { Queries } from '../../infra/database/index.ts'
import { createLease } from '../../infra/lease.ts'
import { FeedFault } from './rules.ts'

/** Another feed is being loaded, by this process or another; this one can be sent again. */
export class FeedBusy extends FeedFault {}

/** A third of the time after which the lease lapses. */
const RENEW_MS = 5000

/**
 * Loads a feed while nobody else in the bank loads one: what is staged of one is what a full feed names, and
 * everything else is ended by it. `stillAlone` is asked before anything is ended. Throws `FeedBusy`.
 */
export async function oneAtATime<Loaded>(
  prisma: Queries,
  load: (stillAlone: () => Promise<void>) => Promise<Loaded>,
): Promise<Loaded> {
  const lease = createLease(prisma, 'feed')
  const hold = async () => {
    if (await lease.hold()) return
    throw new FeedBusy(
      '另一份数据正在读入，这一份没有读入，请稍后再发。',
      'Another feed is being loaded and this one was not; send it again a little later.',
    )
  }
  await hold()
  const renewing = setInterval(() => void lease.hold().catch(() => {}), RENEW_MS).unref()
  try {
    return await load(hold)
  } finally {
    clearInterval(renewing)
    await lease.release()
  }
}
