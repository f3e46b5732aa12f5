import type { Services } from '../../../bot/services.ts'
import type { Work } from '../../../bot/work.ts'
import { SendFailure } from '../../../core/chat.ts'
import type { ContactWays } from '../../../core/gateways.ts'
import { pauseAfter, pictureType } from './rules.ts'
import { callAgain, type DueCode, forgetCode, keepCode, restComplete, takeDue } from './store.ts'

/** Longer than a call takes: what a process left is then taken up by another. */
const HELD_MS = 2 * 60_000
/** How often a code is looked at whether it still leads to its manager. */
const LOOKED_AT_MS = 60 * 60_000
/** What WeCom has against one call it has against the next, too. */
const RESTS_MS = 60_000

/**
 * Has WeCom make the managers' contact codes that are wanted, fetches their pictures, and ends those that lead to
 * their manager no more: one call a step, outside of any transaction.
 */
export const keepContactCodes: Work = {
  name: 'contact-codes',
  begin(services) {
    let restsUntil = 0
    return {
      async step() {
        const { contactWays, database, log } = services
        const { now } = services.moment()
        if (!contactWays || now.getTime() < restsUntil) return false
        await restComplete(database.prisma, now, after(now, LOOKED_AT_MS))
        const due = await takeDue(database.prisma, now, after(now, HELD_MS))
        if (!due) return false
        try {
          await goOn(services, contactWays, due)
        } catch (error) {
          if (!(error instanceof SendFailure)) throw error
          await callAgain(database.prisma, due, after(now, pauseAfter(due.failures)))
          // The code of the fault alone: what WeCom says of it may name a member.
          const [fault] = error.message.split(' ', 1)
          log.warn({ fault, failures: due.failures + 1 }, 'contact code')
          if (error.kind !== 'refused')
            restsUntil = now.getTime() + Math.max(error.retryAfterMs, RESTS_MS)
        }
        return true
      },
      end: async () => {},
    }
  },
}

const after = (now: Date, ms: number): Date => new Date(now.getTime() + ms)

/** The next call about a code. */
async function goOn(
  { database: { prisma }, moment }: Services,
  ways: ContactWays,
  due: DueCode,
): Promise<void> {
  if (!due.serves) {
    if (due.configId) await ways.end(due.configId)
    await forgetCode(prisma, due)
  } else if (!due.configId || !due.address) {
    await keepCode(prisma, due, await ways.make(due.userId, due.state), moment().now)
  } else {
    const picture = await ways.picture(due.address)
    if (!pictureType(picture)) throw new SendFailure('refused', 'picture: not a picture')
    await keepCode(prisma, due, { picture }, after(moment().now, LOOKED_AT_MS))
  }
}
