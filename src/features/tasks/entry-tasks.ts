import type { Moment } from '../../bot/moment.ts'
import { daysBetween } from '../../core/calendar/time.ts'
import type { Queries } from '../../infra/database/index.ts'
import { NEW_ID } from '../../infra/database/new-id.ts'
import { idsIn } from '../../infra/database/raw-statements.ts'
import { playbookOn } from '../playbook/store.ts'
import { workdaysAhead } from './care/sql.ts'
import { plannedFor } from './rules.ts'

/** How far ahead the first calls of a list are spread, in days. */
const SPREAD_DAYS = 180
/** First calls of one manager on a day where the playbook sets no limit. */
const A_DAY = 20

/**
 * Opens the first task of prospects who came on file together, as the playbook says, for those who may be
 * marketed to and have no task yet: no more of one manager on a day than the playbook's load, the others on the
 * workdays after. Resolves to how many.
 */
export async function openEntryTasks(
  tx: Queries,
  clientIds: readonly string[],
  actId: string | null,
  at: Moment,
): Promise<number> {
  if (clientIds.length === 0) return 0
  const playbook = await playbookOn(tx, at.today)
  const planned = plannedFor(playbook, { reason: 'entry' }, null, at.today, at.workdays)
  const weights = JSON.stringify(playbook.tierWeight)
  return tx.$executeRawUnsafe(
    `insert into task (id, manager_id, client_id, kind, due_on, status, priority, base, reason, attempt,
       asked, opened_by, created_at)
     select ${NEW_ID}, owner_id, id, $2, (${workdaysAhead(at, SPREAD_DAYS, 'path')})[$3::int + least(place / $4::int
         * 7 / 5, ${SPREAD_DAYS} - 30)], 'open',
       greatest(0, least(100, $5::int + coalesce(($6::jsonb->>tier)::int, 0))), $5::int, 'entry', 0, false,
       $7::uuid, $8::timestamptz
     from (
       select client.id, owner_id, tier, unit.path,
         row_number() over (partition by owner_id order by client.id)::int - 1 + (
           select count(*)::int from task where manager_id = owner_id and status = 'open'
             and reason = 'entry' and opened_by = $7::uuid) as place
       from client join staff on staff.id = owner_id join unit on unit.id = staff.unit_id
       left join client_tier on client_tier.client_id = client.id
       where client.id = any(${idsIn('$1')}) and client.kind = 'prospect' and not negative_list
         and do_not_contact is null and coalesce(tier, '') <> 'F'
         and not exists (select from task where task.client_id = client.id and status = 'open')
     ) as entered
     order by owner_id, place`,
    JSON.stringify(clientIds),
    planned.kind,
    daysBetween(at.today, planned.dueOn) + 1,
    playbook.sizes.load ?? A_DAY,
    planned.priority,
    weights,
    actId,
    at.now,
  )
}
