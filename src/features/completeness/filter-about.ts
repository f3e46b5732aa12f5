import type { Moment } from '../../bot/moment.ts'
import type { Queries } from '../../infra/database/index.ts'
import type { ClientFilter } from '../clients/filter/rules.ts'
import type { FilterAbout } from '../clients/filter/store.ts'
import { missingOn } from './store.ts'

/** What a filter is read by today. */
export async function filterAbout(
  tx: Queries,
  filter: ClientFilter,
  { today, timezone }: Pick<Moment, 'today' | 'timezone'>,
): Promise<FilterAbout> {
  const asksForFile = filter.some(({ by }) => by === 'complete')
  return { today, timezone, missing: asksForFile ? await missingOn(tx, today) : null }
}
