import type { Day } from '../../../core/calendar/time.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { cancelBarred } from '../care/store.ts'
import { placeIsFree, placeOf } from '../errands/errand.ts'

/** Cancels the open marketing tasks of those of these clients who may not be marketed to any more. */
export async function banMarketing(
  tx: Queries,
  clientIds: readonly string[],
  now: Date,
): Promise<number> {
  return clientIds.length === 0 ? 0 : cancelBarred(tx, now, { clients: clientIds })
}

/**
 * Opens again what a bar that has gone (tier F, the negative list) had cancelled, where nothing else
 * bars the client and no other task of the kind is open; what was due meanwhile is due today.
 */
export async function liftMarketingBan(
  tx: Queries,
  clientIds: readonly string[],
  today: Day,
): Promise<number> {
  if (clientIds.length === 0) return 0
  return tx.$executeRawUnsafe(
    `update task set status = 'open', closed_at = null, closed_by = null, no_next = null,
       due_on = greatest(due_on, $2::date)
     where id in (
       select distinct on (task.client_id, ${placeOf('task')}) task.id
       from task join client on client.id = task.client_id
         left join client_tier on client_tier.client_id = client.id
       where task.client_id = any($1::uuid[]) and task.status = 'cancelled'
         and task.no_next in ('negative-list', 'exit-tier')
         and not client.negative_list and client.do_not_contact is null
         and client_tier.tier is distinct from 'F'
         and ${placeIsFree('task')}
       order by task.client_id, ${placeOf('task')}, task.closed_at desc)`,
    clientIds,
    today,
  )
}
