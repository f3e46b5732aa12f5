import type { Job } from '../../../bot/feature.ts'
import type { Moment } from '../../../bot/moment.ts'
import type { Services } from '../../../bot/services.ts'
import { workdaysBack } from '../../tiers/approvals/carry-on.ts'
import { claimsCard } from './cards.ts'
import { askedUpTo, noteAsked, unconfirmedClaims } from './store.ts'

/** Workdays that the bank's book has to show a loan. */
const PATIENCE = 5

/** Once for each claim that nothing confirms for so long: its manager and their lead are asked. */
export const askClaims: Job = {
  name: 'ask-claims',
  at: () => '09:13',
  catchUpHours: 8,
  run: ask,
}

export async function ask({ database, tell, wake }: Services, at: Moment): Promise<void> {
  if (!at.workdays.isWorkday(at.today)) return
  const until = workdaysBack(at.today, PATIENCE, at.workdays)
  await database.transaction(async (tx) => {
    const since = await askedUpTo(tx)
    const claims = await unconfirmedClaims(tx, since, until)
    await noteAsked(tx, until)
    for (const role of ['manager', 'lead'] as const) {
      const asked = Map.groupBy(claims, (claim) => (role === 'lead' ? claim.leadId : claim.staffId))
      for (const [staffId, own] of asked) {
        if (!staffId) continue
        await tell(tx, staffId, (language) => claimsCard(role, own, at, language))
      }
    }
  })
  wake()
}
