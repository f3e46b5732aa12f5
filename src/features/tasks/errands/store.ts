import { Prisma } from '../../../generated/client.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { idsOf } from '../../../infra/database/raw-statements.ts'
import { isErrand } from './errand.ts'

/** `isErrand` as a part of a statement. */
export const errandSql = (task: string): Prisma.Sql => Prisma.raw(isErrand(task))

/** An open errand, and whose it is. */
export interface Errand {
  readonly id: string
  readonly clientId: string
  readonly clientName: string
  /** What is to be done; empty: that is not said. */
  readonly note: string
}

/** The open errands that these people have with clients, the next first. */
export async function errandsWith(
  tx: Queries,
  clientIds: readonly string[],
  staffIds: readonly string[],
): Promise<Errand[]> {
  if (clientIds.length === 0) return []
  return tx.$queryRaw<Errand[]>`
    select task.id::text, client_id::text as "clientId", client.name as "clientName", coalesce(note, '') as note
    from task join client on client.id = client_id
    where client_id = any(${idsOf(clientIds)}) and manager_id = any(${idsOf(staffIds)}) and status = 'open'
      and ${errandSql('task')}
    order by due_on, due_time, task.id`
}

/** Closes what was to be done, as done; nothing was said by the client. */
export async function closeErrands(
  tx: Queries,
  taskIds: readonly string[],
  actId: string,
  now: Date,
): Promise<void> {
  await tx.$executeRaw`
    update task set status = 'done', closed_by = ${actId}::uuid, closed_at = ${now}::timestamptz
    where id = any(${idsOf(taskIds)}) and status = 'open'`
}
