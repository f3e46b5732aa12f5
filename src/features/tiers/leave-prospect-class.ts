import type { Day } from '../../core/calendar/time.ts'
import type { Queries } from '../../infra/database/index.ts'
import { prospectClasses } from '../tier-rules/store.ts'

/**
 * Of clients who became existing ones: while their first tier waits for approval they hold none, and no
 * longer their class as a prospect.
 */
export async function leaveProspectClass(
  tx: Queries,
  clientIds: readonly string[],
  today: Day,
): Promise<void> {
  if (clientIds.length === 0) return
  const classes = await prospectClasses(tx, today)
  await tx.$executeRaw`
    update client_tier set tier = 'unclassified', since = ${today}::date
    where client_id = any(${[...clientIds]}::uuid[]) and tier = any(${classes}::text[])
      and tier <> decided`
}
