import { undoableSince } from '../../bot/commands/undo.ts'
import type { Actor } from '../../core/staff.ts'
import { batchPerTransaction } from '../../infra/batch.ts'
import type { Queries } from '../../infra/database/index.ts'

/** Whose page it is, as far as it decides what stands on it. */
export type Owner = Pick<Actor, 'id' | 'role' | 'unitPath' | 'language' | 'code' | 'name'>

export async function ownerOf(tx: Queries, staffId: string): Promise<Owner | null> {
  const [owner] = await tx.$queryRaw<Owner[]>`
    select staff.id, staff.role, unit.path as "unitPath", staff.language, staff.code, staff.name
    from staff join unit on unit.id = staff.unit_id
    where staff.id = ${staffId}::uuid and staff.active`
  return owner ?? null
}

/** Whose tasks an act made, closed or moved: of a moved one whose it was, too. */
export const peopleOf = batchPerTransaction(async (tx, actIds: readonly string[]) => {
  const rows = await tx.$queryRaw<{ actId: string; staffId: string }[]>`
    select opened_by as "actId", manager_id as "staffId" from task where opened_by = any(${actIds}::uuid[])
    union select closed_by, manager_id from task where closed_by = any(${actIds}::uuid[])
    union select act_id, unnest(array[from_manager_id, to_manager_id]) from task_move
      where act_id = any(${actIds}::uuid[])`
  const byAct = Map.groupBy(rows, ({ actId }) => actId)
  return actIds.map((id) => (byAct.get(id) ?? []).map(({ staffId }) => staffId))
})

/** What somebody took back at this moment. */
export async function actsUndoneAt(tx: Queries, staffId: string, now: Date): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id from act where staff_id = ${staffId}::uuid and at >= ${undoableSince(now)}::timestamptz
      and undone_at = ${now}::timestamptz`
  return rows.map(({ id }) => id)
}
