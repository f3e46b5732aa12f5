import type { Day } from '../../core/calendar/time.ts'
import type { Queries } from '../../infra/database/index.ts'
import { standardsOn } from '../tier-rules/store.ts'
import { applyTiers } from './batch/apply-tiers.ts'

/**
 * Decides these clients' tiers by the standards in force and writes what changed; a move that needs
 * approval waits for it.
 */
export async function retier(tx: Queries, clientIds: readonly string[], today: Day): Promise<void> {
  await applyTiers(tx, clientIds, await standardsOn(tx, today), today)
}
