import type { Moment } from '../../../bot/moment.ts'
import { dayEnd } from '../../../bot/moment.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { NEW_ID } from '../../../infra/database/new-id.ts'
import { quoted } from '../../../infra/database/quoted.ts'
import { idsOf } from '../../../infra/database/raw-statements.ts'
import type { Playbook } from '../../playbook/rules.ts'
import { byTier, dateOf } from './sql.ts'

/** Of one manager in one night: a thin file is asked for again later, and lists stay lists. */
const MOST_A_NIGHT = 2
/** Below whatever somebody waits for. */
const PRIORITY = 20

/**
 * Files that lack what a tier hangs on are asked for (what is on them and too old, the playbook asks for
 * itself), as often as the playbook has a client of that tier called: of each
 * manager a few a night, those of the weightiest tiers first. Resolves to how many tasks were made.
 */
export async function askForThinFiles(
  tx: Queries,
  playbook: Playbook,
  at: Moment,
): Promise<number> {
  const rhythm = byTier(
    Object.fromEntries(Object.entries(playbook.care).map(([tier, { call }]) => [tier, call])),
    null,
  )
  const weight = byTier(playbook.tierWeight, 0)
  const dueOn = at.workdays.onOrAfter(at.today)
  return tx.$executeRawUnsafe(
    `insert into task (id, manager_id, client_id, kind, due_on, generated_for, status, priority, base,
       reason, asked, created_at)
     select ${NEW_ID}, owner_id, id, 'other', ${dateOf(dueOn)}, ${dateOf(at.today)}, 'open',
       ${PRIORITY}, ${PRIORITY}, 'thin-file', false, $1::timestamptz
     from (
       select client.id, client.owner_id, row_number() over (
         partition by client.owner_id order by ${weight} desc, client.id) as place
       from client join client_tier on client_tier.client_id = client.id
       join staff on staff.id = client.owner_id and staff.active
       cross join lateral (select ${rhythm} as days) as rhythm
       where client_tier.provisional and client_tier.old_facts_since is null and client.kind <> 'lapsed' and not client.negative_list
         and client.do_not_contact is null and days is not null
         and (client.entered_at at time zone ${quoted(at.timezone)})::date + days <= ${dateOf(at.today)}
         and not exists (
           select from task where task.client_id = client.id and (
             task.kind = 'other' and status = 'open' or reason = 'thin-file'
               and task.created_at > $2::timestamptz - make_interval(days => days)))
     ) as thin
     where place <= ${MOST_A_NIGHT}
     order by id
     on conflict do nothing`,
    at.now,
    dayEnd(at),
  )
}

/** What asked for files whose tier no longer hangs on anything is done; of some clients, or of all. */
export async function closeThinFiles(
  tx: Queries,
  clientIds: readonly string[] | null,
  actId: string | null,
  now: Date,
): Promise<number> {
  return tx.$executeRaw`
    update task set status = 'done', closed_by = ${actId}::uuid, closed_at = ${now}::timestamptz
    where reason = 'thin-file' and status = 'open'
      and (${clientIds === null} or client_id = any(${idsOf(clientIds ?? [])}))
      and not exists (
        select from client_tier where client_tier.client_id = task.client_id and provisional)`
}
