import type { Moment } from '../../../bot/moment.ts'
import { toYuan } from '../../../infra/database/columns.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { type By, keepHistory } from '../../clients/file/store.ts'
import { markDead, reviveNumbers } from '../../clients/identity/phones-store.ts'
import type { Client } from '../../clients/rules.ts'
import { openPlanned, planTask } from '../plan-task.ts'
import type { OpeningTask } from '../store.ts'

/** The number that a client is called at is none of theirs: the next one on the file is called from now on. */
export async function numberIsDead(
  tx: Queries,
  { clientId, phone }: { readonly clientId: string; readonly phone: string | null },
  by: By,
): Promise<void> {
  if (!phone) return
  await keepHistory(tx, { clientId, table: 'client_phone' }, by, () =>
    markDead(tx, clientId, phone, by),
  )
}

/** What an act took for dead was not: its outcome is corrected. */
export const numberLives = (
  tx: Queries,
  clientId: string,
  deadBy: string,
  by: By,
): Promise<boolean> =>
  keepHistory(tx, { clientId, table: 'client_phone' }, by, () =>
    reviveNumbers(tx, clientId, deadBy, by),
  )

/** The call by which a new number answers a dead one: as somebody new is called. Null: nobody waits for one. */
export async function callForNewNumber(
  tx: Queries,
  client: Pick<Client, 'id' | 'ownerId' | 'tier' | 'doNotContact' | 'negativeList'>,
  at: Moment,
): Promise<OpeningTask | null> {
  const [waiting] = await tx.$queryRaw<{ product: string | null; amount: bigint | null }[]>`
    select product, amount from task
    where client_id = ${client.id}::uuid and reason = 'wrong-number' and status = 'open'`
  const planned = waiting ? await planTask(tx, client, { reason: 'entry' }, at) : null
  if (!waiting || !planned) return null
  const carried = { product: waiting.product, amount: toYuan(waiting.amount), note: null }
  const whose = { managerId: client.ownerId, clientId: client.id }
  return { ...planned, ...whose, ...carried, reason: 'new-number' }
}

/** The client has a number: the task to find one is done, and the call is due. */
export async function answerDeadNumber(
  tx: Queries,
  clientId: string,
  call: OpeningTask | null,
  actId: string,
  at: Moment,
): Promise<void> {
  await tx.$executeRaw`
    update task set status = 'done', closed_by = ${actId}::uuid, closed_at = ${at.now}::timestamptz
    where client_id = ${clientId}::uuid and reason = 'wrong-number' and status = 'open'`
  if (call) await openPlanned(tx, call, actId, at)
}
