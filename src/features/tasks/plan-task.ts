import type { Moment } from '../../bot/moment.ts'
import type { Day } from '../../core/calendar/time.ts'
import type { Queries } from '../../infra/database/index.ts'
import { type Client, noMarketing } from '../clients/rules.ts'
import type { Playbook } from '../playbook/rules.ts'
import { playbookOn } from '../playbook/store.ts'
import { generate } from './care/store.ts'
import { type PlannedTask, plannedFor } from './rules.ts'
import { openTask } from './store.ts'

type TaskEvent = Parameters<typeof plannedFor>[1]

/** The task that an event makes for a client by the playbook; null where marketing is barred. */
export async function planTask(
  tx: Queries,
  client: Pick<Client, 'tier' | 'doNotContact' | 'negativeList'>,
  event: TaskEvent,
  at: Moment,
): Promise<PlannedTask | null> {
  if (noMarketing(client)) return null
  return plannedFor(await playbookOn(tx, at.today), event, client.tier, at.today, at.workdays)
}

/**
 * Opens a planned task, unless one of its kind is due as early already: that one stays.
 */
export async function openPlanned(
  tx: Queries,
  planned: Parameters<typeof openTask>[1],
  actId: string | null,
  at: Moment,
): Promise<void> {
  const [earlier] = await tx.$queryRaw<unknown[]>`
    select 1 from task where client_id = ${planned.clientId}::uuid and kind = ${planned.kind}
      and status = 'open' and due_on <= ${planned.dueOn}::date
      and priority >= ${planned.priority}`
  if (!earlier) await openTask(tx, planned, actId, at.now)
}

/** Makes at once what falls due for these clients, after something about them has changed. */
export async function makeDue(
  tx: Queries,
  clientIds: readonly string[],
  actId: string,
  at: Moment,
): Promise<void> {
  if (clientIds.length === 0) return
  await generate(tx, await playbookOn(tx, at.today), at, { clients: clientIds }, actId)
}

/** How often a client may be contacted: on so many of so many days at most. */
export const contactCeiling = async (tx: Queries, today: Day): Promise<Playbook['ceiling']> =>
  (await playbookOn(tx, today)).ceiling
