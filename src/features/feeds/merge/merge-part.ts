import type { Services } from '../../../bot/services.ts'
import type { Day } from '../../../core/calendar/time.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { facilitiesChanged } from '../../facilities/changed.ts'
import { retier } from '../../tiers/retier.ts'
import type { Feed } from '../rules.ts'
import { mergeClients, mergeFacilities, mergeFacts, type Part, renewCredit } from './store.ts'

/** Merges some staged rows, with what follows from them; resolves to how many clients changed. */
export async function mergePart(
  tx: Queries,
  services: Services,
  feed: Feed,
  part: Part,
  { day, drawings }: { readonly day: Day; readonly drawings: boolean },
): Promise<number> {
  const at = services.moment()
  const by = { staffId: null, actId: null, at, bank: services.bank }
  switch (feed) {
    case 'facilities': {
      const { changed, same } = await mergeFacilities(tx, part, drawings, day, at.now)
      await facilitiesChanged(tx, changed, by)
      if (same.length > 0) await renewCredit(tx, same, day)
      return changed.length
    }
    case 'facts': {
      const changed = await mergeFacts(tx, part, day, at.now)
      await retier(tx, changed, at.today)
      return changed.length
    }
    case 'clients':
      return (await mergeClients(tx, part, at.now)).length
  }
}
