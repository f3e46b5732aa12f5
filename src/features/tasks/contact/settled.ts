import type { Queries } from '../../../infra/database/index.ts'
import { CREDIT_EVENTS } from '../../playbook/rules.ts'

/**
 * Ends the open tasks that rested on facilities which are settled, and a first call that was never made: the
 * client's way back has its own.
 */
export async function endSettled(
  tx: Queries,
  clientIds: readonly string[],
  actId: string | null,
  now: Date,
): Promise<void> {
  if (clientIds.length === 0) return
  await tx.$executeRaw`
    update task set status = 'cancelled', closed_by = ${actId}::uuid, closed_at = ${now}::timestamptz,
      no_next = 'settled', generated_for = null
    where client_id = any(${[...clientIds]}::uuid[]) and status = 'open'
      and reason = any(${['care', 'entry', ...CREDIT_EVENTS]}::text[])`
}
